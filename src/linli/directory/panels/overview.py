"""What an organiser sees of an area without asking anyone."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from linli.areas import tree
from linli.directory.models import Station

STALE_AFTER = timedelta(days=180)


@dataclass(frozen=True)
class Gap:
    """Counts for one unit: never a rate, never sorted by one."""

    unit: tree.Standing
    stations: int
    open_now: int
    hours_unknown: int
    unchecked: int


def gaps(given: set[UUID], now: datetime) -> list[Gap]:
    """For every child of the given units: how many stations stand below, are open, lack hours or were long unchecked."""
    standing = tree.standing()
    open_now = set(Station.objects.open_at(now).values_list("pk", flat=True))
    counts: dict[Any, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    stale = timezone.localdate(now) - STALE_AFTER
    stations = Station.objects.visible_to(None).values_list("pk", "unit_id", "judged_by", "checked_on")
    for pk, unit_id, judged_by, checked_on in stations:
        child = child_below(unit_id, given, standing)
        if child is not None:
            row = counts[child]
            row[0] += 1
            row[1] += pk in open_now
            row[2] += judged_by == Station.JudgedBy.NOTHING
            row[3] += checked_on is None or checked_on < stale
    children = sorted((s for s in standing.values() if s.parent_id in given), key=lambda s: s.code)
    return [Gap(child, *counts[child.unit_id]) for child in children if child.unit_id in counts]


def child_below(unit_id: Any, given: set[Any], standing: dict[Any, tree.Standing]) -> Any:
    """The ancestor (or itself) that stands directly under one of the given units."""
    while unit_id in standing:
        parent = standing[unit_id].parent_id
        if parent in given:
            return unit_id
        unit_id = parent
    return None
