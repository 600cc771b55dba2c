"""The tree of a day as a page shows it: three levels while they are short, and how many units stand under each."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Count

from linli.areas.models import UnitVersion
from linli.areas.tree import Standing, stood

MOST_ON_A_LEVEL = 120


@dataclass
class Branch:
    """A unit on the page: `below` are the children shown, `count` says how many it has in all."""

    standing: Standing
    count: int = 0
    below: list["Branch"] = field(default_factory=list)


def level(parent_ids: list[UUID], on: date) -> list[UnitVersion]:
    """The units under these, or none at all when they are too many to show."""
    versions = UnitVersion.objects.valid(on).filter(parent__in=parent_ids).select_related("unit")
    found = list(versions.order_by("reading", "unit__code")[: MOST_ON_A_LEVEL + 1])
    return found if len(found) <= MOST_ON_A_LEVEL else []


def branches(root: UnitVersion, on: date, levels: int = 3) -> Branch:
    """The tree below `root`. One query for each level and one for the counts."""
    top = Branch(stood(root))
    known = {root.unit_id: top}
    parent_ids = [root.unit_id]
    for _level in range(levels):
        found = level(parent_ids, on)
        for version in found:
            known[version.unit_id] = Branch(stood(version))
            known[version.parent_id].below.append(known[version.unit_id])
        parent_ids = [version.unit_id for version in found]
    for unit_id, count in children_counts(list(known), on).items():
        known[unit_id].count = count
    return top


def children_counts(unit_ids: list[UUID], on: date) -> dict[UUID, int]:
    """How many units stand directly under each of these; those without any are missing. One query."""
    rows = UnitVersion.objects.valid(on).filter(parent__in=unit_ids).order_by().values("parent")
    return dict(rows.annotate(count=Count("id")).values_list("parent", "count"))
