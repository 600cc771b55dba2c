"""Rows of the directory. Content has one language and optional translations; the public sees nearly all of it."""

from linli.directory.models.base import PublicQuerySet, Sourced, Translated
from linli.directory.models.buildings import Building, Landmark, Occupancy
from linli.directory.models.desk import Duty, Supply, WalkIn, WrongNote
from linli.directory.models.hours import LiveStatus, OpeningException, OpeningRule, OpenSpan
from linli.directory.models.offers import Phone, Service, ServiceAtStation
from linli.directory.models.organisations import Membership, Organisation, OrganisationCount
from linli.directory.models.reports import DeskWord, DoorReport
from linli.directory.models.rooms import Announcement, Difficulty, Entrance, Facility, Room
from linli.directory.models.sheets import SheetUpload
from linli.directory.models.stations import (
    Corridor,
    CorridorStation,
    ServedBuilding,
    Station,
    StationQuerySet,
)

__all__ = [
    "Announcement",
    "Building",
    "Corridor",
    "CorridorStation",
    "DeskWord",
    "Difficulty",
    "DoorReport",
    "Duty",
    "Entrance",
    "Facility",
    "Landmark",
    "LiveStatus",
    "Membership",
    "Occupancy",
    "OpenSpan",
    "OpeningException",
    "OpeningRule",
    "Organisation",
    "OrganisationCount",
    "Phone",
    "PublicQuerySet",
    "Room",
    "ServedBuilding",
    "Service",
    "ServiceAtStation",
    "SheetUpload",
    "Sourced",
    "Station",
    "StationQuerySet",
    "Supply",
    "Translated",
    "WalkIn",
    "WrongNote",
]
