"""Opening, renaming, moving and closing one unit."""

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
from linli.areas.history import title
from linli.areas.models import Unit, UnitVersion
from linli.areas.rules import may_edit_units
from linli.kit.refs import Ref, ref
from linli.kit.rules import Problem, require
from linli.ledger.actions import record


def code_of(unit: Unit | None) -> str:
    return unit.code if unit else ""


def scope_of(unit: Unit, parent: Unit | None) -> Ref:
    """A change of a unit belongs to the place under which it happened; the root's to itself."""
    return ref(parent or unit)


@transaction.atomic
def open_unit(
    *,
    by,
    parent: Unit | None,
    on: date,
    kind: str,
    name: str,
    language: str,
    code: str = "",
    translations: dict | None = None,
    reading: str = "",
    pack: str = "",
) -> Unit:
    """Opens a unit under `parent`, or the root where there is none yet; counts in every figure above it from `on`.

    Without a `code` one is drawn. Problem: code taken, parent not standing from that day on, a second root.
    """
    require(may_edit_units(by, parent))
    hold_tree()
    naming = Naming(name, language, translations or {}, reading).fields()
    if parent:
        check_parent(parent, on)
    else:
        refuse_second_root(on)
    unit = add_unit(kind=kind, code=code, pack=pack, on=on)
    place(unit, parent, naming, on)
    fact = events.UnitOpened(kind=unit.kind, parent=code_of(parent), on=str(on))
    record(fact, by=by, subject=ref(unit), scope=scope_of(unit, parent))
    return unit


def refuse_second_root(on: date) -> None:
    others = UnitVersion.objects.valid_after(on).filter(parent=None).select_related("unit")
    if others:
        facts = {"unit": title(others[0].unit)}
        raise Problem(_("Every unit but one stands under another; %(unit)s is at the top.") % facts, "parent")


@transaction.atomic
def rename_unit(
    *, by, unit: Unit, on: date, name: str, language: str, translations: dict | None = None, reading: str = ""
) -> None:
    """Gives a unit its name, its translations and its reading from that day on; older days keep the older name.

    Problem: unit closed or not yet open, later changes written down, nothing different.
    """
    hold_tree()
    naming = Naming(name, language, translations or {}, reading).fields()
    [version] = current_versions([unit], on)
    require(may_edit_units(by, version.parent or unit))
    if all(getattr(version, field) == value for field, value in naming.items()):
        raise Problem(_("It has this name already."), "name")
    change([version], on, **naming)
    record(events.UnitRenamed(on=str(on)), by=by, subject=ref(unit), scope=scope_of(unit, version.parent))


@transaction.atomic
def move_unit(*, by, unit: Unit, parent: Unit, on: date) -> None:
    """Puts a unit, with everything below it, under another parent from that day on.

    Asks the right at both places. Problem: a ring on that day or any later one, unit or parent not standing,
    later changes written down, already there, the root (put a level above it with `insert_level`).
    """
    hold_tree()
    [version] = current_versions([unit], on)
    before = version.parent
    require(may_edit_units(by, before) and may_edit_units(by, parent))
    if before is None:
        raise Problem(_("%(unit)s is at the top of the tree.") % {"unit": title(unit)}, "parent")
    if before == parent:
        raise Problem(_("It stands there already."), "parent")
    check_parent(parent, on)
    refuse_ring([unit], parent, on)
    change([version], on, parent=parent)
    record_move(by, unit, before, parent, on)


def record_move(by, unit: Unit, before: Unit | None, parent: Unit, on: date) -> None:
    fact = events.UnitMoved(before=code_of(before), parent=parent.code, on=str(on))
    record(fact, by=by, subject=ref(unit), scope=ref(parent))


@transaction.atomic
def close_unit(*, by, unit: Unit, on: date) -> None:
    """Closes a unit without an heir: from that day on its past counts with the unit it last stood under.

    Problem: units still below it, unit closed already, later changes written down.
    """
    hold_tree()
    [version] = current_versions([unit], on)
    require(may_edit_units(by, version.parent))
    end(version, on)
    record(events.UnitClosed(on=str(on)), by=by, subject=ref(unit), scope=scope_of(unit, version.parent))
