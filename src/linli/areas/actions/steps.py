"""The small steps all verbs of the tree are made of; every caller holds the tree (`hold_tree`) first."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from linli.areas.history import changes, title, titles
from linli.areas.models import TreeLock, Unit, UnitVersion
from linli.kit.ids import code as fresh_code
from linli.kit.pinyin import reading as read_aloud
from linli.kit.rules import Problem
from linli.kit.texts import clean_line

CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,39}")
YEARS = range(1900, 2201)


def hold_tree() -> None:
    """Waits until nobody else changes the tree; let go at the end of the transaction.

    On SQLite the transaction is IMMEDIATE and has waited already; `select_for_update` does nothing there.
    """
    if TreeLock.objects.select_for_update().first() is None:
        TreeLock.objects.bulk_create([TreeLock()], ignore_conflicts=True)
        TreeLock.objects.select_for_update().get()


@dataclass(frozen=True)
class Naming:
    """What a unit is called: cleaned, and with a reading to sort by. Raises Problem."""

    name: str
    language: str
    translations: dict = field(default_factory=dict)
    reading: str = ""

    def fields(self) -> dict:
        name = clean_line(self.name, 120)
        if not name:
            raise Problem(_("Please give it a name."), "name")
        translations = {
            language: {"name": clean_line(words.get("name", ""), 120)}
            for language, words in self.translations.items()
            if language != self.language and words.get("name")
        }
        reading = clean_line(self.reading, 400) or read_aloud(name)[:400]
        return {"name": name, "language": self.language, "translations": translations, "reading": reading}


def add_unit(*, kind: str, code: str, pack: str, on: date) -> Unit:
    """A new unit without a version yet; an empty `code` is drawn by lot. Problem when the code is taken."""
    check_day(on)
    code = clean_line(code, 200) or fresh_code()
    kind = clean_line(kind, 40)
    if not kind:
        raise Problem(_("Please say what kind of unit it is."), "kind")
    if not CODE.fullmatch(code):
        raise Problem(_("A code has letters, digits and hyphens, 40 at most."), "code")
    if Unit.objects.filter(code=code).exists():
        raise Problem(_("The code %(code)s is taken.") % {"code": code}, "code")
    return Unit.objects.create(code=code, kind=kind, pack=pack, opened_on=on)


def place(unit: Unit, parent: Unit | None, naming: dict, on: date) -> UnitVersion:
    """The first version of a new unit."""
    return UnitVersion.objects.create(unit=unit, parent=parent, valid_from=on, **naming)


def check_day(on: date) -> None:
    if on.year not in YEARS:
        raise Problem(_("Please choose a day between 1900 and 2200."), "on")


def check_parent(parent: Unit, on: date, field: str = "parent") -> None:
    """A unit can only stand under one that stands, from that day on and for good."""
    parent.refresh_from_db()
    facts = {"unit": title(parent), "day": date_format(parent.opened_on)}
    if on < parent.opened_on:
        raise Problem(_("%(unit)s only opens on %(day)s.") % facts, field)
    if parent.closed_on:
        facts["day"] = date_format(parent.closed_on)
        sentence = _("%(unit)s is closed since %(day)s.")
        if parent.closed_on > on:
            sentence = _("%(unit)s closes on %(day)s, so nothing new can stand under it.")
        raise Problem(sentence % facts, field)


def current_versions(units: Sequence[Unit], on: date) -> list[UnitVersion]:
    """The versions a change on that day starts from, in the order given.

    Problem when a unit does not stand that day, or when something later is already written down about it: history
    is continued, never rewritten under a later change.
    """
    check_day(on)
    fresh = Unit.objects.in_bulk([unit.id for unit in units])
    found = UnitVersion.objects.filter(unit__in=fresh, valid_until=None).select_related("unit", "parent")
    last = {version.unit_id: version for version in found}
    for unit in units:
        check_continues(fresh[unit.id], last.get(unit.id), on)
    return [last[unit.id] for unit in units]


def check_continues(unit: Unit, last: UnitVersion | None, on: date) -> None:
    if on < unit.opened_on:
        facts = {"unit": title(unit), "day": date_format(unit.opened_on)}
        raise Problem(_("%(unit)s only opens on %(day)s.") % facts, "on")
    if unit.closed_on and unit.closed_on <= on:
        facts = {"unit": title(unit), "day": date_format(unit.closed_on)}
        raise Problem(_("%(unit)s is closed since %(day)s.") % facts, "on")
    if last is None or last.valid_from > on:
        later = [str(change) for change in changes(unit) if change.on > on]
        facts = {"unit": title(unit), "changes": _(", ").join(later)}
        raise Problem(
            _("Later changes of %(unit)s are already written down: %(changes)s. Choose a later day.") % facts,
            "on",
        )


def change(versions: Iterable[UnitVersion], on: date, **fields) -> None:
    """Continues each version with one that differs in `fields` from that day on. Three queries for any number.

    A version that began that very day is corrected in place: two changes on one day are one.
    """
    versions = list(versions)
    now = timezone.now()
    same_day = [version.id for version in versions if version.valid_from == on]
    UnitVersion.objects.filter(id__in=same_day).update(**fields, recorded_at=now)
    older = [version for version in versions if version.valid_from != on]
    UnitVersion.objects.filter(id__in=[version.id for version in older]).update(valid_until=on)
    UnitVersion.objects.bulk_create(continued(version, on, now, fields) for version in older)


def continued(version: UnitVersion, on: date, now, fields: dict) -> UnitVersion:
    same = {
        "parent": version.parent,
        "name": version.name,
        "language": version.language,
        "translations": version.translations,
        "reading": version.reading,
    }
    return UnitVersion(unit_id=version.unit_id, valid_from=on, recorded_at=now, **same | fields)


def refuse_ring(units: Iterable[Unit], parent: Unit, on: date, field: str = "parent") -> None:
    """Problem when on that day or any later one `parent` stands below one of the units that are to stand under it."""
    moving = {unit.id: unit for unit in units}
    for unit_id in {parent.id, *ever_above(parent, on)} & moving.keys():
        if unit_id == parent.id:
            raise Problem(_("A unit cannot stand under itself."), field)
        facts = {"parent": title(parent), "unit": title(moving[unit_id])}
        raise Problem(_("%(parent)s stands below %(unit)s, or is planned to.") % facts, field)


def ever_above(unit: Unit, on: date) -> set:
    """Every unit above this one on that day or on any later one. A query for each level of the tree.

    Each step upward carries the span of days for which it holds, since a parent may be planned to move in between.
    """
    reached: set[tuple] = set()
    spans = {(unit.id, on, date.max)}
    while spans:
        reached |= spans
        above = UnitVersion.objects.valid_after(on).filter(unit__in={span[0] for span in spans})
        steps = list(above.values_list("unit_id", "parent_id", "valid_from", "valid_until"))
        spans = {
            (parent_id, max(start, since), min(end, until or date.max))
            for below, start, end in spans
            for unit_id, parent_id, since, until in steps
            if unit_id == below and parent_id and max(start, since) < min(end, until or date.max)
        } - reached
    return {unit_id for unit_id, _start, _end in reached} - {unit.id}


def end(version: UnitVersion, on: date, merged_into: Unit | None = None) -> None:
    """Closes the unit of this version on that day. Problem when something still depends on it."""
    unit = version.unit
    check_nothing_hangs(unit, on)
    if version.valid_from == on:
        version.delete()
    else:
        UnitVersion.objects.filter(id=version.id).update(valid_until=on)
    closing = {"closed_on": on, "closing_recorded_at": timezone.now(), "merged_into": merged_into}
    Unit.objects.filter(id=unit.id).update(**closing)
    unit.refresh_from_db()


def check_nothing_hangs(unit: Unit, on: date) -> None:
    """A unit can close when nothing stands under it, that day or by plan, and nothing becomes part of it later."""
    standing_under = UnitVersion.objects.valid_after(on).filter(parent=unit)
    below = Unit.objects.filter(versions__in=standing_under).distinct()[:6]
    if below:
        facts = {"unit": title(unit), "children": titles(below)}
        raise Problem(
            _("%(unit)s still has units below it: %(children)s. Move or close them first.") % facts, "on"
        )
    joining = Unit.objects.filter(merged_into=unit, closed_on__gt=on)[:6]
    if joining:
        facts = {"unit": title(unit), "units": titles(joining)}
        raise Problem(_("Other units become part of %(unit)s after that day: %(units)s.") % facts, "on")
    if unit.opened_on == on:
        raise Problem(
            _("%(unit)s opens that very day; it can close a day later.") % {"unit": title(unit)}, "on"
        )
