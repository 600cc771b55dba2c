"""Reads the demonstration's files. No database, no clock."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import time
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
LANGUAGE = "zh-hans"
# Said of every row, so that nobody takes it for a real place.
SOURCE = "demonstration"
DAYS = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
DAY = re.compile(r"(?P<first>[A-Z][a-z])(?:-(?P<last>[A-Z][a-z])|#(?P<nth>-?\d))?")
Row = dict[str, Any]


@dataclass(frozen=True)
class Span:
    """Opening hours that come back: `weekday` 0 is Monday, `nth` 0 every week, -1 the last of the month."""

    weekday: int
    nth: int
    opens: time
    closes: time


def rows(file: str, kind: str) -> list[Row]:
    """The tables `[[kind]]` of one file, in its order."""
    return contents(file).get(kind, [])


@cache
def contents(file: str) -> dict[str, list[Row]]:
    return tomllib.loads((FOLDER / f"{file}.toml").read_text(encoding="utf-8"))


def station_files() -> list[str]:
    return sorted(f"stations/{path.stem}" for path in (FOLDER / "stations").glob("*.toml"))


def units() -> list[Row]:
    """Every area, parents first."""
    return [*rows("network", "unit"), *(unit for file in station_files() for unit in rows(file, "unit"))]


def stations() -> list[Row]:
    return [station for file in station_files() for station in rows(file, "station")]


def spans(lines: Iterable[str]) -> Iterator[Span]:
    """Reads "Mo-Fr 09:00-12:00,13:30-18:00", "We#1 14:00-16:00" (the first Wednesday of the month), "Mo-Su 10:00-02:00"."""
    for line in lines:
        days, times = line.split()
        for weekday, nth in weekdays(days):
            for opens, closes in map(clock_times, times.split(",")):
                yield Span(weekday, nth, opens, closes)


def weekdays(text: str) -> Iterator[tuple[int, int]]:
    for part in text.split(","):
        found = DAY.fullmatch(part)
        if found is None:
            raise ValueError(f"not a day: {part}")
        first = DAYS.index(found["first"])
        for weekday in range(first, DAYS.index(found["last"] or found["first"]) + 1):
            yield weekday, int(found["nth"] or 0)


def clock_times(text: str) -> tuple[time, time]:
    """Opening and closing; 24:00 is the next day's 00:00."""
    opens, closes = text.replace("24:00", "00:00").split("-")
    return time.fromisoformat(opens), time.fromisoformat(closes)
