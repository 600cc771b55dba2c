"""Telephone numbers of places, organisations and services. Numbers of contact persons are not the directory's."""

import re
from collections.abc import Iterator, Mapping

import phonenumbers

from linli.directory.hsds import cells
from linli.directory.hsds.files import Row
from linli.directory.hsds.records import Directory, Phone

KINDS = {"", "voice", "fax", "text", "textphone", "tty", "cell", "video", "pager"}
SHAPE = re.compile(r"\+?[\d\s().\u2010-\u2015/-]+")
DIGITS = range(3, 16)
OWNERS = ("location_id", "service_id", "organization_id", "service_at_location_id")


def read_phones(
    directory: Directory, rows: Iterator[Row], offers: Mapping[str, tuple[str, str]], countries: set[str]
) -> None:
    """A number is kept once for each thing its row names."""
    region = "".join(countries & phonenumbers.SUPPORTED_REGIONS) if len(countries) == 1 else ""
    for row in rows:
        if row["contact_id"]:
            directory.note("phone_of_a_person", row, "contact_id")
        elif not any(row[column] for column in OWNERS):
            directory.note("belongs_to_nothing", row)
        elif number := read_number(row["number"], region):
            keep(directory, row, number, offers)
        else:
            directory.note("phone_unread", row, "number")


def keep(
    directory: Directory, row: Row, number: tuple[str, str], offers: Mapping[str, tuple[str, str]]
) -> None:
    owners, unknown = find_owners(directory, row, offers)
    for column, each in unknown:
        directory.note("unknown_id" if owners else "belongs_to_unknown", row, column, each)
    if not owners:
        return
    if any(len(cells.ids(row, column)) > 1 for column in OWNERS):
        directory.note("several_ids", row)
    kind = row["type"].lower()
    if kind not in KINDS:
        directory.note("phone_kind_unread", row, "type")
        kind = ""
    about = cells.line(directory, row, "description" if row["description"] else "department", 200)
    extension = cells.line(directory, row, "extension", 20) or number[1]
    directory.phones.update(Phone(of, owner, number[0], extension, kind, about) for of, owner in owners)


def find_owners(
    directory: Directory, row: Row, offers: Mapping[str, tuple[str, str]]
) -> tuple[set[tuple[str, str]], list[tuple[str, str]]]:
    """(what, id) of everything the row names and the package has; (column, id) of what it does not have."""
    tables: dict[str, tuple[str, Mapping[str, object]]] = {
        "location_id": ("place", directory.places),
        "service_id": ("service", directory.services),
        "organization_id": ("organisation", directory.organisations),
    }
    owners, unknown = set(), []
    for column, (of, table) in tables.items():
        for each in cells.ids(row, column):
            if each in table:
                owners.add((of, each))
            else:
                unknown.append((column, each))
    for each in cells.ids(row, "service_at_location_id"):
        if each in offers:
            owners |= {("service", offers[each][0]), ("place", offers[each][1])}
        else:
            unknown.append(("service_at_location_id", each))
    return owners, unknown


def read_number(text: str, region: str) -> tuple[str, str] | None:
    """The number in international form, and an extension written behind it; None for what no telephone has.

    Short numbers such as 311, and all numbers where the country is not known, stand as they were written.
    """
    plain = " ".join(text.split())
    try:
        number = phonenumbers.parse(plain, region or None)
    except phonenumbers.NumberParseException:
        return None if region else as_written(plain)
    if phonenumbers.is_valid_number(number):
        extension, number.extension = number.extension or "", None
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL), extension
    if region and not phonenumbers.is_possible_short_number_for_region(number, region):
        return None
    return as_written(plain)


def as_written(plain: str) -> tuple[str, str] | None:
    digits = len(re.sub(r"\D", "", plain))
    return (plain, "") if SHAPE.fullmatch(plain) and digits in DIGITS else None
