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


@fact("directory.exception_set", says=_("A station keeps other hours on {on}, or none: {hours}."))
@dataclass(frozen=True)
class ExceptionSet:
    """`hours` as "09:00-12:00 13:30-16:00", empty where it is closed all day; the reason stays out of the ledger."""

    on: str
    hours: str


@fact("directory.exception_taken_back", says=_("A station keeps its usual hours on {on} after all."))
@dataclass(frozen=True)
class ExceptionTakenBack:
    on: str


@fact(
    "directory.desk_handed_over",
    says=_(
        "What somebody held at a station passed on: {roles} roles, {duties} duties, {doubled} doubled ones."
    ),
)
@dataclass(frozen=True)
class DeskHandedOver:
    """`doubled`: duties taken off, for who took over was on duty then anyway. Nobody's name stands here."""

    roles: int
    duties: int
    doubled: int


@fact("directory.entry_checked", says=_("A station's desk found its entry right."))
@dataclass(frozen=True)
class EntryChecked:
    pass


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


@fact("directory.organisation_entered", says=_("An organisation was entered in the directory."))
@dataclass(frozen=True)
class OrganisationEntered:
    kind: str


@fact("directory.organisation_changed", says=_("What is said of an organisation was changed."))
@dataclass(frozen=True)
class OrganisationChanged:
    pass


@fact(
    "directory.committee_said",
    says=_("Whether an organisation has a group was said ({committee}), as of {as_of}."),
)
@dataclass(frozen=True)
class CommitteeSaid:
    """`committee`: "own", "joint", "none", or empty for not known any more, and then `as_of` is empty too."""

    committee: str
    as_of: str


@fact("directory.count_given", says=_("An organisation gave a number of itself ({what}), as of {as_of}."))
@dataclass(frozen=True)
class CountGiven:
    """The number itself stays out of the ledger: small numbers are for few to see."""

    what: str
    as_of: str


@fact("directory.network_joined", says=_("An organisation belongs to the network of {unit} from {since}."))
@dataclass(frozen=True)
class NetworkJoined:
    """`unit`: the code of the unit; days in ISO 8601."""

    unit: str
    since: str


@fact("directory.network_left", says=_("An organisation belongs to the network of {unit} until {until}."))
@dataclass(frozen=True)
class NetworkLeft:
    unit: str
    until: str


@fact("directory.moved_in", says=_("An organisation works in the building {building} from {since}."))
@dataclass(frozen=True)
class MovedIn:
    """`building`: its code; days in ISO 8601."""

    building: str
    since: str


@fact("directory.moved_out", says=_("An organisation works in the building {building} until {until}."))
@dataclass(frozen=True)
class MovedOut:
    building: str
    until: str


@fact("directory.building_entered", says=_("A building was entered in the directory."))
@dataclass(frozen=True)
class BuildingEntered:
    pass


@fact("directory.building_changed", says=_("What is said of a building was changed."))
@dataclass(frozen=True)
class BuildingChanged:
    pass


@fact(
    "directory.building_served", says=_("{stations} stations serve a building; responsible: {responsible}.")
)
@dataclass(frozen=True)
class BuildingServed:
    """`responsible`: the code of the station, empty for none."""

    stations: int
    responsible: str


@fact("directory.corridor_entered", says=_("A corridor of {stations} stations was entered in the directory."))
@dataclass(frozen=True)
class CorridorEntered:
    stations: int


@fact("directory.corridor_changed", says=_("A corridor was changed; it has {stations} stations."))
@dataclass(frozen=True)
class CorridorChanged:
    stations: int


@fact("directory.landmark_entered", says=_("A landmark was entered in the directory."))
@dataclass(frozen=True)
class LandmarkEntered:
    kind: str


@fact("directory.landmark_changed", says=_("What is said of a landmark was changed."))
@dataclass(frozen=True)
class LandmarkChanged:
    pass


@fact("directory.landmark_removed", says=_("A landmark was taken out of the directory."))
@dataclass(frozen=True)
class LandmarkRemoved:
    pass


@fact(
    "directory.sheet_brought_in",
    says=_(
        "A sheet was brought in ({kind}): {new} new, {changed} changed, {same} the same, {left} left out."
    ),
)
@dataclass(frozen=True)
class SheetBroughtIn:
    """`kind`: stations, organisations or hours; `left`: rows that were not understood and were given back."""

    kind: str
    new: int
    changed: int
    same: int
    left: int
