"""The lines of a sheet that is taken along: the same columns that are read, headings and words in one language."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from linli.directory.models import Organisation, Station
from linli.directory.sheets.columns import DAYS, HOURS, ORGANISATIONS, STATIONS, Sheet
from linli.directory.sheets.held import ALL_YEAR, Held, Season, held_organisations, held_stations
from linli.directory.sheets.writing import Line
from linli.kit.words import said


def headings(sheet: Sheet, language: str) -> Line:
    return [column.heading_in(language) for column in sheet.written]


def station_lines(stations: QuerySet[Station], language: str) -> Iterator[Line]:
    yield headings(STATIONS, language)
    for held in held_stations(stations):
        yield line(STATIONS, held.values | where(held, language), language)


def organisation_lines(organisations: QuerySet[Organisation], language: str) -> Iterator[Line]:
    yield headings(ORGANISATIONS, language)
    for held in held_organisations(organisations):
        yield line(ORGANISATIONS, held.values | where(held, language), language)


def hours_lines(stations: QuerySet[Station], language: str) -> Iterator[Line]:
    """A line for the usual week of each station, then one for each of its seasons."""
    yield headings(HOURS, language)
    for held in held_stations(stations):
        name = str(said(held.row, "name", language))
        first = {"code": held.row.code, "name": name, **where(held, language)}
        for season in [ALL_YEAR, *sorted(held.seasons.keys() - {ALL_YEAR})]:
            yield line(HOURS, first | days_of(held, season), language)


def days_of(held: Held, season: Season) -> dict[str, Any]:
    """The days of a season; in the usual week a day without hours is a day off, once any hours are known."""
    days = {**held.season(season), "first_day": season[0] or None, "last_day": season[1] or None}
    if season == ALL_YEAR and held.season(ALL_YEAR):
        off = DAYS[:7] + (("holiday",) if held.row.follows_holidays else ())
        days = {day: [] for day in off} | days
    return days


def where(held: Held, language: str) -> dict[str, Any]:
    """The area it stands in."""
    if held.area is None:
        return {}
    return {"area_code": held.area.code, "area": str(said(held.area, "name", language))}


def line(sheet: Sheet, values: dict[str, Any], language: str) -> Line:
    return [
        None if values.get(column.key) is None else column.reader.write(values[column.key], language)
        for column in sheet.written
    ]
