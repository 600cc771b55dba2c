"""What was read, as plain records that name each other by the ids of the source."""

from dataclasses import dataclass, field

from linli.directory.hsds.files import Row
from linli.directory.hsds.hours import Span
from linli.directory.hsds.remarks import Remark

# A report is read by people: the beginning of a runaway cell is enough to find it.
LONGEST_FOUND = 1000


@dataclass(frozen=True, slots=True)
class Organisation:
    source_id: str
    name: str
    description: str = ""
    url: str = ""
    email: str = ""
    other_name: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Coordinates are WGS-84, as the standard has them; `address` one line."""

    source_id: str
    name: str
    about: str = ""
    organisation: str = ""
    latitude: float | None = None
    longitude: float | None = None
    address: str = ""
    directions: str = ""


@dataclass(frozen=True, slots=True)
class Service:
    source_id: str
    name: str
    organisation: str = ""
    description: str = ""
    how: str = ""
    cost: str = ""
    url: str = ""
    email: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True, order=True)
class Rule:
    """A span at a place: of one service there, or of the door itself when `service` is empty."""

    place: str
    service: str
    span: Span
    note: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Phone:
    """A number of one thing: `of` is "place", "organisation" or "service", `owner` its id."""

    of: str
    owner: str
    number: str
    extension: str = ""
    kind: str = ""
    about: str = ""


@dataclass
class Directory:
    """All that a package says and that could be read, each kind by source id, and remarks on the rest.

    `offers` are pairs (service, place); `words` the source's own words for hours that could not be read, each list
    in the order of the rows, under (place, service) or (place, "") for the door.
    """

    organisations: dict[str, Organisation] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    services: dict[str, Service] = field(default_factory=dict)
    offers: set[tuple[str, str]] = field(default_factory=set)
    rules: set[Rule] = field(default_factory=set)
    phones: set[Phone] = field(default_factory=set)
    words: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)

    def note(self, kind: str, row: Row, column: str = "", found: str | None = None) -> None:
        """Remembers what came up in a row; `found` is what stood in the column unless something else is named."""
        stood = row[column] if found is None else found
        self.remarks.append(Remark(kind, row.file, row.number, row["id"], column, stood[:LONGEST_FOUND]))
