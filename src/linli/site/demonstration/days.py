"""The demonstration's days: who is on duty, what is in stock, how many walked in since the first of last month."""

from collections.abc import Iterator
from datetime import date, timedelta
from zlib import crc32

from linli.directory.models import Duty, Station, Supply, WalkIn
from linli.people.models import Person
from linli.site.demonstration import data

# How many come in an hour of an ordinary day, by kind of station; the others have nobody there who counts.
PER_HOUR = {"centre": 14, "building": 8, "courier": 9, "neighbourhood": 5, "grid": 3}
# The part of that which comes at the hours when more or fewer do, in tenths.
BUSY = {7: 4, 8: 7, 11: 13, 12: 18, 13: 14, 17: 13, 19: 7, 20: 5} | dict.fromkeys(range(7), 3)
BUSY_WITH_COURIERS = {14: 20, 15: 22, 16: 18, 22: 14, 23: 13} | dict.fromkeys(range(2, 9), 4)


def keep_days(cast: dict[str, Person], stations: dict[str, Station], today: date) -> None:
    Duty.objects.bulk_create(duties(cast, stations, today))
    Supply.objects.bulk_create(supplies(stations))
    WalkIn.objects.bulk_create(walk_ins(stations, today), batch_size=2_000)


def duties(cast: dict[str, Person], stations: dict[str, Station], today: date) -> Iterator[Duty]:
    """This week and next."""
    monday = today - timedelta(days=today.weekday())
    for row in data.rows("cast", "duty"):
        for span in data.spans(row["hours"]):
            for week in (0, 7):
                yield Duty(
                    person=cast[row["by"]],
                    station=stations[row["station"]],
                    on=monday + timedelta(days=span.weekday + week),
                    starts=span.opens,
                    ends=span.closes,
                )


def chance(*what: object, below: int) -> int:
    """A number that looks drawn and is the same every time."""
    return crc32("|".join(map(str, what)).encode()) % below


def supplies(stations: dict[str, Station]) -> Iterator[Supply]:
    left = {(row["station"], row["name"]): row["stock"] for row in data.rows("supplies", "stock")}
    for row in data.stations():
        for number, item in enumerate(data.rows("supplies", "supply"), start=1):
            if item["facility"] in row["facilities"]:
                enough = item["low"] + chance(row["code"], item["name"], below=4 * item["low"])
                yield Supply(
                    code=f"{row['code']}-S{number}",
                    station=stations[row["code"]],
                    name=item["name"],
                    facility=item["facility"],
                    low=item["low"],
                    stock=left.get((row["code"], item["name"]), enough + 1),
                )


def walk_ins(stations: dict[str, Station], today: date) -> Iterator[WalkIn]:
    """Every hour in which a counting station was open and somebody came, until yesterday."""
    first = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    for row in data.stations():
        usual = PER_HOUR.get(row["kind"], 0)
        hours = open_hours(row["hours"])
        busy = BUSY_WITH_COURIERS if row["kind"] == "courier" else BUSY
        for on in (first + timedelta(days=n) for n in range((today - first).days) if usual):
            for hour in hours[on.weekday()]:
                middle = usual * busy.get(hour, 10)
                if count := middle * (6 + chance(row["code"], on, hour, below=9)) // 100:
                    yield WalkIn(station=stations[row["code"]], on=on, hour=hour, count=count)


def open_hours(lines: list[str]) -> list[list[int]]:
    """For each weekday the hours of the clock in which the door is open; those after midnight are the next day's."""
    found: list[set[int]] = [set() for _day in range(7)]
    for span in data.spans(lines):
        last = span.closes.hour + (span.closes.minute > 0)
        end = last if span.opens < span.closes else last + 24
        for hour in range(span.opens.hour, end):
            found[(span.weekday + hour // 24) % 7].add(hour % 24)
    return [sorted(hours) for hours in found]
