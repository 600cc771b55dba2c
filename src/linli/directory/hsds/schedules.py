"""Joins the hours that were read to the places and services they are for."""

import re
from collections.abc import Iterator, Mapping

from linli.directory.hsds import cells
from linli.directory.hsds.days import WEEKDAYS
from linli.directory.hsds.files import Row
from linli.directory.hsds.hours import Hours, Setting, read_hours
from linli.directory.hsds.records import Directory, Rule

# (place, service); the service is empty where the hours are those of the door.
Target = tuple[str, str]
ID_COLUMNS = ("service_at_location_id", "service_id", "location_id")
NOTE = 200


def name_words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold().replace("\u2019", "'").replace("'", "")))


# Words of a schedule's name that say nothing about where it holds.
OF_TIME = {
    *WEEKDAYS,
    *name_words(
        "24 hour hours daily weekday weekdays weekend weekends morning mornings afternoon afternoons"
    ),
    *name_words(
        "evening evenings night nights main business office regular opening the a of at in for to and s"
    ),
}


def read_schedules(
    directory: Directory, rows: Iterator[Row], offers: Mapping[str, tuple[str, str]], setting: Setting
) -> None:
    """Each row becomes rules, or words, or a remark why neither. `offers` are the pairs under their rows' ids."""
    places_of = places_by_service(directory)
    for row in rows:
        hours = read_hours(row.cells, setting)
        if hours.words:
            keep(directory, row, hours, find_targets(directory, row, offers, places_of))
        else:
            directory.note(hours.reason, row, hours.column)


def places_by_service(directory: Directory) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for service, place in sorted(directory.offers):
        found.setdefault(service, []).append(place)
    return found


def keep(directory: Directory, row: Row, hours: Hours, targets: list[Target]) -> None:
    """Rules for the targets that the row's hours were read for, words for the others."""
    fitting = [] if hours.reason else [target for target in targets if fits(directory, row, target)]
    if targets and hours.reason:
        directory.note(hours.reason, row, hours.column)
    elif len(fitting) < len(targets):
        directory.note("names_another_place", row, "name")
    for habit in sorted(hours.habits) if fitting else []:
        directory.note(habit, row)
    note = cells.cut(directory, row, "description", hours.note, NOTE)
    directory.rules.update(Rule(*target, span, note) for target in fitting for span in hours.spans)
    for target in targets:
        keep_offer(directory, row, target)
        if target not in fitting:
            directory.words.setdefault(target, []).append(hours.words)


def keep_offer(directory: Directory, row: Row, target: Target) -> None:
    place, service = target
    if service and (service, place) not in directory.offers:
        directory.note("offer_from_schedule", row, "location_id", place)
        directory.offers.add((service, place))


def find_targets(
    directory: Directory, row: Row, offers: Mapping[str, tuple[str, str]], places_of: Mapping[str, list[str]]
) -> list[Target]:
    """Where the row's hours hold. What the row names in vain is noted."""
    joined, services, places = (cells.ids(row, column) for column in ID_COLUMNS)
    if not (joined or services or places):
        directory.note("belongs_to_nothing", row)
        return []
    pairs = [offers[each] for each in joined if each in offers]
    doors = [
        each
        for each in services
        if not places and each not in directory.services and each in directory.places
    ]
    known_places = [each for each in places if each in directory.places]
    if not pairs and services and places:
        pairs = [(service, place) for service in known(directory, services) for place in known_places]
    elif not pairs and services:
        pairs = [
            (service, place) for service in known(directory, services) for place in places_of.get(service, [])
        ]
        homeless = {each for each in known(directory, services) if each not in places_of}
        note_each(directory, row, "no_known_place", homeless)
    elif not pairs:
        doors = known_places
    targets = [(place, service) for service, place in pairs if directory.services[service].active]
    targets += [(door, "") for door in doors]
    note_ids(directory, row, targets, offers, doors)
    return targets


def known(directory: Directory, services: list[str]) -> list[str]:
    return [each for each in services if each in directory.services]


def note_ids(
    directory: Directory,
    row: Row,
    targets: list[Target],
    offers: Mapping[str, tuple[str, str]],
    doors: list[str],
) -> None:
    """Ids that no row has, ids in the wrong column, services not given now, several ids in a cell."""
    tables = (offers, directory.services, directory.places)
    for column, table in zip(ID_COLUMNS, tables, strict=True):
        named = cells.ids(row, column)
        unknown = {
            each for each in named if each not in table and not (column == "service_id" and each in doors)
        }
        note_each(directory, row, "unknown_id" if targets else "belongs_to_unknown", unknown, column)
        if targets and len(named) > 1:
            directory.note("several_ids", row, column)
    services = cells.ids(row, "service_id")
    idle = {each for each in known(directory, services) if not directory.services[each].active}
    note_each(directory, row, "service_inactive", idle)
    note_each(directory, row, "place_in_service_column", set(services) & set(doors))


def note_each(directory: Directory, row: Row, kind: str, found: set[str], column: str = "service_id") -> None:
    for each in sorted(found):
        directory.note(kind, row, column, each)


def fits(directory: Directory, row: Row, target: Target) -> bool:
    """Does the row hold here? A row that names places by id does, and one that has no name.

    A row for a service alone would hold wherever the service is given. Yet its name often says where: under one
    service "Food Pantry", given at one place, stand the hours of a dozen other churches. So each word of the name must
    be found in the name of the place, of its organisation or of the service, or be a word of time.
    """
    if row["location_id"] or row["service_at_location_id"] or not target[1]:
        return True
    place, service = directory.places[target[0]], directory.services[target[1]]
    runners = (directory.organisations.get(each.organisation) for each in (place, service))
    names = [place.name, service.name, *(f"{each.name} {each.other_name}" for each in runners if each)]
    return name_words(row["name"]) - OF_TIME <= name_words(" ".join(names))
