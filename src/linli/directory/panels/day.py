"""The day at a desk: who is there, who came, what runs low, what visitors say is wrong."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import F, Sum

from linli.directory.models import Duty, Station, Supply, WalkIn, WrongNote


@dataclass(frozen=True)
class DeskDay:
    on_duty: list[Duty]
    walk_ins: int
    low: list[Supply]
    wrong: int


def desk_day(station: Station, now: datetime) -> DeskDay:
    """Four queries. Duties without names: who is behind them stands on the roster, where looking is logged."""
    today = now.astimezone(ZoneInfo(station.time_zone)).date()
    duties = Duty.objects.filter(station=station, on=today).order_by("starts")
    came = WalkIn.objects.filter(station=station, on=today).aggregate(sum=Sum("count"))["sum"]
    low = Supply.objects.filter(station=station, stock__lte=F("low")).order_by("name")
    wrong = WrongNote.objects.filter(station=station, done_at=None).count()
    return DeskDay(list(duties), came or 0, list(low), wrong)
