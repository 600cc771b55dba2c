"""Verbs that change several units at once: a level between, many into one, one into many."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from linli.areas import events
from linli.areas.actions.steps import (
    Naming,
    add_unit,
    change,
    check_parent,
    current_versions,
    end,
    hold_tree,
    place,
    refuse_ring,
)
from linli.areas.actions.units import code_of, record_move, scope_of
from linli.areas.history import titles
from linli.areas.models import Unit, UnitVersion
from linli.areas.rules import may_edit_units
from linli.kit.refs import ref
from linli.kit.rules import Problem, require
from linli.ledger.actions import record


@dataclass(frozen=True)
class Part:
    """One of the units that come out of a split, and which children of the old unit it takes."""

    kind: str
    name: str
    language: str
    code: str = ""
    translations: dict = field(default_factory=dict)
    reading: str = ""
    children: Sequence[Unit] = ()

    def naming(self) -> dict:
        return Naming(self.name, self.language, self.translations, self.reading).fields()


@transaction.atomic
def insert_level(
    *,
    by,
    parent: Unit | None,
    children: Sequence[Unit],
    on: date,
    kind: str,
    name: str,
    language: str,
    code: str = "",
    translations: dict | None = None,
    reading: str = "",
    pack: str = "",
) -> Unit:
    """Opens a unit between `parent` and some of its children; with parent None, above the root.

    Problem: no child chosen, a child that does not stand under `parent` that day, and whatever open_unit refuses.
    """
    require(may_edit_units(by, parent))
    hold_tree()
    naming = Naming(name, language, translations or {}, reading).fields()
    versions = current_versions(some(children), on)
    check_children(versions, parent)
    if parent:
        check_parent(parent, on)
    unit = add_unit(kind=kind, code=code, pack=pack, on=on)
    change(versions, on, parent=unit)
    place(unit, parent, naming, on)
    fact = events.LevelInserted(kind=unit.kind, parent=code_of(parent), children=len(versions), on=str(on))
    record(fact, by=by, subject=ref(unit), scope=scope_of(unit, parent))
    for version in versions:
        record_move(by, version.unit, parent, unit, on)
    return unit


def some(units: Sequence[Unit], field: str = "children") -> list[Unit]:
    """Each unit once, at least one."""
    if not units:
        raise Problem(_("Please choose at least one unit."), field)
    return list(dict.fromkeys(units))


def check_children(versions: Sequence[UnitVersion], parent: Unit | None) -> None:
    strangers = [version.unit for version in versions if version.parent != parent]
    if strangers:
        raise Problem(
            _("Not directly below it on that day: %(units)s.") % {"units": titles(strangers)}, "children"
        )


@transaction.atomic
def merge_units(*, by, units: Sequence[Unit], into: Unit, on: date) -> None:
    """Makes units part of another: they close that day, what stood below them moves to `into`, and their past
    counts with it when figures are drawn by the tree as it is.

    Problem: `into` is among them, stands below one of them, or does not stand from that day on; later changes.
    """
    hold_tree()
    units = some(units, "units")
    if into in units:
        raise Problem(_("A unit cannot become part of itself."), "units")
    versions = current_versions([*units, into], on)
    for version in versions:
        require(may_edit_units(by, version.parent))
    check_parent(into, on, "into")
    refuse_ring(units, into, on, "into")
    for version in versions[:-1]:
        moved = move_children(by, version.unit, into, on)
        # Read again: the unit may itself have stood under one of the others and just been moved.
        [last] = current_versions([version.unit], on)
        end(last, on, merged_into=into)
        fact = events.UnitMerged(into=into.code, children=moved, on=str(on))
        record(fact, by=by, subject=ref(version.unit), scope=scope_of(version.unit, version.parent))


def move_children(by, unit: Unit, parent: Unit, on: date) -> int:
    """Moves everything that stands under the unit that day to another; answers how many."""
    children = list(Unit.objects.filter(versions__in=UnitVersion.objects.valid(on).filter(parent=unit)))
    versions = current_versions(children, on)
    refuse_ring(children, parent, on, "into")
    change(versions, on, parent=parent)
    for version in versions:
        record_move(by, version.unit, unit, parent, on)
    return len(versions)


@transaction.atomic
def split_unit(*, by, unit: Unit, parts: Sequence[Part], on: date, closes: bool) -> list[Unit]:
    """Divides a unit: each part opens beside it and takes the children it names.

    With `closes` the old unit ends that day, and every child must have found a part; without, it goes on with the
    children that are left. Problem: a child named twice or not its own, the root, later changes written down.
    """
    hold_tree()
    [version] = current_versions([unit], on)
    parent = version.parent
    require(may_edit_units(by, parent))
    if parent is None:
        raise Problem(_("The unit at the top cannot be divided; open units below it."), "parts")
    check_parts(parts, closes)
    check_parent(parent, on)
    opened = [open_part(by, unit, parent, part, on) for part in parts]
    if closes:
        end(version, on)
    fact = events.UnitSplit(parts=len(opened), closes=closes, on=str(on))
    record(fact, by=by, subject=ref(unit), scope=scope_of(unit, parent))
    return opened


def check_parts(parts: Sequence[Part], closes: bool) -> None:
    if not parts:
        raise Problem(_("Please name at least one part."), "parts")
    if closes and len(parts) < 2:
        raise Problem(_("A unit that ends is divided into two parts at least."), "parts")
    taken = [child for part in parts for child in part.children]
    twice = [child for child in dict.fromkeys(taken) if taken.count(child) > 1]
    if twice:
        raise Problem(_("Chosen for two parts: %(units)s.") % {"units": titles(twice)}, "children")


def open_part(by, unit: Unit, parent: Unit, part: Part, on: date) -> Unit:
    naming = part.naming()
    versions = current_versions(part.children, on)
    check_children(versions, unit)
    opened = add_unit(kind=part.kind, code=part.code, pack=unit.pack, on=on)
    place(opened, parent, naming, on)
    change(versions, on, parent=opened)
    fact = events.UnitOpened(kind=opened.kind, parent=parent.code, on=str(on))
    record(fact, by=by, subject=ref(opened), scope=ref(parent))
    for version in versions:
        record_move(by, version.unit, unit, opened, on)
    return opened
