"""Figures added up along the tree, by the tree as it was on each figure's day or as it is."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from linli.areas.models import UnitVersion
from linli.areas.tree import heirs, parents

# (day, unit, number)
Figure = tuple[date, UUID, int]


def roll_up(figures: Mapping[UUID, int], parent_of: Mapping[UUID, UUID | None]) -> Counter:
    """Each unit's figure with everything below it. Pure; what has no place in the tree is counted under None."""
    totals: Counter = Counter()
    for unit_id, number in figures.items():
        place: UUID | None = unit_id if unit_id in parent_of else None
        if place is None:
            totals[None] += number
        while place is not None:
            totals[place] += number
            place = parent_of[place]
    return totals


def as_it_was(figures: Iterable[Figure]) -> Counter:
    """The sums by the tree of each figure's own day. One query, however many days."""
    by_day: dict[date, Counter] = defaultdict(Counter)
    for day, unit_id, number in figures:
        by_day[day][unit_id] += number
    if not by_day:
        return Counter()
    first, last = min(by_day), max(by_day)
    versions = UnitVersion.objects.valid_after(first).filter(valid_from__lte=last).order_by()
    rows = list(versions.values_list("unit_id", "parent_id", "valid_from", "valid_until"))
    changes = {day for row in rows for day in row[2:] if day}
    totals: Counter = Counter()
    for days in without_change(sorted(by_day), changes):
        figures_then: Counter = Counter()
        for day in days:
            figures_then.update(by_day[day])
        totals.update(roll_up(figures_then, tree_on(rows, days[0])))
    return totals


def without_change(days: list[date], changes: Iterable[date]) -> list[list[date]]:
    """The days in runs on which the tree was the same."""
    ordered = sorted(changes)
    runs: dict[int, list[date]] = defaultdict(list)
    passed = 0
    for day in days:
        while passed < len(ordered) and ordered[passed] <= day:
            passed += 1
        runs[passed].append(day)
    return list(runs.values())


def tree_on(rows: list[tuple], day: date) -> dict[UUID, UUID | None]:
    return {
        unit_id: parent_id
        for unit_id, parent_id, since, until in rows
        if since <= day and (until is None or day < until)
    }


def as_it_is(figures: Iterable[Figure], on: date | None = None) -> Counter:
    """The sums by the tree of today (or of `on`): a unit that no longer stands is counted with its heir."""
    total: Counter = Counter()
    for _day, unit_id, number in figures:
        total[unit_id] += number
    heir_of = heirs(total, on)
    now: Counter = Counter()
    for unit_id, number in total.items():
        now[heir_of[unit_id]] += number
    return roll_up(now, parents(on))


def parts_as_they_were(figures: Iterable[Figure], unit_id: UUID) -> Counter:
    """What is below a unit, by the unit that stood directly under it on each figure's day. The parts are its sum."""
    figures = list(figures)
    days = {day for day, _unit, _number in figures}
    trees = {day: parents(day) for day in days}
    return parts(((each, number, trees[day]) for day, each, number in figures), unit_id)


def parts_as_they_are(figures: Iterable[Figure], unit_id: UUID, on: date | None = None) -> Counter:
    """The same by the tree of today (or of `on`); a unit that no longer stands is counted with its heir."""
    figures = list(figures)
    heir_of, tree_now = heirs({each for _day, each, _number in figures}, on), parents(on)
    return parts(((heir_of[each], number, tree_now) for _day, each, number in figures), unit_id)


def parts(figures: Iterable[tuple], unit_id: UUID) -> Counter:
    """(unit, number, tree) by the child of `unit_id` above each; what is elsewhere is left out. Pure."""
    found: Counter = Counter()
    for place, number, parent_of in figures:
        while place is not None and parent_of.get(place) != unit_id:
            place = parent_of.get(place)
        if place is not None:
            found[place] += number
    return found
