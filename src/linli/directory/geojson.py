"""Stations and areas as GeoJSON (RFC 7946): always in WGS-84, whatever datum a point was entered in.

A city has thousands of stations: the text is put together here row by row, which takes half the time of building first
what it says.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import timezone

from linli.areas import tree
from linli.directory.doors import Door
from linli.directory.hours import Opening
from linli.directory.listing import KIND_NOUNS
from linli.directory.models import StationQuerySet
from linli.directory.wording import worded
from linli.kit.coordinates import Point
from linli.kit.nouns import noun
from linli.kit.words import said

TYPE = "application/geo+json"
# The sixth decimal of a degree is a tenth of a metre.
DECIMALS = 6
quoted = json.JSONEncoder(ensure_ascii=False).encode


def collection(features: Iterable[str], points: Collection[Point], at: datetime) -> str:
    """Features as text, in the box of their points, as of a moment (a member of ours, which RFC 7946 allows)."""
    inside = ",\n".join(features)
    when = quoted(timezone.localtime(at).isoformat(timespec="seconds"))
    return f'{{"type":"FeatureCollection","as_of":{when}{bounds(points)},"features":[\n{inside}\n]}}'


def bounds(points: Collection[Point]) -> str:
    """West, south, east, north; no box around nothing."""
    if not points:
        return ""
    latitudes, longitudes = zip(*points, strict=True)
    edges = min(longitudes), min(latitudes), max(longitudes), max(latitudes)
    return f',"bbox":[{",".join(map(degrees, edges))}]'


def geometry(point: Point | None) -> str:
    """Null where nobody has said where it is."""
    if point is None:
        return "null"
    latitude, longitude = point
    return f'{{"type":"Point","coordinates":[{degrees(longitude)},{degrees(latitude)}]}}'


def degrees(value: float) -> str:
    return repr(round(value, DECIMALS))


def words(thing: Any, field: str, language: str) -> str:
    """The words; beside them, where they are in another language than was asked for, which one."""
    found = said(thing, field, language)
    other = f',"{field}_lang":{quoted(found.language)}' if found.is_fallback and found.text else ""
    return f'"{field}":{quoted(found.text)}{other}'


def stations(doors: Collection[Door], language: str, at: datetime) -> str:
    """Doors with their words in a language, which has to be the active one."""
    today = cache(lambda zone: timezone.localdate(at, zone))
    points = [door.point for door in doors if door.point is not None]
    return collection((station(door, language, today) for door in doors), points, at)


def station(door: Door, language: str, today: Callable) -> str:
    code, opening, zone = quoted(door.code), door.opening, door.zone
    return (
        f'{{"type":"Feature","id":{code},"geometry":{geometry(door.point)},"properties":{{"code":{code},'
        f"{words(door, 'name', language)},"
        f'"kind":{quoted(noun(KIND_NOUNS.get(door.kind, door.kind), language))},{state(opening, zone)},'
        f'"says":{quoted(worded(opening, zone, language, today(zone))[1])},'
        f"{words(door, 'address', language)}}}}}"
    )


@lru_cache(4096)
def state(opening: Opening, zone: ZoneInfo) -> str:
    """`open`, null where nobody has told us; `until` when it closes, `opens_at` when it opens, where that is in sight."""
    if opening.state == "unknown":
        return '"open":null'
    if not opening.is_open:
        return f'"open":false{moment("opens_at", opening.opens_at, zone)}'
    full = ',"full":true' if opening.state == "full" else ""
    return f'"open":true{full}{moment("until", opening.until, zone)}'


def moment(name: str, at: datetime | None, zone: ZoneInfo) -> str:
    return "" if at is None else f',"{name}":{quoted(at.astimezone(zone).isoformat(timespec="seconds"))}'


@dataclass
class Centre:
    """How many stations stand below a unit, and the sum of their points."""

    stations: int = 0
    latitudes: float = 0
    longitudes: float = 0

    def add(self, latitude: float, longitude: float) -> None:
        self.stations += 1
        self.latitudes += latitude
        self.longitudes += longitude

    @property
    def point(self) -> Point:
        return self.latitudes / self.stations, self.longitudes / self.stations


def areas(placed: StationQuerySet, language: str, at: datetime) -> str:
    """Areas with two stations or more, each at the middle of its stations: no boundary is known. `level` counts from the
    top of the tree, which has no place of its own here. Three queries."""
    parents = tree.parents()
    found: dict[UUID, Centre] = defaultdict(Centre)
    for unit_id, latitude, longitude in placed.exclude(wgs_latitude=None).values_list(
        "unit_id", "wgs_latitude", "wgs_longitude"
    ):
        for above in lineage(parents.get(unit_id), parents):
            found[above].add(latitude, longitude)
    shown = {unit_id: centre for unit_id, centre in found.items() if centre.stations > 1 and parents[unit_id]}
    features = (
        area(unit, shown[unit.unit_id], len(list(lineage(unit.parent_id, parents))), language)
        for unit in tree.standing(shown).values()
    )
    return collection(features, [centre.point for centre in shown.values()], at)


def lineage(unit_id: UUID | None, parents: dict[UUID, UUID | None]) -> Iterable[UUID]:
    """The unit and those above it."""
    while unit_id is not None:
        yield unit_id
        unit_id = parents.get(unit_id)


def area(unit: tree.Standing, centre: Centre, level: int, language: str) -> str:
    code = quoted(unit.code)
    return (
        f'{{"type":"Feature","id":{code},"geometry":{geometry(centre.point)},"properties":{{"code":{code},'
        f'{words(unit, "name", language)},"kind":{quoted(noun(unit.kind, language))},'
        f'"level":{level},"stations":{centre.stations}}}}}'
    )
