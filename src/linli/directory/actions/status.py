"""What a station says of itself right now."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.directory.actions.reports import settle_reports
from linli.directory.events import StatusDeclared, StatusEnded
from linli.directory.hours import next_change
from linli.directory.models import LiveStatus, Station
from linli.directory.rules import may_declare_status
from linli.directory.spans import renew_spans
from linli.directory.timetables import timetables
from linli.kit.refs import ref
from linli.kit.rules import Problem, require
from linli.ledger.actions import record, schedule

LONGEST_STATUS = timedelta(hours=36)


def declared_until(station: Station, until: datetime | None, now: datetime) -> datetime:
    """The end of a status: as named, else where the schedule next changes, else in two hours."""
    if until is None:
        zone = ZoneInfo(station.time_zone)
        until = next_change(timetables([station], now)[station.pk].schedule, now, zone)
        until = until or now + timedelta(hours=2)
        return min(until, now + LONGEST_STATUS)
    if until <= now:
        raise Problem(_("This time has passed already. Please choose a later one."), "until")
    if until > now + LONGEST_STATUS:
        raise Problem(_("For more than a day and a half please set an exception in the hours."), "until")
    return until


@transaction.atomic
def declare_status(
    *,
    by: Any,
    station: Station,
    state: str,
    until: datetime | None = None,
    note: str = "",
    now: datetime | None = None,
) -> LiveStatus:
    """Says what holds at the door right now. It lapses by itself at `until`; those who follow the station are told."""
    require(may_declare_status(by, station))
    now = now or timezone.now()
    until = declared_until(station, until, now)
    # The station's row is the lock: two taps at once become one after the other, on both databases.
    Station.objects.select_for_update().get(pk=station.pk)
    LiveStatus.objects.filter(station=station, ended_at=None).update(ended_at=now)
    status = LiveStatus.objects.create(station=station, state=state, since=now, until=until, note=note)
    schedule("directory.lapse_status", due_at=until, data={"status": str(status.pk)}, key=str(status.pk))
    renew_spans([station], now)
    settle_door(by, station, now)
    record(StatusDeclared(state, until.isoformat()), by=by, subject=ref(station), scope=ref(station.unit))
    return status


@transaction.atomic
def lift_status(*, by: Any, station: Station, now: datetime | None = None) -> bool:
    """Takes back what was said: the schedule holds again. False when nothing was in force. Followers are told."""
    require(may_declare_status(by, station))
    status = LiveStatus.objects.select_for_update().filter(station=station, ended_at=None).first()
    now = now or timezone.now()
    if status is None or not end_status(by, status, lapsed=False, now=now):
        return False
    settle_door(by, station, now)
    return True


def settle_door(by: Any, station: Station, now: datetime) -> None:
    """What passers-by said of the door ends: the desk has named its state."""
    for what in ("closed", "full"):
        settle_reports(by=by, station=station, what=what, now=now)


@transaction.atomic
def lapse_status(*, status_id: str, now: datetime | None = None) -> bool:
    """The timed end of a status. False when it had ended before: then nothing is said."""
    status = LiveStatus.objects.select_related("station__unit").filter(pk=status_id).first()
    return status is not None and end_status(None, status, lapsed=True, now=now or timezone.now())


def end_status(by: Any, status: LiveStatus, *, lapsed: bool, now: datetime) -> bool:
    """One UPDATE decides who ended it, so the fact is recorded once."""
    if not LiveStatus.objects.filter(pk=status.pk, ended_at=None).update(ended_at=now):
        return False
    station = status.station
    renew_spans([station], now)
    record(StatusEnded(status.state, lapsed), by=by, subject=ref(station), scope=ref(station.unit))
    return True
