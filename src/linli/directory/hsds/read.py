"""Reads a whole package: rows into records that refer to each other, and remarks on what could not be understood."""

from collections.abc import Callable, Iterator
from typing import TypeVar
from zoneinfo import available_timezones

from linli.directory.hsds import cells
from linli.directory.hsds.files import FILES, Package, Row
from linli.directory.hsds.hours import Setting
from linli.directory.hsds.phones import read_phones
from linli.directory.hsds.records import Directory, Organisation, Place, Service
from linli.directory.hsds.schedules import read_schedules

NAME, LONG_NAME, ADDRESS, SHORT_TEXT = 200, 300, 300, 500
STREET = ("attention", "address_1", "address_2", "address_3", "address_4", "city", "region")
Record = TypeVar("Record", Organisation, Place, Service)
# Called with the name of a table's file, how many of its rows were read, and whether that was all.
Progress = Callable[[str, int, bool], None]
ROWS_A_STEP = 5_000


def read_directory(package: Package, setting: Setting, progress: Progress = lambda *step: None) -> Directory:
    """Everything the package says. Raises files.Unreadable where a file cannot be read at all."""
    directory = Directory()
    countries: set[str] = set()
    addresses: dict[str, Row] = {}
    offers: dict[str, tuple[str, str]] = {}
    steps: dict[str, Callable[[Iterator[Row]], None]] = {
        "organizations": lambda rows: read_organisations(directory, rows),
        "addresses": lambda rows: read_addresses(directory, rows, addresses, countries),
        "locations": lambda rows: read_places(directory, rows, addresses),
        "services": lambda rows: read_services(directory, rows),
        "offers": lambda rows: read_offers(directory, rows, offers),
        "schedules": lambda rows: read_schedules(directory, rows, offers, setting),
        "phones": lambda rows: read_phones(directory, rows, offers, countries),
    }
    for table, read in steps.items():
        read(sound_rows(directory, package, table, progress))
    order = list(dict.fromkeys(remark.file for remark in directory.remarks))
    directory.remarks.sort(key=lambda remark: (order.index(remark.file), remark.row))
    return directory


def sound_rows(directory: Directory, package: Package, table: str, progress: Progress) -> Iterator[Row]:
    """Passes on the rows whose cells stand under the right columns, and tells how far it has come."""
    name = ", ".join(package.files(table)) or FILES[table][0]
    count = 0
    for count, row in enumerate(package.rows(table), start=1):
        if count % ROWS_A_STEP == 0:
            progress(name, count, False)
        if row.surplus > 0:
            directory.note("cells_too_many", row)
            continue
        if row.surplus < 0:
            directory.note("cells_missing", row)
        yield row
    progress(name, count, True)


def time_zones(package: Package) -> set[str]:
    """The time zones that the package names itself, as names of the time zone database."""
    return {row["timezone"] for row in package.rows("schedules")} & available_timezones()


def is_new(directory: Directory, row: Row, known: dict[str, Record]) -> bool:
    """Can this row be found again, and is it the first of its id?"""
    if not row["id"]:
        directory.note("id_missing", row)
    elif row["id"] in known:
        directory.note("id_repeated", row, "id")
    else:
        return True
    return False


def read_organisations(directory: Directory, rows: Iterator[Row]) -> None:
    for row in rows:
        name = cells.line(directory, row, "name", NAME)
        if not name:
            directory.note("name_missing", row)
        elif is_new(directory, row, directory.organisations):
            directory.organisations[row["id"]] = Organisation(
                row["id"],
                name,
                cells.prose(directory, row, "description"),
                cells.url(directory, row, "url", "website"),
                cells.email(directory, row),
                cells.line(directory, row, "alternate_name", NAME),
            )


def read_places(directory: Directory, rows: Iterator[Row], addresses: dict[str, Row]) -> None:
    """Places with the addresses that belong to them, which are taken out of `addresses`."""
    for row in rows:
        if row["location_type"].lower() in ("virtual", "postal"):
            directory.note("not_a_place", row, "location_type")
        elif is_new(directory, row, directory.places):
            address = addresses.pop(row["id"], None)
            if name := place_name(directory, row, address):
                directory.places[row["id"]] = read_place(directory, row, name, address)
            else:
                directory.note("name_missing", row)
    for row in addresses.values():
        directory.note("belongs_to_unknown", row, "location_id")


def place_name(directory: Directory, row: Row, address: Row | None) -> str:
    """A place without a name of its own is called by its street and number."""
    own = (cells.line(directory, row, column, NAME) for column in ("name", "alternate_name"))
    return next(filter(None, own), "") or (
        cells.line(directory, address, "address_1", NAME) if address else ""
    )


def read_place(directory: Directory, row: Row, name: str, address: Row | None) -> Place:
    latitude, longitude = cells.coordinates(directory, row)
    return Place(
        row["id"],
        name,
        cells.prose(directory, row, "description"),
        known_organisation(directory, row),
        latitude,
        longitude,
        one_line(directory, address) if address else "",
        cells.line(directory, row, "transportation", ADDRESS),
    )


def known_organisation(directory: Directory, row: Row) -> str:
    """The first organisation of the row that the package has."""
    named = cells.ids(row, "organization_id")
    for unknown in (each for each in named if each not in directory.organisations):
        directory.note("unknown_id", row, "organization_id", unknown)
    known = [each for each in named if each in directory.organisations]
    if len(known) > 1:
        directory.note("several_organisations", row, "organization_id")
    return known[0] if known else ""


def read_addresses(
    directory: Directory, rows: Iterator[Row], addresses: dict[str, Row], countries: set[str]
) -> None:
    """The row of each place's street address; the countries named tell how to read telephone numbers."""
    for row in rows:
        countries.add(row["country"].upper())
        if not row["location_id"]:
            directory.note("belongs_to_nothing", row)
        elif row["address_type"].lower() in ("postal", "virtual"):
            directory.note("not_a_street_address", row, "address_type")
        elif row["location_id"] in addresses:
            directory.note("second_address", row, "address_1")
        else:
            addresses[row["location_id"]] = row


def one_line(directory: Directory, row: Row) -> str:
    """Street, city, state and postal code, as printed on a letter, without the country."""
    parts = [cells.line(directory, row, column, ADDRESS) for column in STREET]
    state = f"{row['state_province']} {row['postal_code']}".strip()
    line = ", ".join(part for part in (*parts, state) if part)
    return cells.cut(directory, row, "address_1", line, ADDRESS)


def read_services(directory: Directory, rows: Iterator[Row]) -> None:
    for row in rows:
        name = cells.line(directory, row, "name", LONG_NAME)
        if not name:
            directory.note("name_missing", row)
        elif is_new(directory, row, directory.services):
            directory.services[row["id"]] = Service(
                row["id"],
                name,
                known_organisation(directory, row),
                cells.prose(directory, row, "description"),
                cells.prose(directory, row, "application_process"),
                cells.line(
                    directory, row, "fees_description" if row["fees_description"] else "fees", SHORT_TEXT
                ),
                cells.url(directory, row, "url"),
                cells.email(directory, row),
                is_active(directory, row),
            )


def is_active(directory: Directory, row: Row) -> bool:
    """Is the service given at present? Where nothing is said, it is."""
    status = row["status"].lower()
    if status not in ("", "active", "inactive", "defunct", "temporarily closed"):
        directory.note("status_unread", row, "status")
    return status in ("", "active")


def read_offers(directory: Directory, rows: Iterator[Row], offers: dict[str, tuple[str, str]]) -> None:
    """Which service is given at which place; `offers` keeps the pairs under the ids of their rows."""
    for row in rows:
        pair = (row["service_id"], row["location_id"])
        if not all(pair):
            directory.note("belongs_to_nothing", row)
            continue
        for column, known in (("service_id", directory.services), ("location_id", directory.places)):
            if row[column] not in known:
                directory.note("belongs_to_unknown", row, column)
        if pair[0] in directory.services and pair[1] in directory.places:
            directory.offers.add(pair)
            offers[row["id"]] = pair
