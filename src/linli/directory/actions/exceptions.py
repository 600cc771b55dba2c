"""Other hours on one day, or none: the days on which a door does not do as usual."""

from collections.abc import Iterable
from datetime import date, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.directory.events import ExceptionSet, ExceptionTakenBack
from linli.directory.hours import cut_short, times_of
from linli.directory.models import OpeningException, Station
from linli.directory.rules import may_set_hours
from linli.directory.spans import renew_spans
from linli.directory.timetables import timetables
from linli.kit.refs import ref
from linli.kit.rules import Problem, require
from linli.ledger.actions import record

FURTHEST = timedelta(days=366)


@transaction.atomic
def set_exception(
    *, by: Any, station: Station, on: date, hours: Iterable[tuple[time, time]], reason: str = ""
) -> int:
    """Says what holds on one day instead of the usual hours; no hours: closed all day. Returns the number of spans.

    What was said of that day before is replaced. Followers are told. Problem for a day that has passed or is more
    than a year away, and for hours of which two begin together.
    """
    require(may_set_hours(by, station))
    hours = sorted(hours)
    check_day(station, on)
    if len({opens for opens, _closes in hours}) < len(hours):
        raise Problem(_("Two of these times begin together. Please write them as one."), "hours")
    lock(station)
    station.exceptions.filter(on=on).delete()
    OpeningException.objects.bulk_create(
        OpeningException(station=station, on=on, opens=opens, closes=closes, reason=reason)
        for opens, closes in hours or [(None, None)]
    )
    renew_spans([station], timezone.now())
    said = " ".join(f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in hours)
    record(ExceptionSet(on.isoformat(), said), by=by, subject=ref(station), scope=ref(station.unit))
    return len(hours)


@transaction.atomic
def close_early(*, by: Any, station: Station, on: date, at: time) -> int:
    """The hours of that day as planned, but none after `at`. Problem when the door is not open then anyway."""
    require(may_set_hours(by, station))
    table = timetables([station], timezone.now())[station.pk]
    planned = times_of(on, table.staffed)[1]
    hours = cut_short(planned, at)
    if hours == sorted(planned):
        raise Problem(_("The door does not stay open longer than that on this day."))
    return set_exception(by=by, station=station, on=on, hours=hours)


@transaction.atomic
def take_back_exception(*, by: Any, station: Station, on: date) -> bool:
    """The usual hours hold on that day again. False when nothing else was said of it. Followers are told.

    Problem for a day that has passed: what was said of it stays.
    """
    require(may_set_hours(by, station))
    check_day(station, on)
    lock(station)
    gone, _by_model = station.exceptions.filter(on=on).delete()
    if not gone:
        return False
    renew_spans([station], timezone.now())
    record(ExceptionTakenBack(on.isoformat()), by=by, subject=ref(station), scope=ref(station.unit))
    return True


def check_day(station: Station, on: date) -> None:
    today = timezone.localdate(timezone=ZoneInfo(station.time_zone))
    if on < today:
        raise Problem(_("This day has passed already. Please choose a later one."), "on")
    if on > today + FURTHEST:
        raise Problem(_("Please choose a day within a year from now."), "on")


def lock(station: Station) -> None:
    """The station's row: two taps at once become one after the other, on both databases."""
    Station.objects.select_for_update().get(pk=station.pk)
