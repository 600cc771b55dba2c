"""What the door of a session shows: who is expected, who waits, whom to call; and whose ticket it was that somebody showed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.kit.pinyin import is_meant, reading
from linli.kit.templatetags.linli import when
from linli.kit.texts import half_width, mask_name
from linli.kit.words import said
from linli.people.models import Contact, Person
from linli.programmes.actions.signing_up import sign_up_of
from linli.programmes.models import Session, SignUp
from linli.programmes.rules import AFTER, CALLING, NAMES_ON_A_DEVICE
from linli.programmes.tickets import fingerprint, read_token, scanned, token_of

PER_PAGE, MOST_CALLS, MOST_CHOICES = 50, 50, 12
DIGITS = 6
# From this many characters on without a space it is no name any more.
NO_NAME = 36


def expected(session: Session) -> QuerySet[SignUp]:
    """Who has a seat, in the order in which they signed up; the printed sheet numbers them so."""
    return SignUp.objects.filter(session=session).seated().order_by("signed_at", "id")


def listed(session: Session, asked: str, number: Any) -> Page:
    """A page of those who are expected; with `asked`, of those whose name or number has it. Two queries.

    Names are encrypted, so the search reads all of one session; it reads nothing else.
    """
    rows = expected(session)
    if not asked:
        return Paginator(rows, PER_PAGE).get_page(number)
    wanted = "".join(half_width(asked).split())
    everybody = rows.values_list("pk", "name", "spoken")
    found = [pk for pk, name, spoken in everybody if wanted in spoken or is_called(name, wanted)]
    page = Paginator(found, PER_PAGE).get_page(number)
    page.object_list = list(rows.filter(pk__in=page.object_list))
    return page


def is_called(name: str, typed: str) -> bool:
    """Whether the name has what was typed: characters, pinyin, or initials."""
    return bool(name) and is_meant(typed, [name], reading(name))


def called(sign_up: SignUp) -> str:
    """How the desk names an attendee; a child may have no name here."""
    return sign_up.name or _("one child")


def with_session(sign_ups: Iterable[SignUp], session: Session) -> list[SignUp]:
    """The rows, each knowing its session without asking for it once more."""
    found = list(sign_ups)
    for each in found:
        each.session = session
    return found


# Whose ticket it was


@dataclass(frozen=True)
class Found:
    """What was shown or typed led to one sign-up, to several that fit, or to none, and then `why` says so."""

    one: SignUp | None = None
    several: list[SignUp] = field(default_factory=list)
    why: str = ""


def recognise(session: Session, typed: str) -> Found:
    """Whose it is: a ticket's address or token, six digits, or part of a name. At most two queries."""
    plain = half_width(typed)
    secret, together = scanned(plain), "".join(plain.split())
    if identity := read_token(secret):
        return by_ticket(session, identity)
    if together.isascii() and together.isdigit():
        return by_number(session, together)
    if "/" in plain or (plain.isascii() and max(map(len, plain.split())) >= NO_NAME):
        return Found(why=_("This is no ticket of this network, or it was changed."))
    return by_name(session, together)


def by_ticket(session: Session, identity: UUID) -> Found:
    found = sign_up_of(identity)
    if found is None:
        return Found(why=_("This ticket is so old that nothing is kept of it any more."))
    if found.session_id == session.pk:
        return Found(one=found)
    other = found.session
    sentence = _("This ticket is for another session: %(name)s, %(when)s, %(place)s.")
    about = {
        "name": said(other, "name"),
        "when": when(other.starts_at, other.zone),
        "place": said(other.station, "name"),
    }
    return Found(why=sentence % about)


def by_number(session: Session, digits: str) -> Found:
    if len(digits) != DIGITS:
        return Found(why=_("A ticket's number has six digits; this has %(count)d.") % {"count": len(digits)})
    found = SignUp.objects.filter(session=session, spoken=digits).first()
    if found is None:
        sentence = _("Nobody in this session has the number %(number)s. It may be of another session.")
        return Found(why=sentence % {"number": digits})
    return Found(one=with_session([found], session)[0])


def by_name(session: Session, typed: str) -> Found:
    """Those who still want to come go before those whose seat is gone, of whom it is only said why."""
    rows = SignUp.objects.filter(session=session).order_by("signed_at", "id")
    fitting = [
        (pk, state) for pk, name, state in rows.values_list("pk", "name", "state") if is_called(name, typed)
    ]
    alive = [pk for pk, state in fitting if state in {"waiting", "offered", "confirmed"}]
    chosen = alive or [pk for pk, _state in fitting]
    if not chosen:
        return Found(why=_("Nobody of that name has signed up for this session."))
    found = with_session(rows.filter(pk__in=chosen[:MOST_CHOICES]), session)
    return Found(one=found[0]) if len(chosen) == 1 else Found(several=found)


# Whom to call


@dataclass(frozen=True)
class Call:
    """Somebody to call, with what is known to reach them by; `dial` is a tel: or mailto: address, or empty."""

    sign_up: SignUp
    shown: str
    dial: str


@dataclass(frozen=True)
class Calls:
    """`waiting`: the waiting list, `is_time`: seats are free and it is too late to ask by message; `untold`: nobody has
    told them of a change yet, and how many more there are than shown."""

    waiting: list[Call]
    is_time: bool
    untold: list[Call]
    more_untold: int

    @property
    def people(self) -> list[SignUp]:
        return [call.sign_up for call in [*self.waiting, *self.untold]]


def calls_of(session: Session, now: datetime, *, may_call: bool) -> Calls:
    """Who waits, and whom to call about what. Contacts are looked up only where there is a call to make. Four queries at most."""
    is_over = session.ends_at <= now
    is_time = (
        may_call
        and session.is_open
        and session.free > 0
        and session.starts_at - CALLING <= now
        and not is_over
    )
    waiting = SignUp.objects.filter(session=session).queue()[:MOST_CALLS] if session.waiting else ()
    untold, more = untold_of(session) if may_call and session.changes and not is_over else ([], 0)
    waiting = list(waiting)
    reached = contacts_of([*(waiting if is_time else ()), *untold])
    return Calls(
        [call_of(each, reached) for each in waiting],
        is_time,
        [call_of(each, reached) for each in untold],
        more,
    )


def untold_of(session: Session) -> tuple[list[SignUp], int]:
    """Whom nobody has told of the last change: those signed up at the desk first, for no message reaches them."""
    rows = SignUp.objects.filter(session=session, knows__lt=session.changes).alive()
    found = list(rows.order_by("-by_desk", "signed_at", "id")[:MOST_CALLS])
    return found, rows.count() - len(found) if len(found) == MOST_CALLS else 0


def contacts_of(sign_ups: Iterable[SignUp]) -> dict[Any, str]:
    """The number of each: the one given at the desk, or the verified phone of the account. One query."""
    rows = list(sign_ups)
    holders = {each.holder_id for each in rows if each.holder_id and not each.contact}
    phones = Contact.objects.filter(person__in=holders, kind="phone", verified_at__isnull=False).order_by(
        "sign_in", "pk"
    )
    of_holder = {each.person_id: each.value for each in phones} if holders else {}
    return {each.pk: each.contact or of_holder.get(each.holder_id, "") for each in rows}


def call_of(sign_up: SignUp, reached: dict[Any, str]) -> Call:
    contact = reached.get(sign_up.pk, "")
    scheme = "mailto:" if "@" in contact else "tel:"
    return Call(sign_up, contact.removeprefix("+86"), scheme + contact if contact else "")


def holders_of(sign_ups: Iterable[SignUp]) -> list[Person]:
    """The accounts among those shown, for the log of looks."""
    return [Person(pk=each.holder_id) for each in sign_ups if each.holder_id]


# What stands in numbers, and what was done


def counts_of(session: Session) -> dict[str, int]:
    """The counters that the page shows and keeps fresh."""
    return {
        "capacity": session.capacity or 0,
        "taken": session.taken,
        "free": session.free,
        "waiting": session.waiting,
        "arrived": session.arrived,
        "heads": session.heads,
        "came": session.came,
    }


def clock(moment: datetime | None, session: Session) -> str:
    """An hour and a minute by the session's own clock."""
    return moment.astimezone(session.zone).strftime("%H:%M") if moment else ""


def done_in_words(what: str, sign_up: SignUp | None, number: int) -> str:
    """What a deed at the door came to, in a sentence; empty for a deed there is not."""
    if sign_up is not None:
        sentences = {
            "came": _("%(name)s came."),
            "there": _("%(name)s has been here since %(time)s."),
            "away": _("%(name)s is not here after all."),
            "told": _("%(name)s has been told."),
            "leave": _("%(name)s leaves the seat to others."),
            "seat": _("%(name)s has a seat now."),
        }
        values = {"name": called(sign_up), "time": clock(sign_up.arrived_at, sign_up.session)}
        return sentences[what] % values if what in sentences else ""
    if what == "heads":
        return ngettext(
            "%(number)d person has been counted without a ticket.",
            "%(number)d people have been counted without a ticket.",
            number,
        ) % {"number": number}
    if what == "released":
        return ngettext("%(number)d seat was given free.", "%(number)d seats were given free.", number) % {
            "number": number
        }
    return ""


# Without a line


def until_of(session: Session) -> datetime:
    """When the list on a device dies."""
    return session.ends_at + NAMES_ON_A_DEVICE


def kept_on_device(session: Session, now: datetime) -> dict[str, Any]:
    """What a desk keeps for when it has no line: digests, and names nobody is found by. One query.

    Nothing of it is given out earlier than twelve hours before the session, or later than twelve hours after it.
    """
    near = session.starts_at - NAMES_ON_A_DEVICE <= now < until_of(session) and session.is_open
    rows = expected(session).only("name", "spoken", "arrived_at") if near else ()
    return {
        "session": session.code,
        "as_of": now.isoformat(),
        "until": until_of(session).isoformat(),
        "arrivals_until": (session.ends_at + AFTER).isoformat(),
        "counts": counts_of(session),
        "entries": [entry_of(each, session) for each in rows],
    }


def entry_of(sign_up: SignUp, session: Session) -> dict[str, str]:
    return {
        "ticket": fingerprint(token_of(sign_up)),
        "number": number_mark(session, sign_up),
        "name": mask_name(sign_up.name) or _("one child"),
        "came": clock(sign_up.arrived_at, session),
    }


def number_mark(session: Session, sign_up: SignUp) -> str:
    return fingerprint(f"{session.code}:{sign_up.spoken}")


def noted_sign_ups(
    session: Session, noted: Iterable[tuple[str, datetime]], now: datetime
) -> tuple[list[tuple[SignUp, datetime]], int]:
    """Whose the fingerprints are, with the moment of each, and how many are nobody's. One query.

    A device's clock may be wrong: no arrival is earlier than the door opened, or later than now.
    """
    rows = with_session(SignUp.objects.filter(session=session), session)
    by_mark = {fingerprint(token_of(each)): each for each in rows}
    by_mark |= {number_mark(session, each): each for each in rows}
    earliest = session.starts_at - timedelta(hours=2)
    seen: dict[Any, tuple[SignUp, datetime]] = {}
    unknown = 0
    for mark, at in noted:
        each = by_mark.get(mark)
        if each is None:
            unknown += 1
        else:
            seen.setdefault(each.pk, (each, min(max(at, earliest), now)))
    return list(seen.values()), unknown


def synced_in_words(new: int, there: int, refused: int, unknown: int) -> str:
    """What became of what was noted without a line."""
    parts = [
        ngettext("Sent: %(number)d arrival is new.", "Sent: %(number)d arrivals are new.", new)
        % {"number": new}
    ]
    if there:
        parts.append(
            ngettext("%(number)d was noted already.", "%(number)d were noted already.", there)
            % {"number": there}
        )
    if refused:
        words = ngettext("%(number)d no longer had a seat.", "%(number)d no longer had a seat.", refused)
        parts.append(words % {"number": refused})
    if unknown:
        words = ngettext("%(number)d is not known here.", "%(number)d are not known here.", unknown)
        parts.append(words % {"number": unknown})
    return " ".join(parts)
