"""Last month's walk-ins by the units directly below one, by the tree as it was on each day and as it is today."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, Sum

from linli.areas import sums, tree
from linli.areas.models import UnitVersion
from linli.directory.models import WalkIn

# Smaller numbers are not shown to anybody outside the station.
SMALLEST = 10


@dataclass(frozen=True)
class Part:
    """A unit that stood, or stands, directly below: None where it did not, or does not. `hidden`: too small to show."""

    unit: tree.Standing
    was: int | None
    is_now: int | None
    was_hidden: bool
    is_hidden: bool


@dataclass(frozen=True)
class Figures:
    """The parts add up to the sum in either column."""

    unit: tree.Standing
    first: date
    last: date
    parts: list[Part]
    was: int
    is_now: int


def last_month(today: date) -> tuple[date, date]:
    last = today.replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last


def walk_ins(unit_id: UUID, today: date) -> Figures:
    """Two sums for each run of days on which the tree stayed the same, however many stations there are."""
    first, last = last_month(today)
    figures = figures_of(unit_id, first, last, today)
    was, now = sums.parts_as_they_were(figures, unit_id), sums.parts_as_they_are(figures, unit_id, today)
    # Under their last names: some of them may stand no longer.
    versions = UnitVersion.objects.filter(unit__in={*was, *now, unit_id}).select_related("unit")
    standing = {version.unit_id: tree.stood(version) for version in versions.order_by("valid_from")}
    hidden_then, hidden_now = hidden(was), hidden(now)
    parts = [
        Part(standing[each], was.get(each), now.get(each), each in hidden_then, each in hidden_now)
        for each in sorted({*was, *now}, key=lambda each: standing[each].code)
    ]
    return Figures(standing[unit_id], first, last, parts, sum(was.values()), sum(now.values()))


def figures_of(unit_id: UUID, first: date, last: date, today: date) -> list[sums.Figure]:
    """(first day of a run, station's unit, number) for all that stood below the unit then, or do now."""
    changes = UnitVersion.objects.filter(valid_from__gt=first, valid_from__lte=last).values_list(
        "valid_from", flat=True
    )
    ends = UnitVersion.objects.filter(valid_until__gt=first, valid_until__lte=last).values_list(
        "valid_until", flat=True
    )
    starts = sorted({first, *changes, *ends})
    now = Q(station__unit__in=tree.descendants(unit_id, today))
    found: list[sums.Figure] = []
    for start, end in zip(starts, [*starts[1:], last + timedelta(days=1)], strict=True):
        here = now | Q(station__unit__in=tree.descendants(unit_id, start))
        counted = WalkIn.objects.filter(here, on__gte=start, on__lt=end).order_by()
        totals = counted.values_list("station__unit").annotate(Sum("count"))
        found += [(start, station_unit, number) for station_unit, number in totals]
    return found


def hidden(parts: dict[UUID, int]) -> set[UUID]:
    """Those too small to show, and, where that is one alone, the next in size: the sum would tell it."""
    small = {unit_id for unit_id, number in parts.items() if 0 < number < SMALLEST}
    others = sorted(
        (number, str(unit_id), unit_id) for unit_id, number in parts.items() if number >= SMALLEST
    )
    return small | {others[0][2]} if len(small) == 1 and others else small
