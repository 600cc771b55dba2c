"""Who works where and belongs to what in the demonstration: buildings, occupancies, memberships, counts, corridors."""

from collections.abc import Iterator
from datetime import date, timedelta

from linli.areas.models import Unit
from linli.directory.indexing import index_named
from linli.directory.models import (
    Building,
    Corridor,
    CorridorStation,
    Landmark,
    Membership,
    Occupancy,
    Organisation,
    OrganisationCount,
    ServedBuilding,
    Station,
)
from linli.directory.models.base import placed
from linli.kit.pinyin import sort_key
from linli.site.demonstration import data
from linli.site.demonstration.doors import words

Organisations = dict[str, Organisation]
Stations = dict[str, Station]


def connect(units: dict[str, Unit], organisations: Organisations, stations: Stations, today: date) -> None:
    rows = data.rows("buildings", "building")
    made = Building.objects.bulk_create(building(row, units, organisations) for row in rows)
    buildings = {each.code: each for each in made}
    ServedBuilding.objects.bulk_create(served(rows, buildings, stations))
    members = data.rows("organisations", "organisation")
    Occupancy.objects.bulk_create(occupancies(members, organisations, buildings, today))
    Membership.objects.bulk_create(memberships(members, organisations, units, today))
    OrganisationCount.objects.bulk_create(counts(members, organisations, today))
    walks = data.rows("corridors", "corridor")
    corridors = Corridor.objects.bulk_create(corridor(row, stations) for row in walks)
    CorridorStation.objects.bulk_create(
        CorridorStation(corridor=walk, station=stations[code], position=position)
        for row, walk in zip(walks, corridors, strict=True)
        for position, code in enumerate(row["stations"], start=1)
    )

    marks = Landmark.objects.bulk_create(landmark(row, units) for row in data.rows("landmarks", "landmark"))
    index_named(*organisations.values(), *made, *corridors, *marks)


def building(row: data.Row, units: dict[str, Unit], organisations: Organisations) -> Building:
    return Building(
        **words(row, "name", "address"),
        **placed(*row["at"], "gcj02"),
        code=row["code"],
        source=data.SOURCE,
        source_id=row["code"],
        reading=sort_key(row["name"]),
        aliases=row.get("aliases", []),
        floors=row["floors"],
        unit=units[row["area"]] if "area" in row else None,
        property_company=organisations[row["property"]] if "property" in row else None,
    )


def served(
    rows: list[data.Row], buildings: dict[str, Building], stations: Stations
) -> Iterator[ServedBuilding]:
    for row in rows:
        building = buildings[row["code"]]
        if "responsible" in row:
            yield ServedBuilding(building=building, station=stations[row["responsible"]], responsible=True)
        for code in row.get("stations", []):
            yield ServedBuilding(building=building, station=stations[code])


def ago(today: date, days: int | None) -> date | None:
    return None if days is None else today - timedelta(days=days)


def occupancies(
    rows: list[data.Row], organisations: Organisations, buildings: dict[str, Building], today: date
) -> Iterator[Occupancy]:
    for row in rows:
        for place in row.get("works_in", []):
            yield Occupancy(
                organisation=organisations[row["code"]],
                building=buildings[place["building"]],
                floor=place["floor"],
                since=ago(today, place["since_days"]),
            )


def memberships(
    rows: list[data.Row], organisations: Organisations, units: dict[str, Unit], today: date
) -> Iterator[Membership]:
    for row in rows:
        for term in row.get("member_of", []):
            yield Membership(
                organisation=organisations[row["code"]],
                unit=units[term["unit"]],
                since=ago(today, term["since_days"]),
                until=ago(today, term.get("until_days")),
            )


def counts(rows: list[data.Row], organisations: Organisations, today: date) -> Iterator[OrganisationCount]:
    for row in rows:
        for count in row.get("counts", []):
            yield OrganisationCount(
                organisation=organisations[row["code"]],
                what=count["what"],
                number=count["number"],
                as_of=ago(today, count["days"]),
            )


def corridor(row: data.Row, stations: Stations) -> Corridor:
    return Corridor(
        **words(row, "name", "about"),
        code=row["code"],
        reading=sort_key(row["name"]),
        lead=stations[row["lead"]],
    )


def landmark(row: data.Row, units: dict[str, Unit]) -> Landmark:
    return Landmark(
        **words(row, "name"),
        **placed(*row["at"], "gcj02"),
        code=row["code"],
        source=data.SOURCE,
        source_id=row["code"],
        reading=sort_key(row["name"]),
        kind=row["kind"],
        unit=units[row["area"]],
    )
