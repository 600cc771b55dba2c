"""The directory of the demonstration, in bulk: organisations, services, stations, hours, phones."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.utils import timezone

from linli.areas.models import Unit
from linli.directory.events import StationOpened
from linli.directory.indexing import index_stations
from linli.directory.models import (
    OpeningException,
    OpeningRule,
    Organisation,
    Phone,
    Service,
    ServiceAtStation,
    Station,
)
from linli.directory.models.base import placed
from linli.directory.spans import renew_spans
from linli.kit.pinyin import sort_key
from linli.kit.refs import ref
from linli.ledger.actions import record
from linli.site.demonstration import data
from linli.site.demonstration.doors import furnish, how_it_works, rules, words
from linli.site.demonstration.networks import connect


def enter_directory(units: dict[str, Unit], today: date) -> dict[str, Station]:
    """Makes every row and puts the stations into the search; returns the stations by code."""
    organisations = by_code(
        Organisation, (organisation(row, units, today) for row in data.rows("organisations", "organisation"))
    )
    services = by_code(Service, (service(row, organisations) for row in data.rows("services", "service")))
    rows = data.stations()
    stations = by_code(Station, (station(row, units, organisations, today) for row in rows))
    Phone.objects.bulk_create(Phone(station=stations[row["code"]], number=phone(row["code"])) for row in rows)
    offers = ((stations[row["code"]], services[code]) for row in rows for code in row.get("services", []))
    ServiceAtStation.objects.bulk_create(
        ServiceAtStation(station=where, service=what) for where, what in offers
    )
    OpeningRule.objects.bulk_create(
        rule for row in rows for rule in hours(row, stations[row["code"]], services)
    )
    OpeningException.objects.bulk_create(
        exception
        for row in data.rows("moments", "exception")
        for exception in exceptions(row, stations, today)
    )
    furnish(stations, today)
    connect(units, organisations, stations, today)
    renew_spans(stations.values(), timezone.now())
    index_stations(stations.values())
    for made in stations.values():
        record(StationOpened(kind=made.kind), by=None, subject=ref(made), scope=ref(made.unit))
    return stations


def by_code(model, made: Iterable) -> dict:
    return {row.code: row for row in model.objects.bulk_create(made)}


def described(row: data.Row) -> dict:
    """What organisations, services and stations have in common."""
    return {
        **words(row, "name"),
        "code": row["code"],
        "reading": row.get("reading") or sort_key(row["name"]),
        "source": data.SOURCE,
        "source_id": row["code"],
    }


def organisation(row: data.Row, units: dict[str, Unit], today: date) -> Organisation:
    return Organisation(
        **described(row),
        description=row["description"],
        unit=units[row["code"]],
        kind=row["kind"],
        band=row.get("band", ""),
        online_only=row.get("online_only", False),
        committee=row.get("committee", ""),
        committee_as_of=today - timedelta(days=row["committee_days"]) if "committee" in row else None,
    )


def service(row: data.Row, organisations: dict[str, Organisation]) -> Service:
    optional = {name: row.get(name, "") for name in ("how", "cost")}
    return Service(
        **described(row),
        **optional,
        kind=row["kind"],
        audience=row.get("audience", "all"),
        description=row["description"],
        organisation=organisations[row["organisation"]] if "organisation" in row else None,
    )


def station(
    row: data.Row, units: dict[str, Unit], organisations: dict[str, Organisation], today: date
) -> Station:
    works = how_it_works().get(row["code"])
    english = row["en"] | ({"how_it_works": works["en"]["text"]} if works else {})
    optional = {name: row.get(name, "") for name in ("brand", "directions", "all_day_zone")}
    return Station(
        **described(row | {"en": english}),
        **optional,
        unit=units[row["code"]],
        kind=row["kind"],
        operator=organisations[row["operator"]],
        about=row["about"],
        how_it_works=works["text"] if works else "",
        address=row["address"],
        # As staff read it off the map applications they use here.
        **placed(*row["at"], "gcj02"),
        follows_holidays=row.get("follows_holidays", False),
        checked_on=today,
        checked_by=Station.Checker.DESK,
    )


def phone(code: str) -> str:
    """A number nobody has: 5550 with the station's own digits."""
    return f"021-5550-{code.removeprefix('JA-')}"


def hours(row: data.Row, where: Station, services: dict[str, Service]) -> Iterator[OpeningRule]:
    """The door's weekly hours, then those of single services."""
    yield from rules(row["hours"], station=where)
    for code, lines in row.get("service_hours", {}).items():
        yield from rules(lines, station=where, service=services[code])


def exceptions(row: data.Row, stations: dict[str, Station], today: date) -> Iterable[OpeningException]:
    where, on = stations[row["station"]], today + timedelta(days=row["in_days"])
    for opens, closes in map(data.clock_times, row["hours"]):
        yield OpeningException(station=where, on=on, opens=opens, closes=closes, reason=row["reason"])
    if not row["hours"]:
        yield OpeningException(station=where, on=on, reason=row["reason"])
