"""Reading a holiday file: columns year, status, source, on, kind, name; one row for each day that breaks the week."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from linli.areas.models import DayOff, HolidayYear
from linli.kit.rules import Problem
from linli.kit.texts import clean_line

COLUMNS = ["year", "status", "source", "on", "kind", "name"]


@dataclass(frozen=True)
class Day:
    on: date
    kind: str
    name: str


@dataclass(frozen=True)
class Year:
    """The days of one year, as one source publishes or assumes them."""

    year: int
    status: str
    source: str
    days: tuple[Day, ...]


def read_holidays(lines: Iterable[str]) -> Year:
    """The year in a file. Problem with the line's number for anything that cannot be understood: nothing is guessed."""
    rows = csv.DictReader(lines)
    if rows.fieldnames is None or [name.strip() for name in rows.fieldnames] != COLUMNS:
        raise Problem(_("The first line should be: %(columns)s") % {"columns": ",".join(COLUMNS)})
    read = [read_row(number, row) for number, row in enumerate(rows, start=2)]
    heads = {head for head, _day in read}
    if len(heads) != 1:
        raise Problem(_("A file holds one year, one status and one source."))
    [(year, status, source)] = heads
    days = [day for _head, day in read]
    if len({day.on for day in days}) < len(days):
        raise Problem(_("A day stands in the file twice."))
    return Year(year, status, source, tuple(days))


def read_row(number: int, row: dict) -> tuple[tuple[int, str, str], Day]:
    try:
        year, on = int(row["year"]), date.fromisoformat(row["on"].strip())
        status, kind = HolidayYear.Status(row["status"].strip()), DayOff.Kind(row["kind"].strip())
        source, name = clean_line(row["source"], 500), clean_line(row["name"], 60)
        if on.year != year or not source or not name or None in row:
            raise ValueError(number)
    except (ValueError, TypeError, AttributeError, Problem):
        raise Problem(_("Line %(number)d cannot be understood.") % {"number": number}) from None
    return (year, status.value, source), Day(on, kind.value, name)
