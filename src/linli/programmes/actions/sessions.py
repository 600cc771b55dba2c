"""To plan a session, to change or move it, to cancel it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.areas import tree
from linli.directory.models import Room, Station
from linli.kit.refs import ref
from linli.kit.rules import Problem, require
from linli.ledger.actions import record, schedule
from linli.programmes.actions.seats import fill, hasten, hold
from linli.programmes.events import SessionCancelled, SessionChanged, SessionMoved, SessionPlanned
from linli.programmes.indexing import index_sessions
from linli.programmes.models import Programme, Series, Session, SignUp
from linli.programmes.rules import may_keep_sessions
from linli.programmes.tidying import times_of_deeds

# Whoever signed up has to know of a change to one of these.
WHEN_AND_WHERE = ("starts_at", "ends_at", "place", "room", "where", "link", "route", "route_end")


@dataclass(frozen=True)
class Planned:
    """What a session is: the columns that people set. Moments are aware; `capacity` None for a drop-in."""

    name: str
    language: str
    starts_at: datetime
    ends_at: datetime
    capacity: int | None
    about: str = ""
    place: str = "room"
    room: Room | None = None
    where: str = ""
    link: str = ""
    route: str = ""
    route_end: str = ""
    gear: str = ""
    weather_at: datetime | None = None
    emergency: str = ""
    audience: str = ""
    cost: str = ""
    materials: str = ""
    access: str = ""
    held_in: str = ""
    max_per_contact: int = 4
    opens_at: datetime | None = None
    releases_after: int | None = None
    origin: str = ""
    translations: dict[str, dict[str, str]] = field(default_factory=dict)


def plan_session(
    *,
    by: Any,
    programme: Programme,
    station: Station,
    planned: Planned,
    series: Series | None = None,
    series_day: date | None = None,
) -> Session:
    """A new session, open for sign-ups unless its programme wants an organiser's agreement first.

    Followers of the station and of the programme are told once it is open. Problem when its time has passed already.
    """
    require(may_keep_sessions(by, station))
    state = Session.State.SUBMITTED if programme.needs_approval else Session.State.OPEN
    own = {"series": series, "series_day": series_day}
    return enter(by=by, programme=programme, station=station, planned=planned, state=state, **own)


@transaction.atomic
def enter(
    *, by: Any, programme: Programme, station: Station, planned: Planned, state: str, **more: Any
) -> Session:
    """Writes the session's row; the caller has asked who may."""
    check_plan(planned, timezone.now())
    if programme.ended_on is not None:
        raise Problem(_("This programme has ended."))
    if programme.unit_id not in {station.unit_id, *tree.ancestors(station.unit_id)}:
        raise Problem(
            _("This programme belongs to another place. A station holds its own and those of areas above it.")
        )
    session = Session.objects.create(
        programme=programme,
        station=station,
        time_zone=station.time_zone,
        state=state,
        changed_at=timezone.now(),
        **vars(planned),
        **{name: value for name, value in more.items() if value is not None},
    )
    fact = SessionPlanned(
        session.starts_at.isoformat(), session.capacity or 0, state == Session.State.PROPOSED
    )
    record(fact, by=by, subject=ref(session), scope=ref(station.unit))
    if state == Session.State.OPEN:
        make_public(session)
    return session


def make_public(session: Session) -> None:
    """What follows once everybody sees a session: it is found, and the deeds of its time are planned."""
    index_sessions(session)
    for deed, due_at in times_of_deeds(session):
        key = f"{session.code}:{due_at.timestamp():.0f}"
        schedule(deed, due_at=due_at, data={"session": session.code, "due_at": due_at.isoformat()}, key=key)


def check_plan(planned: Planned, now: datetime) -> None:
    """Problem where the times cannot be."""
    if planned.ends_at <= planned.starts_at:
        raise Problem(_("It has to end after it begins."), "ends_at")
    if planned.starts_at <= now:
        raise Problem(_("This time has passed already."), "starts_at")
    check_before_start(planned)


def check_before_start(planned: Planned) -> None:
    if planned.opens_at and planned.opens_at >= planned.starts_at:
        raise Problem(_("Sign-up has to open before the session begins."), "opens_at")
    if planned.weather_at and planned.weather_at >= planned.starts_at:
        raise Problem(_("The weather is decided on before the session begins."), "weather_at")


@transaction.atomic
def change_session(*, by: Any, session: Session, planned: Planned) -> None:
    """Says a session anew. A changed time or place counts as a move: everybody who signed up is told, and asked.

    More seats go to those who wait. Problem when there are to be fewer seats than are taken, when it is over, or cancelled.
    """
    require(may_keep_sessions(by, session.station))
    before = hold(session)
    if before.state in {"cancelled", "declined"} or before.ends_at <= timezone.now():
        raise Problem(_("This session is over, or was cancelled; it is not changed any more."))
    moved = [name for name in WHEN_AND_WHERE if getattr(before, name) != getattr(planned, name)]
    if "starts_at" in moved:
        check_plan(planned, timezone.now())
    elif planned.ends_at <= max(planned.starts_at, timezone.now()):
        raise Problem(_("It has to end after it begins."), "ends_at")
    check_seats(before, planned)
    tell = bool(moved) and before.is_open
    Session.objects.filter(pk=session.pk).update(
        **vars(planned),
        sequence=F("sequence") + 1,
        changes=F("changes") + int(tell),
        changed_at=timezone.now(),
    )
    session.refresh_from_db()
    SignUp.objects.filter(session=session).update(session_ends_at=session.ends_at)
    if session.is_open:
        make_public(session)
    told = moved_fact(before, session) if tell else SessionChanged(session.capacity or 0)
    record(told, by=by, subject=ref(session), scope=ref(session.station.unit))
    hasten(session)
    fill(session)


def check_seats(before: Session, planned: Planned) -> None:
    if planned.capacity is None and before.taken + before.waiting:
        raise Problem(_("People have signed up; it cannot become a drop-in any more."), "capacity")
    if planned.capacity is not None and planned.capacity < before.taken:
        sentence = _("%(taken)d seats are taken already. Give it at least as many.")
        raise Problem(sentence % {"taken": before.taken}, "capacity")


def moved_fact(before: Session, after: Session) -> SessionMoved:
    elsewhere = any(getattr(before, name) != getattr(after, name) for name in WHEN_AND_WHERE[2:])
    return SessionMoved(before.starts_at.isoformat(), after.starts_at.isoformat(), elsewhere, after.changes)


@transaction.atomic
def cancel_session(*, by: Any, session: Session, reason: str) -> None:
    """Cancels a session: it stays to be seen with its reason, and everybody who signed up is told at once.

    One that never stood open is declined instead, and stays out of sight. Problem when it is over, or was cancelled before.
    """
    require(may_keep_sessions(by, session.station))
    standing = hold(session)
    if standing.state not in {"open", "submitted", "proposed"} or standing.ends_at <= timezone.now():
        raise Problem(_("This session is over, or was cancelled before."))
    Session.objects.filter(pk=session.pk).update(
        state=Session.State.CANCELLED if standing.is_open else Session.State.DECLINED,
        reason=reason,
        sequence=F("sequence") + 1,
        changes=F("changes") + 1,
        changed_at=timezone.now(),
    )
    session.refresh_from_db()
    fact = SessionCancelled(session.starts_at.isoformat(), session.changes)
    record(fact, by=by, subject=ref(session), scope=ref(session.station.unit))
