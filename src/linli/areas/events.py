"""Facts of the tree: codes and days, no names. `on` is the day a change holds from, not the day it was written."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from linli.ledger.facts import fact


@fact("areas.unit_opened", says=_("{subject} opens on {on} as {kind} under {parent}."))
@dataclass(frozen=True)
class UnitOpened:
    kind: str
    parent: str
    on: str


@fact("areas.unit_renamed", says=_("{subject} is called otherwise from {on}."))
@dataclass(frozen=True)
class UnitRenamed:
    on: str


@fact("areas.unit_moved", says=_("{subject} stands under {parent} from {on}, until then under {before}."))
@dataclass(frozen=True)
class UnitMoved:
    before: str
    parent: str
    on: str


@fact("areas.level_inserted", says=_("{subject} comes between {parent} and {children} units from {on}."))
@dataclass(frozen=True)
class LevelInserted:
    kind: str
    parent: str
    children: int
    on: str


@fact(
    "areas.unit_merged", says=_("{subject} becomes part of {into} on {on}, with {children} units below it.")
)
@dataclass(frozen=True)
class UnitMerged:
    into: str
    children: int
    on: str


@fact("areas.unit_split", says=_("{subject} is divided on {on}: {parts} new units beside it."))
@dataclass(frozen=True)
class UnitSplit:
    parts: int
    closes: bool
    on: str


@fact("areas.unit_closed", says=_("{subject} closes on {on}."))
@dataclass(frozen=True)
class UnitClosed:
    on: str


@fact("areas.holidays_imported", says=_("The holidays of {year} are known: {status}, {days} days."))
@dataclass(frozen=True)
class HolidaysImported:
    year: int
    status: str
    days: int
