"""What is behind the demonstration's doors, in bulk: entrances, facilities, rooms, how it works, what is hard."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from linli.directory.models import (
    Announcement,
    Difficulty,
    Entrance,
    Facility,
    OpeningRule,
    Room,
    Station,
)
from linli.directory.models.base import placed
from linli.site.demonstration import data

Stations = dict[str, Station]


def furnish(stations: Stations, today: date) -> None:
    """Makes everything people find behind the doors; hours of single entrances are rules that name them."""
    own = {row["code"]: row for row in data.stations()}
    rows = data.rows("entrances", "entrance")
    entrances = Entrance.objects.bulk_create(entrance(row, stations, own) for row in numbered(rows))
    OpeningRule.objects.bulk_create(
        rule
        for row, made in zip(rows, entrances, strict=True)
        for rule in rules(row.get("hours", []), station=made.station, entrance=made)
    )
    Facility.objects.bulk_create(facilities(own.values(), stations))
    Room.objects.bulk_create(rooms(stations))
    Difficulty.objects.bulk_create(
        difficulty(row, stations, today) for row in numbered(data.rows("difficulties", "difficulty"))
    )
    Announcement.objects.bulk_create(
        announcement(row, stations, today) for row in numbered(data.rows("difficulties", "announcement"))
    )


def rules(lines: Iterable[str], **of: Any) -> Iterator[OpeningRule]:
    """Unsaved rules from lines of hours; `of` names the station, and the service or the entrance they are of."""
    for span in data.spans(lines):
        yield OpeningRule(**of, **vars(span))


def numbered(rows: Iterable[data.Row]) -> Iterator[data.Row]:
    """Each with its `number` at its station, so that codes are the same in every demonstration."""
    so_far: Counter = Counter()
    for row in rows:
        so_far[row["station"]] += 1
        yield row | {"number": so_far[row["station"]]}


def words(row: data.Row, *fields: str) -> dict[str, Any]:
    """The words of a row in its language, with the English ones as their translation."""
    said = {field: row[field] for field in fields if field in row}
    return said | {"language": data.LANGUAGE, "translations": {"en": row.get("en", {})}}


def entrance(row: data.Row, stations: Stations, own: dict[str, data.Row]) -> Entrance:
    """A way in; the first one has the station's own directions and point where it names no others."""
    station = own[row["station"]]
    bike = next(each for each in data.rows("entrances", "bike") if each["key"] == row["bike"])
    english = {"bike": bike["en"]["text"]} | row["en"]
    if "directions" not in row:
        row = row | {"directions": station["directions"]}
        english["directions"] = station["en"]["directions"]
    return Entrance(
        **words(row | {"en": english}, "name", "directions"),
        **placed(*row.get("at", station["at"]), "gcj02"),
        code=f"{row['station']}-E{row['number']}",
        station=stations[row["station"]],
        steps=row.get("steps"),
        bike=bike["text"],
    )


def facilities(own: Iterable[data.Row], stations: Stations) -> Iterator[Facility]:
    known = {row["kind"]: row for row in data.rows("facilities", "facility")}
    for row in own:
        for kind in row["facilities"]:
            yield Facility(
                **words(known[kind], "note"),
                station=stations[row["code"]],
                kind=kind,
                indoors=not known[kind].get("outdoors", False),
            )


def rooms(stations: Stations) -> Iterator[Room]:
    each = (row | {"station": code} for row in data.rows("rooms", "room") for code in row["stations"])
    for row in numbered(each):
        yield Room(
            **words(row, "name", "floor", "functions", "equipment"),
            code=f"{row['station']}-R{row['number']}",
            station=stations[row["station"]],
            seats=row["seats"],
        )


def how_it_works() -> dict[str, data.Row]:
    """For the code of a station: how it works, in both languages."""
    return {code: row for row in data.rows("how_it_works", "how") for code in row["stations"]}


def difficulty(row: data.Row, stations: Stations, today: date) -> Difficulty:
    return Difficulty(
        **words(row, "what", "help_wanted"),
        code=f"{row['station']}-D{row['number']}",
        station=stations[row["station"]],
        since=today - timedelta(days=row["since_days"]),
        ended_on=today - timedelta(days=row["ended_days"]) if "ended_days" in row else None,
    )


def announcement(row: data.Row, stations: Stations, today: date) -> Announcement:
    station = stations[row["station"]]
    begins = datetime.combine(today + timedelta(days=row["begins_days"]), time(), ZoneInfo(station.time_zone))
    return Announcement(
        **words(row, "text", "reason"),
        code=f"{row['station']}-A{row['number']}",
        station=station,
        starts_at=begins,
        ends_at=begins + timedelta(days=row["days"]),
    )
