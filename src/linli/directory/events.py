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


@fact("directory.door_reported", says=_("Somebody at the door said: {what}."), daily=True)
@dataclass(frozen=True)
class DoorReported:
    """`what`: "closed", "no_water" or "full". `confirmed`: with this report two people say so, and did not before."""

    what: str
    confirmed: bool


@fact("directory.reports_ended", says=_("What people at the door had said ({what}) was settled by the desk."))
@dataclass(frozen=True)
class ReportsEnded:
    what: str


@fact("directory.hours_set", says=_("A station set its weekly hours: {spans} spans."))
@dataclass(frozen=True)
class HoursSet:
    spans: int


@fact("directory.photo_set", says=_("An entrance of a station got a photo, or other words beside it."))
@dataclass(frozen=True)
class PhotoSet:
    """`new`: another picture; else only what describes it was changed."""

    new: bool


@fact("directory.photo_removed", says=_("An entrance of a station has no photo any more."))
@dataclass(frozen=True)
class PhotoRemoved:
    pass


@fact(
    "directory.imported", says=_("A directory was imported: {new} new, {changed} changed, {same} the same.")
)
@dataclass(frozen=True)
class DirectoryImported:
    source: str
    new: int
    changed: int
    same: int


@fact("directory.thing_kept", says=_("A station wrote down what it has or says: {noun}."))
@dataclass(frozen=True)
class ThingKept:
    """`noun`: room, entrance, supply, difficulty or announcement; `new`, or changed."""

    noun: str
    new: bool


@fact("directory.thing_removed", says=_("A station no longer has or says this: {noun}."))
@dataclass(frozen=True)
class ThingRemoved:
    noun: str


@fact("directory.facilities_set", says=_("A station said what one can use there: {count} facilities."))
@dataclass(frozen=True)
class FacilitiesSet:
    count: int


@fact("directory.stock_changed", says=_("The stock of {supply} changed by {change}."))
@dataclass(frozen=True)
class StockChanged:
    supply: str
    change: int


@fact(
    "directory.walk_ins_entered_late",
    says=_("Walk-ins of {on}, {hour} o’clock, were written down afterwards: {count}."),
)
@dataclass(frozen=True)
class WalkInsEnteredLate:
    on: str
    hour: int
    count: int


@fact("directory.roster_changed", says=_("The roster of a station changed: {change} duties."))
@dataclass(frozen=True)
class RosterChanged:
    """More or fewer duties; who is on them stays out of the ledger."""

    change: int


@fact(
    "directory.wrong_noted", says=_("A visitor said that something on the page is wrong: {what}."), daily=True
)
@dataclass(frozen=True)
class WrongNoted:
    what: str


@fact("directory.wrong_mended", says=_("The desk mended what was wrong on its page: {what}."))
@dataclass(frozen=True)
class WrongMended:
    what: str
