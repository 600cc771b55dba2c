"""Arrival 到场, always voluntary: by ticket, by number, by a tick, or as a head without a name."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.kit.refs import ref
from linli.kit.rules import Problem, require
from linli.ledger.actions import record
from linli.programmes.actions.seats import count_up, fill, hold, leave
from linli.programmes.events import SeatsReleased
from linli.programmes.models import Session, SignUp
from linli.programmes.rules import AFTER, BEFORE, may_check_in

State = SignUp.State


def check_open(session: Session, now: datetime) -> None:
    """Problem outside of the time in which arrivals are noted."""
    if not session.is_open:
        raise Problem(_("This session was cancelled."))
    if not session.starts_at - BEFORE - timedelta(hours=1) <= now < session.ends_at + AFTER:
        raise Problem(_("Arrivals are noted from two hours before the start until a day after the end."))


@transaction.atomic
def check_in(*, by: Any, sign_up: SignUp, at: datetime | None = None, came: bool = True) -> bool:
    """Notes that an attendee came, at `at` (default now); with `came` False takes it back. Twice is once (False).

    An offer that was not answered becomes a seat by coming. No fact is left: the count is the record.
    """
    now = timezone.now()
    require(may_check_in(by, sign_up.session, now))
    session = hold(sign_up.session)
    check_open(session, now)
    fresh = SignUp.objects.get(pk=sign_up.pk)
    if not came:
        return take_back(fresh)
    if fresh.state not in {State.CONFIRMED, State.OFFERED}:
        raise Problem(why_not(fresh))
    if fresh.arrived_at is not None:
        return False
    SignUp.objects.filter(pk=fresh.pk).update(
        state=State.CONFIRMED, offered_until=None, arrived_at=min(at or now, now)
    )
    Session.objects.filter(pk=session.pk).update(arrived=F("arrived") + 1)
    return True


def take_back(sign_up: SignUp) -> bool:
    if sign_up.arrived_at is None:
        return False
    SignUp.objects.filter(pk=sign_up.pk).update(arrived_at=None)
    return count_up(sign_up.session, "arrived", -1)


def why_not(sign_up: SignUp) -> str:
    """Why a ticket does not open the door, said to whoever stands at it."""
    return {
        State.WAITING: _("This ticket is on the waiting list. If a seat is free, give it to them first."),
        State.CANCELLED: _("This ticket was given back."),
        State.LAPSED: _("This was an offer that nobody took in time."),
        State.RELEASED: _("This seat was given free after the start."),
    }[sign_up.state]


def sync_arrivals(*, by: Any, session: Session, seen: Iterable[tuple[SignUp, datetime]]) -> tuple[int, int]:
    """What a desk without a line noted meanwhile: (how many are new, how many no longer have a seat). Again changes nothing.

    A ticket of another session is none here, and counts as refused.
    """
    new = refused = 0
    for each, at in seen:
        if each.session_id != session.pk:
            refused += 1
            continue
        try:
            new += check_in(by=by, sign_up=each, at=at)
        except Problem:
            refused += 1
    return new, refused


@transaction.atomic
def count_heads(*, by: Any, session: Session, number: int) -> None:
    """Counts so many more who are there without a ticket; a negative number takes a slip of the finger back."""
    now = timezone.now()
    require(may_check_in(by, session, now))
    check_open(session, now)
    if not count_up(session, "heads", number):
        raise Problem(_("Fewer have been counted than you want to take back."))


@transaction.atomic
def release_unused(*, by: Any, session: Session) -> int:
    """Gives the seats of those who have not come to those who wait at the door; returns how many.

    `by` None is the clock, and only where that was said at sign-up: it spares whoever was signed up by the desk, as they
    may never have read it. The desk's own tap spares nobody.
    """
    now = timezone.now()
    require(by is None or may_check_in(by, session, now))
    standing = hold(session)
    if standing.starts_at > now or standing.ends_at <= now or not standing.is_open:
        raise Problem(_("Unused seats are given free while the session is on."))
    absent = SignUp.objects.filter(session=standing, arrived_at=None, block=None).seated()
    if by is None:
        absent = absent.filter(by_desk=False)
    released = sum(leave(each, State.RELEASED) for each in absent)
    if released:
        record(
            SeatsReleased(released, by is None), by=by, subject=ref(session), scope=ref(session.station.unit)
        )
    fill(standing)
    return released
