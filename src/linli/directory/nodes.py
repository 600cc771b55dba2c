"""The places of stations and organisations in the tree, many at once: opened with their rows, and renamed with them.

Callers hold the tree (`areas.actions.steps.hold_tree`) and are in a transaction.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models
from django.utils import timezone

from linli.areas.actions.steps import continued
from linli.areas.models import Unit, UnitVersion

UNIT_NAME = 120


def open_nodes(rows: Iterable[Any], parents: dict[Any, Any], kind: str, on: date) -> None:
    """Gives each new, unsaved row a unit of its own code; `parents` says under which unit, by the code of the row."""
    rows = list(rows)
    for row in rows:
        row.unit = Unit(code=row.code, kind=kind, opened_on=on)
    Unit.objects.bulk_create([row.unit for row in rows])
    UnitVersion.objects.bulk_create(
        [
            UnitVersion(unit=row.unit, parent_id=parents[row.code], valid_from=on, **naming(row, {}))
            for row in rows
        ]
    )


def naming(row: Any, translations: dict[str, Any]) -> dict[str, Any]:
    """What the unit of a row is called. Translations of the name that the row knows nothing of stay."""
    own = {language: words["name"] for language, words in row.translations.items() if "name" in words}
    others = {language: words for language, words in translations.items() if language not in own}
    return {
        "name": short(row.name),
        "language": row.language,
        "translations": others | {language: {"name": short(name)} for language, name in own.items() if name},
        "reading": row.reading,
    }


def short(name: str) -> str:
    return name if len(name) <= UNIT_NAME else name[: UNIT_NAME - 1] + "…"


def rename_nodes(rows: Iterable[Any], within: models.QuerySet[UnitVersion], on: date) -> None:
    """Older days keep the older name; a version that began that day is corrected in place.

    `within`: the versions to look among, so that not every row has to be named in a query.
    """
    by_unit = {row.unit_id: row for row in rows if row.unit_id}
    if not by_unit:
        return
    now = timezone.now()
    corrected, ended, following = [], [], []
    for version in within.filter(valid_until=None, valid_from__lte=on).select_related("parent"):
        if version.unit_id not in by_unit:
            continue
        fields = naming(by_unit[version.unit_id], version.translations)
        if version.valid_from == on:
            for name, value in fields.items():
                setattr(version, name, value)
            corrected.append(version)
        else:
            following.append(continued(version, on, now, fields))
            version.valid_until = on
            ended.append(version)
    UnitVersion.objects.bulk_update(
        corrected, ["name", "language", "translations", "reading"], batch_size=500
    )
    UnitVersion.objects.bulk_update(ended, ["valid_until"], batch_size=500)
    UnitVersion.objects.bulk_create(following)
