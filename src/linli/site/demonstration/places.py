"""The directory of the demonstration, in bulk: organisations, services, stations, hours, phones."""

from collections.abc import Iterable
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

# Said of every row, so that nobody takes it for a real place.
SOURCE = "demonstration"


def enter_directory(units: dict[str, Unit], today: date) -> dict[str, Station]:
    """Makes every row and puts the stations into the search; returns the stations by code."""
    organisations = by_code(
        Organisation, (organisation(row, units) for row in data.rows("organisations", "organisation"))
    )
    services = by_code(Service, (service(row, organisations) for row in data.rows("services", "service")))
    rows = data.stations()
    stations = by_code(Station, (station(row, units, organisations, today) for row in rows))
    Phone.objects.bulk_create(Phone(station=stations[row["code"]], number=phone(row["code"])) for row in rows)
    offers = ((stations[row["code"]], services[code]) for row in rows for code in row["services"])
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
        "code": row["code"],
        "name": row["name"],
        "reading": row.get("reading") or sort_key(row["name"]),
        "language": data.LANGUAGE,
        "translations": {"en": row["en"]},
        "source": SOURCE,
        "source_id": row["code"],
    }


def organisation(row: data.Row, units: dict[str, Unit]) -> Organisation:
    return Organisation(**described(row), description=row["description"], unit=units[row["code"]])


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
    latitude, longitude = row["at"]
    optional = {name: row.get(name, "") for name in ("brand", "directions")}
    return Station(
        **described(row),
        **optional,
        unit=units[row["code"]],
        kind=row["kind"],
        operator=organisations[row["operator"]],
        about=row["about"],
        address=row["address"],
        # As staff read it off the map applications they use here.
        **placed(latitude, longitude, "gcj02"),
        checked_on=today,
        checked_by=Station.Checker.DESK,
    )


def phone(code: str) -> str:
    """A number nobody has: 5550 with the station's own digits."""
    return f"021-5550-{code.removeprefix('JA-')}"


def hours(row: data.Row, where: Station, services: dict[str, Service]) -> Iterable[OpeningRule]:
    """The door's weekly hours, then those of single services."""
    for code, lines in [(None, row["hours"]), *row.get("service_hours", {}).items()]:
        what = services[code] if code else None
        for span in data.spans(lines):
            yield OpeningRule(
                station=where,
                service=what,
                weekday=span.weekday,
                nth=span.nth,
                opens=span.opens,
                closes=span.closes,
            )


def exceptions(row: data.Row, stations: dict[str, Station], today: date) -> Iterable[OpeningException]:
    where, on = stations[row["station"]], today + timedelta(days=row["in_days"])
    for opens, closes in map(data.clock_times, row["hours"]):
        yield OpeningException(station=where, on=on, opens=opens, closes=closes, reason=row["reason"])
    if not row["hours"]:
        yield OpeningException(station=where, on=on, reason=row["reason"])
