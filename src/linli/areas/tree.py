"""Questions to the tree, as it was on a day and as it is. Every question is one query, whatever its size.

`on` is a day; without it, today. Units are named by their ids; a unit that did not stand on that day has no
place, so it has no ancestors, no descendants and no `Standing`.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from linli.areas.models import Unit, UnitVersion

# Deeper than any real tree; it only ends the walk if rows were ever damaged into a ring.
DEEPEST = 64

VALID = "v.valid_from <= %s AND (v.valid_until IS NULL OR v.valid_until > %s)"
BELOW = f"""
WITH RECURSIVE below(id) AS (
    SELECT v.unit_id FROM areas_unitversion v WHERE v.unit_id = %s AND {VALID}
    UNION
    SELECT v.unit_id FROM below JOIN areas_unitversion v ON v.parent_id = below.id WHERE {VALID}
)
SELECT id FROM below"""  # noqa: S608
# PostgreSQL guesses thousands of units below any one, and reads every row there is; of an array it guesses a few.
BELOW_ANY = {"sqlite": BELOW, "postgresql": f"SELECT unnest(ARRAY({BELOW}))"}
ABOVE = f"""
WITH RECURSIVE above(start, id, depth) AS (
    SELECT v.unit_id, v.parent_id, 1 FROM areas_unitversion v WHERE v.unit_id IN ({{ids}}) AND {VALID}
    UNION
    SELECT above.start, v.parent_id, above.depth + 1
    FROM above JOIN areas_unitversion v ON v.unit_id = above.id WHERE above.depth < {DEEPEST} AND {VALID}
)
SELECT start, id FROM above WHERE id IS NOT NULL ORDER BY depth"""  # noqa: S608
HEIRS = """
WITH RECURSIVE heir(start, id) AS (
    SELECT u.id, u.id FROM areas_unit u WHERE u.id IN ({ids})
    UNION
    SELECT heir.start, COALESCE(u.merged_into_id, v.parent_id)
    FROM heir
    JOIN areas_unit u ON u.id = heir.id AND u.closed_on <= %s
    LEFT JOIN areas_unitversion v ON v.unit_id = u.id AND v.valid_until = u.closed_on
)
SELECT heir.start, heir.id FROM heir JOIN areas_unit u ON u.id = heir.id
WHERE u.closed_on IS NULL OR u.closed_on > %s"""
# A list of any length as one parameter: thousands of placeholders have a limit, different on each database.
IDS = {
    "sqlite": "SELECT value FROM json_each(%s)",
    "postgresql": "SELECT value::uuid FROM json_array_elements_text(%s)",
}


@dataclass(frozen=True)
class Standing:
    """A unit as it stood on one day; read its name with kit.words.said()."""

    unit_id: UUID
    code: str
    kind: str
    name: str
    language: str
    translations: dict = field(hash=False)
    reading: str
    parent_id: UUID | None
    pack: str


def standing(units: Iterable[UUID] | QuerySet | None = None, on: date | None = None) -> dict[UUID, Standing]:
    """How these units (None: all) stood on that day; those that did not stand are missing."""
    versions = UnitVersion.objects.valid(on).select_related("unit").order_by("reading", "unit__code")
    if units is not None:
        versions = versions.filter(unit__in=units if isinstance(units, QuerySet) else list(units))
    return {version.unit_id: stood(version) for version in versions}


def stood(version: UnitVersion) -> Standing:
    unit = version.unit
    return Standing(
        unit_id=unit.id,
        code=unit.code,
        kind=unit.kind,
        name=version.name,
        language=version.language,
        translations=version.translations,
        reading=version.reading,
        parent_id=version.parent_id,
        pack=unit.pack,
    )


def root(on: date | None = None) -> Unit | None:
    """The unit above all others; None while the installation is empty."""
    version = UnitVersion.objects.valid(on).filter(parent=None).select_related("unit").first()
    return version.unit if version else None


def parents(on: date | None = None) -> dict[UUID, UUID | None]:
    """The whole tree of that day: the parent of every standing unit."""
    return dict(UnitVersion.objects.valid(on).order_by().values_list("unit_id", "parent_id"))


def children(unit_id: UUID, on: date | None = None) -> QuerySet:
    """The versions of the units directly below, in reading order, each with its unit."""
    versions = UnitVersion.objects.valid(on).filter(parent=unit_id).select_related("unit")
    return versions.order_by("reading", "unit__code")


def descendants(unit_id: UUID, on: date | None = None) -> QuerySet:
    """The ids of the unit and of everything below it, as a queryset: put it into `filter(unit__in=…)` or `set()`."""
    day = (on or timezone.localdate()).isoformat()
    below = RawSQL(BELOW_ANY[connection.vendor], [stored(unit_id), *[day] * 4])  # noqa: S611
    return Unit.objects.filter(id__in=below).values_list("id", flat=True)


def ancestors(unit_id: UUID, on: date | None = None) -> list[UUID]:
    """The units above it, nearest first, without itself."""
    return ancestors_of([unit_id], on)[unit_id]


def ancestors_of(unit_ids: Iterable[UUID], on: date | None = None) -> dict[UUID, list[UUID]]:
    """The same for several units in one query; every unit asked about is a key."""
    unit_ids = list(unit_ids)
    day = (on or timezone.localdate()).isoformat()
    found: dict[UUID, list[UUID]] = {unit_id: [] for unit_id in unit_ids}
    for start, above in ask(ABOVE, unit_ids, [day] * 4):
        found[start].append(above)
    return found


def lineage(unit_id: UUID, on: date | None = None) -> list[Standing]:
    """From the root down to the unit itself; empty when it did not stand. Two queries."""
    ids = [unit_id, *ancestors(unit_id, on)]
    found = standing(ids, on)
    return [found[each] for each in reversed(ids)] if unit_id in found else []


def pack_of(lineage: Iterable[Standing]) -> str:
    """The terminology pack that holds at the end of a lineage: its own or the nearest above; empty for none."""
    return next((standing.pack for standing in reversed(list(lineage)) if standing.pack), "")


def as_is(unit_id: UUID, on: date | None = None) -> UUID | None:
    """The unit that stands today for this one: itself, else its heir (see `heirs`)."""
    return heirs([unit_id], on)[unit_id]


def heirs(unit_ids: Iterable[UUID], on: date | None = None) -> dict[UUID, UUID | None]:
    """Who stands for each unit on that day: itself until it closes, then the unit it was merged into, or, if it
    closed without one, the unit it last stood under; and so on. None when a whole tree is gone."""
    unit_ids = list(unit_ids)
    day = (on or timezone.localdate()).isoformat()
    found: dict[UUID, UUID | None] = dict.fromkeys(unit_ids)
    found.update(ask(HEIRS, unit_ids, [day] * 2))
    return found


def ask(question: str, unit_ids: list[UUID], parameters: list[str]) -> list[tuple[UUID, UUID]]:
    """Runs one of the questions above for a list of ids; answers pairs of ids."""
    with connection.cursor() as cursor:
        cursor.execute(question.format(ids=IDS[connection.vendor]), [listed(unit_ids), *parameters])
        return [(read(start), read(other)) for start, other in cursor.fetchall()]


def listed(ids: Iterable[UUID]) -> str:
    """Ids of any kind of row as the one parameter that `IDS` reads."""
    native = connection.features.has_native_uuid_field
    return json.dumps([str(each) if native else each.hex for each in ids])


def stored(unit_id: UUID) -> str:
    """An id as the database keeps it: SQLite has no type for it."""
    return str(unit_id) if connection.features.has_native_uuid_field else unit_id.hex


def read(value: UUID | str) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)
