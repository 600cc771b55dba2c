"""To sign up, to keep or leave a seat, and to enter a chain of names at the desk."""

import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from json import dumps
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.kit.contacts import ContactValue
from linli.kit.refs import ref
from linli.kit.rules import Problem, require
from linli.kit.secrets import blind_index
from linli.kit.templatetags.linli import when
from linli.ledger.actions import record
from linli.programmes.actions.seats import confirm, fill, hold, join_queue, leave, take
from linli.programmes.events import ChainEntered, QueueJoined, SignedUp, SignUpCancelled
from linli.programmes.models import Block, Programme, Session, SignUp
from linli.programmes.rules import may_decide, may_keep_sessions, may_sign_up

State = SignUp.State
# Draws of a number nobody in the session has yet, and of a place that another process took meanwhile.
TRIES = 20
# Of a series, at once.
LONGEST = 20


@dataclass(frozen=True)
class Attendee:
    """Who is to come. A child's name may stay empty: its guardian holds the ticket. `contact` only at the desk."""

    name: str = ""
    is_child: bool = False
    needs: str = ""
    contact: ContactValue | None = None
    answers: dict[str, str] = field(default_factory=dict)


class Full(Problem):
    """No seat is free, and waiting for one was not asked for."""


def sign_up(*, by: Any, session: Session, attendee: Attendee, wait: bool = True) -> SignUp:
    """A seat for the attendee, or a place on the waiting list; `by` holds the ticket.

    Problem, in words, when the session is cancelled, past or not open yet, when the attendee or the contact has as many
    seats as they may, or the week's number is reached; Full where no seat is free and `wait` is False.
    """
    require(may_sign_up(by, session))
    check_time(session, timezone.now(), at_desk=False)
    if not wait and (session.free < 1 or session.waiting):
        raise Full(_("All seats are taken."))
    return enter(by, session, attendee, holder=by, wait=wait)


def sign_up_series(*, by: Any, session: Session, attendee: Attendee) -> list[SignUp]:
    """The same for a session and all later ones of its series, each by itself: a seat here, a waiting list there.

    Where the attendee is signed up already, or cannot be, nothing changes. Problem when that is so everywhere.
    """
    later = Session.objects.filter(series=session.series_id, starts_at__gte=session.starts_at, state="open")
    made, why_not = [], None
    for each in later.select_related("programme").order_by("starts_at")[:LONGEST]:
        try:
            made.append(sign_up(by=by, session=each, attendee=attendee))
        except Problem as problem:
            why_not = why_not or problem
    if not made and why_not:
        raise why_not
    return made


def sign_up_at_desk(*, by: Any, session: Session, attendee: Attendee) -> SignUp:
    """The same on behalf of somebody at the desk, until the session ends; the ticket is a link on paper."""
    require(may_keep_sessions(by, session.station))
    check_time(session, timezone.now(), at_desk=True)
    return enter(by, session, attendee, holder=None, wait=True)


@transaction.atomic
def enter(by: Any, session: Session, attendee: Attendee, *, holder: Any, wait: bool) -> SignUp:
    made = insert(session, attendee, holder)
    if session.programme.weekly_limit:
        check_week(session, made)
    record(SignedUp(), by=by, subject=ref(session), scope=ref(session))
    # Last, because from here on everybody else waits for this transaction.
    settle_seat(made, session, wait, by)
    return made


def settle_seat(made: SignUp, session: Session, wait: bool, by: Any) -> None:
    """A free seat, or the end of the queue; whoever comes first there just as a seat was given back gets it."""
    if take(session):
        return
    if not wait:
        check_unmoved(Session.objects.get(pk=session.pk), made)
        raise Full(_("All seats are taken."))
    record(QueueJoined(), by=by, subject=ref(session), scope=ref(session))
    join_queue(made)
    standing = hold(session)
    check_unmoved(standing, made)
    check_time(standing, timezone.now(), at_desk=made.by_desk)
    for offered in fill(standing):
        if offered.pk == made.pk:
            confirm(made)


def check_unmoved(session: Session, made: SignUp) -> None:
    """Problem when the session was moved while somebody signed up for it as it was."""
    if session.changes != made.knows:
        raise Problem(_("This session was moved just now. Please look at it once more."))


def check_time(session: Session, now: datetime, *, at_desk: bool) -> None:
    """Problem when nobody can sign up for it now."""
    if session.is_cancelled:
        raise Problem(_("This session is cancelled."))
    if not session.is_open:
        raise Problem(_("This session is not open for sign-ups yet."))
    if not session.takes_sign_ups:
        raise Problem(_("Nobody has to sign up for this one: just come."))
    if now >= (session.ends_at if at_desk else session.starts_at):
        raise Problem(_("This session has begun; ask at the desk whether a seat is left."))
    if session.opens_at and now < session.opens_at and not at_desk:
        moment = when(session.opens_at, session.zone)
        raise Problem(_("Sign-up opens %(when)s.") % {"when": moment})


def holder_key_of(holder: Any, contact: ContactValue | None) -> str:
    """What all seats of one account, or of one contact given at the desk, have in common; empty for neither."""
    named = str(holder.pk) if holder is not None else (contact.value if contact else "")
    return blind_index(named, "programmes.holder") if named else ""


def key_of(session: Session, holder_key: str, name: str) -> str:
    """The same attendee of the same holder, however the name was typed."""
    plain = "".join(unicodedata.normalize("NFKC", name).casefold().split()).replace("·", "")
    return blind_index(f"{session.pk}\n{holder_key}\n{plain}", "programmes.attendee")


def insert(session: Session, attendee: Attendee, holder: Any, **more: Any) -> SignUp:
    """Writes the row, confirmed as long as nobody looks; Problem for whoever is signed up already."""
    holder_key = holder_key_of(holder, attendee.contact)
    for attempt in range(TRIES):
        slot = None
        if holder_key:
            # Nearly always it is the contact's first seat here.
            slot = free_slot(session, holder_key) if attempt else 1
        name = attendee.name or f"child {slot or secrets.token_hex(8)}"
        row = SignUp(
            session=session,
            session_ends_at=session.ends_at,
            holder=holder,
            name=attendee.name,
            is_child=attendee.is_child,
            contact=attendee.contact.value if attendee.contact else "",
            needs=attendee.needs,
            answers=dumps(attendee.answers, ensure_ascii=False) if attendee.answers else "",
            key=key_of(session, holder_key or block_key(more.get("block")), name),
            holder_key=holder_key,
            slot=slot,
            spoken=f"{secrets.randbelow(1_000_000):06}",
            by_desk=holder is None,
            state=State.CONFIRMED,
            signed_at=timezone.now(),
            knows=session.changes,
            **more,
        )
        if is_new(row):
            return row
        if attendee.name and SignUp.objects.alive().filter(session=session, key=row.key).exists():
            raise Problem(
                _("%(name)s is signed up for this session already.") % {"name": attendee.name}, "name"
            )
    raise Problem(_("Many people are signing up right now. Please try once more."))


def block_key(block: Block | None) -> str:
    """Two people of one name in two organisations are two."""
    return f"block/{block.pk}" if block else ""


def is_new(row: SignUp) -> bool:
    """Inserts the row unless a constraint forbids it: the same attendee, the same place of a contact, the same number."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return False
    return True


def free_slot(session: Session, holder_key: str) -> int:
    """The first place of a contact that is free; Problem when it has as many as it may."""
    mine = SignUp.objects.alive().filter(session=session, holder_key=holder_key)
    used = set(mine.values_list("slot", flat=True))
    most = session.max_per_contact
    for slot in range(1, most + 1):
        if slot not in used:
            return slot
    raise Problem(_("This session gives %(most)d seats to one contact at most.") % {"most": most})


def check_week(session: Session, made: SignUp) -> None:
    """Problem when the contact has more of this programme's seats in that week than it may. Holds the programme meanwhile."""
    programme = Programme.objects.select_for_update().get(pk=session.programme_id)
    day = session.starts_at.astimezone(session.zone)
    monday = (day - timedelta(days=day.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
    mine = SignUp.objects.alive().filter(session__programme=programme, holder_key=made.holder_key)
    this_week = mine.filter(session__starts_at__gte=monday, session__starts_at__lt=monday + timedelta(days=7))
    limit = programme.weekly_limit
    if made.holder_key and limit and this_week.values("session").distinct().count() > limit:
        sentence = _(
            "This programme gives one contact %(limit)d sessions a week, so that others get a seat too."
        )
        raise Problem(sentence % {"limit": limit})


def overlaps(person: Any, session: Session) -> list[Session]:
    """What else the person has signed up for at that time: said, not forbidden."""
    mine = SignUp.objects.filter(holder=person, session_ends_at__gt=session.starts_at).alive()
    others = Session.objects.filter(sign_ups__in=mine, state="open", starts_at__lt=session.ends_at)
    return list(others.exclude(pk=session.pk).distinct().order_by("starts_at"))


@transaction.atomic
def cancel_sign_up(*, by: Any, sign_up: SignUp) -> bool:
    """Gives a seat, an offer or a place in the queue back; a free seat is offered on at once. Twice is once (False).

    `by` None: whoever has the ticket's link. Problem after the session has begun: then it is the desk's to say who came.
    """
    require(may_decide(by, sign_up))
    return end_sign_up(by, sign_up)


@transaction.atomic
def cancel_at_desk(*, by: Any, sign_up: SignUp) -> bool:
    """The same for somebody who calls, or comes to the desk."""
    require(may_keep_sessions(by, sign_up.session.station))
    return end_sign_up(by, sign_up)


def end_sign_up(by: Any, sign_up: SignUp) -> bool:
    session = hold(sign_up.session)
    if session.starts_at <= timezone.now():
        raise Problem(_("The session has begun; a seat cannot be given back any more."))
    fresh = SignUp.objects.get(pk=sign_up.pk)
    if not leave(fresh, State.CANCELLED):
        return False
    record(SignUpCancelled(), by=by, subject=ref(session), scope=ref(session))
    fill(session)
    return True


def keep_seat(*, by: Any, sign_up: SignUp) -> None:
    """The holder knows of the change and comes all the same, or knows that it was cancelled."""
    require(may_decide(by, sign_up))
    knows(sign_up)


def tick_off(*, by: Any, sign_up: SignUp) -> None:
    """The desk has called and told them."""
    require(may_keep_sessions(by, sign_up.session.station))
    knows(sign_up)


def knows(sign_up: SignUp) -> None:
    number = Session.objects.values_list("changes", flat=True).get(pk=sign_up.session_id)
    SignUp.objects.filter(pk=sign_up.pk, knows__lt=number).update(knows=number)


@transaction.atomic
def enter_chain(*, by: Any, session: Session, names: Sequence[str]) -> list[SignUp]:
    """Signs up everybody of a chain 接龙, one name one attendee, in their order; those already there are left out.

    Seats first, then the waiting list, all in one transaction. Returns those that are new.
    """
    require(may_keep_sessions(by, session.station))
    made = insert_many(session, list(dict.fromkeys(names)))
    standing = hold(session)
    check_time(standing, timezone.now(), at_desk=True)
    free = 0 if standing.waiting else min(standing.free, len(made))
    if free:
        take(standing, free)
    for each in made[free:]:
        join_queue(each)
    fill(standing)
    record(ChainEntered(len(made)), by=by, subject=ref(session), scope=ref(session.station.unit))
    return made


def insert_many(session: Session, names: Sequence[str]) -> list[SignUp]:
    """Writes a row for everybody who is not there yet, confirmed as long as nobody looks.

    In the order of keys, so that two who write the same names down wait for one another and never in a ring.
    """
    named = {key_of(session, "", name): name for name in names}
    alive = SignUp.objects.alive().filter(session=session, key__in=named)
    written: dict[UUID, SignUp] = {}
    for _attempt in range(TRIES):
        there = set(alive.values_list("key", flat=True))
        rows = rows_of(session, {key: name for key, name in named.items() if key not in there})
        if not rows:
            mine = set(SignUp.objects.filter(pk__in=written).values_list("pk", flat=True))
            return [row for pk, row in written.items() if pk in mine]
        SignUp.objects.bulk_create(sorted(rows, key=lambda row: row.key), ignore_conflicts=True)
        written |= {row.pk: row for row in rows}
    raise Problem(_("Many people are signing up right now. Please try once more."))


def rows_of(session: Session, named: dict[str, str]) -> list[SignUp]:
    """Of attendees by their keys, each with a number to say that nobody has yet."""
    used = set(SignUp.objects.filter(session=session).values_list("spoken", flat=True)) if named else set()
    now = timezone.now()
    return [
        SignUp(
            session=session, session_ends_at=session.ends_at, name=name, key=key, by_desk=True,
            spoken=fresh_number(used), state=State.CONFIRMED, signed_at=now, knows=session.changes,
        )
        for key, name in named.items()
    ]  # fmt: skip


def fresh_number(used: set[str]) -> str:
    """Six digits that are not in `used`, and are from now on."""
    while (number := f"{secrets.randbelow(1_000_000):06}") in used:
        pass
    used.add(number)
    return number


def sign_up_of(identity: UUID) -> SignUp | None:
    """The sign-up with its session, for whoever has shown a good ticket."""
    return (
        SignUp.objects.filter(pk=identity)
        .select_related("session__programme", "session__station__unit", "session__room", "holder")
        .first()
    )
