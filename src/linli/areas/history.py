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


@dataclass(frozen=True)
class Line:
    """A change as a page tells it: with the names that held on its day."""

    change: Change
    is_planned: bool
    before_parent: UnitVersion | None = None
    after_parent: UnitVersion | None = None
    other: UnitVersion | None = None


def told(unit: Unit, today: date) -> list[Line]:
    """The history of a unit, newest first, with the units that became part of it. Four queries for any length."""
    own = changes(unit)
    joined = list(unit.merged.order_by("closed_on"))
    others = {
        *joined,
        *([unit.merged_into] if unit.merged_into else []),
        *(
            version.parent
            for change in own
            for version in (change.before, change.after)
            if version and version.parent
        ),
    }
    name_of = names_then(others)
    lines = [
        Line(
            change,
            change.on > today,
            before_parent=change.before and name_of(change.before.parent, change.on, eve=True),
            after_parent=change.after and name_of(change.after.parent, change.on),
            other=name_of(unit.merged_into, change.on) if change.what == "merged" else None,
        )
        for change in own
    ]
    for part in joined:
        late = part.closing_was_late
        change = Change(part.closed_on, "joined", None, None, part.closing_recorded_at, late)
        lines.append(Line(change, change.on > today, other=name_of(part, part.closed_on, eve=True)))
    return sorted(lines, key=lambda line: line.change.on, reverse=True)


def names_then(units: Iterable[Unit]):
    """A function (unit, day) → its version of that day, or with `eve` of the day before. One query for all."""
    versions: dict = {}
    for version in UnitVersion.objects.filter(unit__in=list(units)).select_related("unit"):
        versions.setdefault(version.unit_id, []).append(version)

    def name_of(unit: Unit | None, day: date, *, eve: bool = False) -> UnitVersion | None:
        if unit is None:
            return None
        known = versions[unit.id]
        began = [one for one in known if one.valid_from < day or (one.valid_from == day and not eve)]
        return began[-1] if began else known[0]

    return name_of
