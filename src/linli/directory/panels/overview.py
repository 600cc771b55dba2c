"""What an organiser sees of an area without asking anyone: where and when doors are open, and which entries grow old."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.areas import tree
from linli.directory.models import Facility, OpenSpan, Station
from linli.directory.timetables import days_off
from linli.people.models import Role

STALE_AFTER = timedelta(days=180)
ENDING_WITHIN = timedelta(days=3)
NIGHT = frozenset({22, 23, 0, 1, 2, 3, 4, 5})
DEEP_IN_THE_NIGHT = 2
REACHED = (Facility.Kind.WATER, Facility.Kind.PHONE_CHARGING)
DAYS = {"workday": _("A workday"), "weekend": _("A day off"), "tonight": _("Tonight")}


def hours_of(kind: str, now: datetime) -> list[datetime]:
    """The 24 hours shown, each by its beginning: of the next workday or day off, or from noon to noon around tonight."""
    local = timezone.localtime(now)
    today = local.date()
    if kind == "tonight":
        first = datetime.combine(today, time(12), local.tzinfo)
    else:
        off = days_off(today, today + timedelta(days=7))
        week = (today + timedelta(days=n) for n in range(7))
        wanted = (day for day in week if is_off(day, off) == (kind == "weekend"))
        first = datetime.combine(next(wanted, today), time(0), local.tzinfo)
    return [first + timedelta(hours=n) for n in range(24)]


def is_off(day: date, known: dict[date, Any]) -> bool:
    """A weekend day or public holiday, but no make-up workday."""
    return known.get(day, "holiday" if day.weekday() >= 5 else "workday") == "holiday"


@dataclass
class Row:
    """One unit directly below: its stations, how many are open at half past each hour, and what one reaches at night."""

    unit: tree.Standing
    stations: int
    cells: list[int]
    deep: int = 0
    reached: tuple[int, ...] = (0,) * len(REACHED)


@dataclass(frozen=True)
class Gaps:
    """Units in the order of the tree × hours. Counts only, never a rate, never sorted by one."""

    hours: list[datetime]
    rows: list[Row]

    @property
    def clock(self) -> list[int]:
        """The hours as the clock shows them."""
        return [hour.hour for hour in self.hours]

    @property
    def stations(self) -> int:
        return sum(row.stations for row in self.rows)

    @property
    def most(self) -> int:
        return max((max(row.cells) for row in self.rows), default=0)

    @property
    def fewest_at_night(self) -> int:
        """How many doors are open in all at the hour of the night that has fewest."""
        return min((sum(row.cells[place] for row in self.rows) for place in self.night), default=0)

    @property
    def dark(self) -> int:
        """How many units have an hour of the night without an open door."""
        return sum(any(not row.cells[place] for place in self.night) for row in self.rows)

    @property
    def night(self) -> list[int]:
        return [place for place, hour in enumerate(self.hours) if hour.hour in NIGHT]


def gaps(given: set[UUID], kind: str, now: datetime) -> Gaps:
    """Which doors below the given units are open when: four queries, however many there are."""
    hours = hours_of(kind, now)
    standing = tree.standing()
    child_of = {
        station_id: child
        for station_id, unit_id in Station.objects.visible_to(None).values_list("pk", "unit_id")
        if (child := child_below(unit_id, given, standing)) is not None
    }
    rows = {child: Row(standing[child], 0, [0] * 24) for child in child_of.values()}
    for child in child_of.values():
        rows[child].stations += 1
    open_deep = count_open(rows, child_of, hours)
    count_reached(rows, child_of, open_deep)
    return Gaps(hours, sorted(rows.values(), key=lambda row: row.unit.code))


def count_open(rows: dict[UUID, Row], child_of: dict[UUID, UUID], hours: list[datetime]) -> set[UUID]:
    """Fills the cells; returns the stations that are open deep in the night."""
    deep = next(place for place, hour in enumerate(hours) if hour.hour == DEEP_IN_THE_NIGHT)
    middles = [(hour + timedelta(minutes=30)).timestamp() for hour in hours]
    spans = OpenSpan.objects.filter(opens_at__lt=hours[-1] + timedelta(hours=1), closes_at__gt=hours[0])
    open_deep: set[UUID] = set()
    for station_id, opens, closes in spans.order_by().values_list("station_id", "opens_at", "closes_at"):
        if (child := child_of.get(station_id)) is None:
            continue
        begin, end = opens.timestamp(), closes.timestamp()
        for place, middle in enumerate(middles):
            if begin <= middle < end:
                rows[child].cells[place] += 1
                if place == deep:
                    open_deep.add(station_id)
    return open_deep


def count_reached(rows: dict[UUID, Row], child_of: dict[UUID, UUID], open_deep: set[UUID]) -> None:
    """How many of those that are open deep in the night have what one looks for then."""
    having = defaultdict(set)
    for kind, station_id in Facility.objects.filter(kind__in=REACHED).values_list("kind", "station_id"):
        having[kind].add(station_id)
    for station_id in open_deep:
        row = rows[child_of[station_id]]
        row.deep += 1
        row.reached = tuple(
            count + (station_id in having[kind]) for count, kind in zip(row.reached, REACHED, strict=True)
        )


def child_below(unit_id: Any, given: set[Any], standing: dict[Any, tree.Standing]) -> Any:
    """The ancestor (or itself) that stands directly under one of the given units."""
    while unit_id in standing:
        parent = standing[unit_id].parent_id
        if parent in given:
            return unit_id
        unit_id = parent
    return None


def stations_below(given: Iterable[UUID]) -> QuerySet[Station]:
    """Every station below these units."""
    below = Q(pk=None)
    for unit_id in given:
        below |= Q(unit__in=tree.descendants(unit_id))
    return Station.objects.visible_to(None).filter(below)


STALE = {
    "unchecked": _("Not checked for half a year"),
    "hours": _("Hours not known"),
    "manager": _("Without a manager"),
    "ending": _("Other hours end within three days"),
}


def stale(stations: QuerySet[Station], kind: str, today: date) -> QuerySet[Station]:
    """Those of the stations whose entry needs somebody; with `ending` each has the last of its `exception_days`."""
    if kind == "hours":
        return stations.filter(judged_by=Station.JudgedBy.NOTHING)
    if kind == "manager":
        managed = Role.objects.current(today).filter(role="manager").values("unit")
        return stations.exclude(unit__in=managed)
    if kind == "ending":
        last = stations.annotate(exception_days=Max("exceptions__on"))
        return last.filter(exception_days__range=(today, today + ENDING_WITHIN))
    return stations.filter(Q(checked_on=None) | Q(checked_on__lt=today - STALE_AFTER))
