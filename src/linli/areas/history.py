"""What happened to a unit, told from its versions: the same on its page and where a later change stands in the way."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from linli.areas.models import Unit, UnitVersion
from linli.kit.words import said

WHAT = {
    "opened": pgettext_lazy("what happened to a unit", "opened"),
    "renamed": pgettext_lazy("what happened to a unit", "renamed"),
    "moved": pgettext_lazy("what happened to a unit", "moved"),
    "renamed and moved": pgettext_lazy("what happened to a unit", "renamed and moved"),
    "changed": pgettext_lazy("what happened to a unit", "corrected"),
    "closed": pgettext_lazy("what happened to a unit", "closed"),
    "merged": pgettext_lazy("what happened to a unit", "merged into another"),
}
AND_SO_ON = gettext_lazy("and more")


@dataclass(frozen=True)
class Change:
    """One change, true from `on`; `was_late` when it was written down only after that day."""

    on: date
    what: str
    before: UnitVersion | None
    after: UnitVersion | None
    recorded_at: datetime
    was_late: bool

    def __str__(self) -> str:
        return f"{date_format(self.on)} {WHAT[self.what]}"


def changes(unit: Unit) -> list[Change]:
    """All changes of a unit, oldest first. One query."""
    versions = list(unit.versions.select_related("parent"))
    told = [
        Change(after.valid_from, compare(before, after), before, after, after.recorded_at, after.was_late)
        for before, after in pairwise([None, *versions])
    ]
    if unit.closed_on:
        what = "merged" if unit.merged_into_id else "closed"
        told.append(
            Change(unit.closed_on, what, versions[-1], None, unit.closing_recorded_at, unit.closing_was_late)
        )
    return told


def compare(before: UnitVersion | None, after: UnitVersion) -> str:
    if before is None:
        return "opened"
    renamed = (before.name, before.translations) != (after.name, after.translations)
    moved = before.parent_id != after.parent_id
    return {
        (True, True): "renamed and moved",
        (True, False): "renamed",
        (False, True): "moved",
        (False, False): "changed",
    }[renamed, moved]


def title(unit: Unit) -> str:
    """The unit's last name in the reader's language with its code, for sentences."""
    return titles([unit])


def titles(units: Iterable[Unit]) -> str:
    """The same for several, the first five by name."""
    units = list(units)
    last = {version.unit_id: version for version in UnitVersion.objects.filter(unit__in=units[:5])}
    named = [
        _("%(name)s (%(code)s)") % {"name": said(last[unit.id], "name"), "code": unit.code}
        for unit in units[:5]
        if unit.id in last
    ]
    return _(", ").join([*named, *([str(AND_SO_ON)] if len(units) > 5 else [])])
