"""What the page of one session, and of one ticket, says."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.kit.templatetags.linli import when
from linli.people.models import Role
from linli.programmes.actions.series import rule_of
from linli.programmes.models import Answer, Host, Programme, Session, SignUp
from linli.programmes.recurrence import in_words
from linli.programmes.rules import DESK, FEW, MANY


def seats_in_words(session: Session) -> str:
    """How many seats are left, or how many wait; for a drop-in that one just comes."""
    if not session.takes_sign_ups:
        return _("Just come: nobody has to sign up.")
    if session.free and not session.waiting:
        words = ngettext(
            "%(free)d of %(all)d seat is free.", "%(free)d of %(all)d seats are free.", session.capacity or 0
        )
        return words % {"free": session.free, "all": session.capacity}
    if session.waiting:
        words = ngettext(
            "All seats are taken; %(count)d person waits for one.",
            "All seats are taken; %(count)d people wait for one.",
            session.waiting,
        )
        return words % {"count": session.waiting}
    return _("All seats are taken; nobody waits yet.")


def how_given(session: Session) -> list[str]:
    """By which rules seats are given, a sentence each."""
    if not session.takes_sign_ups:
        return []
    said = [_("Whoever signs up first has a seat; after that a waiting list, in order.")]
    if session.opens_at:
        said.append(_("Sign-up opens %(when)s.") % {"when": when(session.opens_at, session.zone)})
    said.append(_("At most %(most)d seats for one contact.") % {"most": session.max_per_contact})
    if session.programme.weekly_limit:
        limit = _("At most %(limit)d sessions of this programme a week for one contact.")
        said.append(limit % {"limit": session.programme.weekly_limit})
    said.append(
        _(
            "A seat that comes free is kept for the next one for four hours, nights not counted; in the last three hours the "
            "desk calls."
        )
    )
    if session.releases_after:
        free = _(
            "Seats nobody has come for %(minutes)d min after the start go to those who wait at the door."
        )
        said.append(free % {"minutes": session.releases_after})
    return said


def alike(session: Session, now: datetime, count: int = 3) -> list[Session]:
    """Others with free seats: of the same programme first, then of the same kind. One query."""
    free = Session.objects.coming(now).filter(
        Q(capacity=None) | Q(taken__lt=F("capacity")), state="open", waiting=0
    )
    near = free.filter(Q(programme=session.programme_id) | Q(programme__kind=session.programme.kind))
    found = near.exclude(pk=session.pk).filter(starts_at__lt=session.starts_at + timedelta(days=30))
    return sorted(found.briefly()[: 4 * count], key=lambda each: each.programme_id != session.programme_id)[
        :count
    ]


def own_sign_ups(person: Any, session: Session) -> list[SignUp]:
    """The person's own of a session, those that are over too. One query; none for a visitor."""
    return list(SignUp.objects.visible_to(person).filter(session=session).order_by("signed_at", "id"))


@dataclass(frozen=True)
class Scale:
    """One question's answers: how often each of 1 to 5, or None while too few answered to show each."""

    title: str
    count: int
    each: list[tuple[int, int]] | None


@dataclass(frozen=True)
class Said:
    """What those who came said. `count` is None while fewer than five answered."""

    count: int | None
    scales: list[Scale]
    words: list[str]


def said_afterwards(session: Session, *, with_words: bool) -> Said:
    """Below five answers nothing, below ten only how many and how many were content (4 or 5), from ten on each answer.

    Words, only of who ticked that they may be guessed from, go to who looks after the session. Two queries.
    """
    answers = Answer.objects.filter(session=session)
    worth = dict(answers.order_by().values_list("worth").annotate(Count("pk")))
    again = dict(answers.order_by().values_list("again").annotate(Count("pk")))
    titles = (_("Was it worth your time?"), _("Would you come again?"))
    scales = [scale(title, found) for title, found in zip(titles, (worth, again), strict=True)]
    words = (
        list(answers.exclude(words="").order_by("pk").values_list("words", flat=True)) if with_words else []
    )
    number = sum(worth.values())
    return Said(number if number >= FEW else None, [each for each in scales if each.count >= FEW], words)


def scale(title: str, found: dict[int | None, int]) -> Scale:
    count = sum(number for value, number in found.items() if value is not None)
    each = [(value, found.get(value, 0)) for value in range(1, 6)]
    return Scale(title, count, each if count >= MANY else None)


@dataclass(frozen=True)
class SeriesRow:
    """A series in words, and the session it will next be, if there is one."""

    series: Any
    words: str
    next: Session | None
    last: Session | None
    has_host: bool


def series_rows(programme: Programme, now: datetime) -> list[SeriesRow]:
    """The running series of a programme. Three queries, whatever their number."""
    running = list(programme.series.filter(ended_at=None).order_by("first_at"))
    sessions = (
        Session.objects.filter(series__in=running, state="open")
        .select_related("station")
        .order_by("starts_at")
    )
    held = list(sessions) if running else []
    hosts = dict(Host.objects.filter(series__in=running).values_list("series_id", "person_id"))
    here = (
        Role.objects.current().filter(person__in=hosts.values(), role__in=DESK)
        if hosts
        else Role.objects.none()
    )
    working = set(here.values_list("person_id", "unit_id"))
    rows = []
    for each in running:
        own = [session for session in held if session.series_id == each.pk]
        if own:
            words = in_words(rule_of(each, own[-1].station), each.first_at.astimezone(own[-1].zone).date())
            coming = next((session for session in own if session.ends_at > now), None)
            hosted = (hosts.get(each.pk), own[-1].station.unit_id) in working
            rows.append(SeriesRow(each, words, coming, own[-1], hosted))
    return rows
