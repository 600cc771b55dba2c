"""What the directory holds, in the values of the sheets' columns: for taking along and for comparing. Reads only.

Any number of rows costs a few queries for each batch.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from linli.areas import tree
from linli.areas.models import UnitVersion
from linli.directory.models import Facility, OpeningRule, Organisation, Phone, Station
from linli.directory.sheets.columns import CHINESE, DAYS, ENGLISH, WORDS_OF
from linli.kit.texts import clean_line, half_width

BATCH = 500
# In the order in which every sheet lists them.
KINDS = Facility.Kind.values
Season = tuple[str, str]  # first and last day, "" where there is none
ALL_YEAR: Season = ("", "")


@dataclass
class Held:
    """One station or organisation. `values` by column key, None where nothing is held; `seasons` of a station's door."""

    row: Any
    area: tree.Standing | None
    values: dict[str, Any]
    seasons: dict[Season, dict[str, list]] = field(default_factory=dict)

    @property
    def parent_id(self) -> UUID | None:
        """The unit it stands under."""
        return self.area.unit_id if self.area else None

    @property
    def names(self) -> set[str]:
        """Every name it goes by, to be found by."""
        return {name_key(value) for key, value in self.values.items() if key.startswith("name:") and value}

    def season(self, season: Season) -> dict[str, list]:
        return self.seasons.get(season, {})


def name_key(name: str) -> str:
    """A name by which something is found again: half-width, without regard to capitals and spaces."""
    return "".join(clean_line(half_width(name), 1000).casefold().split())


def batches(things: Iterable[Any]) -> Iterator[list[Any]]:
    remaining = iter(things)
    while batch := list(islice(remaining, BATCH)):
        yield batch


def words_held(row: Any) -> dict[str, Any]:
    """Its words in its own language and in those that sheets have a column for."""
    found = {}
    for field_name in WORDS_OF[type(row)]:
        for language in {CHINESE, ENGLISH, row.language}:
            own = language == row.language
            words = getattr(row, field_name) if own else row.translations.get(language, {}).get(field_name)
            found[f"{field_name}:{language}"] = words or None
    return found


def areas_of(rows: Iterable[Any]) -> dict[UUID, tree.Standing]:
    """By the unit of each row, what it stands under. Two queries."""
    versions = UnitVersion.objects.valid().filter(unit__in=[row.unit_id for row in rows if row.unit_id])
    parents = dict(versions.order_by().values_list("unit_id", "parent_id"))
    standing = tree.standing(set(parents.values()) - {None})
    return {unit_id: standing[parent] for unit_id, parent in parents.items() if parent in standing}


def phones_of(**owners: list[Any]) -> dict[UUID, list[list[str]]]:
    """The numbers of stations or organisations, each once."""
    [(owner, rows)] = owners.items()
    found: dict[UUID, set[tuple[str, str]]] = defaultdict(set)
    columns = f"{owner}_id", "number", "extension"
    for pk, *number in Phone.objects.filter(**{f"{owner}__in": rows}).values_list(*columns):
        found[pk].add(tuple(number))
    return {pk: sorted(map(list, numbers)) for pk, numbers in found.items()}


def held_stations(stations: QuerySet[Station]) -> Iterator[Held]:
    """Stations in the order of the queryset, seven queries for each batch."""
    for pks in batches(stations.values_list("pk", flat=True)):
        rows = Station.objects.in_bulk(pks)
        areas = areas_of(rows.values())
        phones, seasons = phones_of(station=pks), seasons_of(pks)
        facilities = defaultdict(set)
        for pk, kind in Facility.objects.filter(station__in=pks).values_list("station_id", "kind"):
            facilities[pk].add(kind)
        for pk in filter(rows.__contains__, pks):
            row = rows[pk]
            values = station_values(row) | {
                "phone": phones.get(pk),
                "facilities": [kind for kind in KINDS if kind in facilities[pk]] or None,
                "hours": week_of(seasons[pk].get(ALL_YEAR, {})) or None,
            }
            yield Held(row, areas.get(row.unit_id), values, seasons[pk])


def station_values(row: Station) -> dict[str, Any]:
    return {
        "code": row.code,
        "kind": row.kind,
        "latitude": row.latitude,
        "longitude": row.longitude,
        "datum": None if row.latitude is None else row.datum,
        "follows_holidays": row.follows_holidays,
        **words_held(row),
    }


def seasons_of(pks: list[Any]) -> dict[UUID, dict[Season, dict[str, list]]]:
    """For each station its door's hours: by season and day, as the spans of `sheets.times`."""
    found: dict[UUID, dict[Season, dict[str, list]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(list))
    )
    rules = OpeningRule.objects.of_door().filter(station__in=pks).order_by("nth", "opens", "closes")
    columns = "station_id", "valid_from", "valid_until", "weekday", "nth", "opens", "closes"
    for pk, since, until, weekday, nth, opens, closes in rules.values_list(*columns):
        season = since.isoformat() if since else "", (until - timedelta(days=1)).isoformat() if until else ""
        found[pk][season][DAYS[weekday]].append([nth, f"{opens:%H:%M}", f"{closes:%H:%M}"])
    return found


def week_of(days: dict[str, list]) -> list:
    return sorted([DAYS.index(day), *span] for day, spans in days.items() for span in spans)


def held_organisations(organisations: QuerySet[Organisation]) -> Iterator[Held]:
    """Organisations in the order of the queryset, four queries for each batch."""
    for pks in batches(organisations.values_list("pk", flat=True)):
        rows = Organisation.objects.in_bulk(pks)
        areas, phones = areas_of(rows.values()), phones_of(organisation=pks)
        for pk in filter(rows.__contains__, pks):
            row = rows[pk]
            values = organisation_values(row) | {"phone": phones.get(pk)}
            yield Held(row, areas.get(row.unit_id), values)


def organisation_values(row: Organisation) -> dict[str, Any]:
    plain = {name: getattr(row, name) or None for name in ("uscc", "band", "committee", "url", "email")}
    return {
        "code": row.code,
        "kind": row.kind,
        "operating": row.operating,
        "online_only": row.online_only,
        "committee_as_of": row.committee_as_of.isoformat() if row.committee_as_of else None,
        **plain,
        **words_held(row),
    }
