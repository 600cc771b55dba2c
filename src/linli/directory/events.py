"""Facts of the directory."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from linli.ledger.facts import fact


@fact("directory.station_opened", says=_("A station was entered in the directory."))
@dataclass(frozen=True)
class StationOpened:
    kind: str


@fact("directory.status_declared", says=_("A station said it is {state} until {until}."))
@dataclass(frozen=True)
class StatusDeclared:
    """`until` in ISO 8601; the note people wrote stays out of the ledger."""

    state: str
    until: str


@fact("directory.status_ended", says=_("What a station said of itself no longer holds."))
@dataclass(frozen=True)
class StatusEnded:
    """`lapsed`: by itself, at the time that had been named; else somebody took it back."""

    state: str
    lapsed: bool


@fact("directory.hours_set", says=_("A station set its weekly hours: {spans} spans."))
@dataclass(frozen=True)
class HoursSet:
    spans: int


@fact(
    "directory.imported", says=_("A directory was imported: {new} new, {changed} changed, {same} the same.")
)
@dataclass(frozen=True)
class DirectoryImported:
    source: str
    new: int
    changed: int
    same: int
