"""How many walk in 到站人次: a number for each hour, without anybody's name."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.directory.events import WalkInsEnteredLate
from linli.directory.models import Station, WalkIn
from linli.directory.rules import may_keep_things
from linli.kit.refs import ref
from linli.kit.rules import Problem, require
from linli.ledger.actions import record

LATEST = timedelta(days=7)
MOST = 10_000


@transaction.atomic
def count_walk_ins(*, by: Any, station: Station, number: int, now: datetime | None = None) -> None:
    """Counts so many more in this hour; a negative number takes a slip of the finger back, never below zero.

    No fact is left: the count is the record, and a fact a tap would drown all others.
    """
    require(may_keep_things(by, station))
    local = (now or timezone.now()).astimezone(ZoneInfo(station.time_zone))
    hour = WalkIn.objects.filter(station=station, on=local.date(), hour=local.hour)
    if number > 0:
        fresh = WalkIn(station=station, on=local.date(), hour=local.hour)
        WalkIn.objects.bulk_create([fresh], ignore_conflicts=True)
    hour.filter(count__gte=-number, count__lte=MOST - number).update(count=F("count") + number)


@transaction.atomic
def enter_walk_ins_late(
    *, by: Any, station: Station, on: date, hour: int, count: int, now: datetime | None = None
) -> None:
    """Writes down how many came in an hour that is over, of the last seven days; it says so from then on."""
    require(may_keep_things(by, station))
    now = now or timezone.now()
    local = now.astimezone(ZoneInfo(station.time_zone))
    if not local.date() - LATEST <= on <= local.date():
        raise Problem(_("Only the last seven days can still be entered."), "on")
    if (on, hour) >= (local.date(), local.hour):
        raise Problem(_("This hour is not over yet."), "hour")
    WalkIn.objects.update_or_create(
        station=station, on=on, hour=hour, defaults={"count": count, "entered_late_at": now}
    )
    fact = WalkInsEnteredLate(on.isoformat(), hour, count)
    record(fact, by=by, subject=ref(station), scope=ref(station.unit))
