"""The doors around a point for somebody on their feet: which are open, how far, which way in, what is there.

Plain statements, for the reason that `directory.doors` gives.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.cache import cache
from django.db import connection

from linli.areas.tree import IDS, listed, read
from linli.directory.doors import Door, doors
from linli.directory.hearsay import Said, hearsay
from linli.directory.hours import Schedule, scheduled
from linli.directory.nearest import Ask, Box, Row, search
from linli.kit.coordinates import Point
from linli.ledger.edition import edition

MOST = 20
# With fewer open doors than this within a walk, the next to open are shown too.
HANDFUL, WALK_M = 5, 3000
# What somebody on the road comes for, in the order it is said; the rest stands on the station's own page.
RESTING = ("water", "seat", "toilet", "phone_charging", "ebike_charging", "battery_swap", "microwave", "wifi")
NIGHT = time(23), time(5)
START_NOUNS = {"metro": "metro_exit", "place": "landmark"}

# In Django's terms: visible_to, within `Box.condition`; open_at and is_open; closed_at with a span to come; offering.
PLACED = """
SELECT s.id, s.wgs_latitude, s.wgs_longitude FROM directory_station s JOIN areas_unit u ON u.id = s.unit_id
WHERE u.closed_on IS NULL AND s.wgs_latitude >= %s AND s.wgs_latitude <= %s
    AND (s.wgs_longitude >= %s {and_or} s.wgs_longitude <= %s)"""
SPAN = "EXISTS (SELECT 1 FROM directory_openspan p WHERE p.station_id = s.id AND {})"
OPEN = SPAN.format("p.closes_at > %s AND p.opens_at <= %s")
LATER = f"NOT {OPEN} AND {SPAN.format('p.opens_at > %s')}"
OFFERING = "EXISTS (SELECT 1 FROM directory_facility f WHERE f.station_id = s.id AND f.kind = %s)"
WAYS_IN = """
SELECT e.id, e.station_id, e.name, e.directions, e.steps, e.bike, e.language, e.translations,
    r.weekday, r.nth, r.opens, r.closes, r.valid_from, r.valid_until
FROM directory_entrance e LEFT JOIN directory_openingrule r ON r.entrance_id = e.id
WHERE e.station_id IN ({ids}) ORDER BY e.code"""
# By their codes: a station by its poster, a landmark by its link.
STARTS = """
SELECT 'station', s.code, s.name, s.language, s.translations, s.wgs_latitude, s.wgs_longitude
FROM directory_station s JOIN areas_unit u ON u.id = s.unit_id WHERE s.code = %s AND u.closed_on IS NULL
UNION ALL SELECT l.kind, l.code, l.name, l.language, l.translations, l.wgs_latitude, l.wgs_longitude
FROM directory_landmark l WHERE l.code = %s"""
USABLE = "SELECT f.station_id, f.kind FROM directory_facility f WHERE f.station_id IN ({ids})"


class Start(NamedTuple):
    """Something by whose name one says where one is; read its name with kit.words.said(). `point` may be unknown.

    `kind` is a key of the terminology packs.
    """

    kind: str
    code: str
    name: str
    language: str
    translations: dict[str, Any]
    point: Point | None = None


class Hours(NamedTuple):
    """One of an entrance's own hours, as `directory.hours` reads rules."""

    weekday: int
    nth: int
    opens: time
    closes: time
    valid_from: date | None
    valid_until: date | None


class WayIn(NamedTuple):
    """An entrance in words (kit.words.said), and its own hours; without any it is open whenever the door is."""

    name: str
    directions: str
    steps: int | None
    bike: str
    language: str
    translations: dict[str, Any]
    hours: list[Hours]


class Behind(NamedTuple):
    """What stays the same behind a door: its ways in, the main one first, and what of `RESTING` is there."""

    ways: list[WayIn]
    usable: list[str]


class Near(NamedTuple):
    """A row."""

    door: Door
    metres: float
    said: list[Said]

    @property
    def is_found_closed(self) -> bool:
        """Two people found it closed, and the desk has not said otherwise just now."""
        return any(each.what == "closed" and each.counts for each in self.said)


class Doors(NamedTuple):
    """Open ones by distance; those that two people found closed; the next to open, by when."""

    open: list[Near]
    doubtful: list[Near]
    later: list[Near]


def doors_near(point: Point, wishes: Sequence[str], at: datetime) -> Doors:
    """The doors around a WGS-84 point that have all that is wished for, kinds of facilities or "all_night": at most
    twenty. Three queries as a rule, ten at most, however many stations there are.

    They are kept for the minute, or until the next fact, for whoever else asks from there.
    """
    north, east = point
    kept_as = f"nearby/{north:.6f},{east:.6f}/{','.join(wishes)}/{edition(at)}"
    rows: list[Near] = cache.get_or_set(kept_as, lambda: rows_of(around(point, wishes, at), at), 60)
    # Judged by what each row says, so that heading and row agree whatever changes just now.
    now = [row for row in rows if row.door.opening.is_open]
    waiting = [row for row in rows if row.door.opening.opens_at and not row.door.opening.is_open]
    return Doors(
        [row for row in now if not row.is_found_closed],
        [row for row in now if row.is_found_closed],
        sorted(waiting, key=lambda row: (row.door.opening.opens_at, row.metres)),
    )


def around(point: Point, wishes: Sequence[str], at: datetime) -> list[tuple[Any, float]]:
    """(id, metres) of the open doors around a point; of the next to open too, where few are open within a walk."""
    found = search(point, MOST, asking(OPEN, [at, at], wishes, at))
    if sum(metres <= WALK_M for _pk, metres in found) >= HANDFUL:
        return found
    later = search(point, HANDFUL, asking(LATER, [at, at, at], wishes, at))
    return [*found[: MOST - len(later)], *later]


def start_of(code: str) -> Start | None:
    """The station or the landmark of that code. One query."""
    with connection.cursor() as cursor:
        cursor.execute(STARTS, [code, code])
        row = cursor.fetchone()
    if row is None:
        return None
    kind, code, name, language, translations, north, east = row
    point = None if north is None else (north, east)
    return Start(START_NOUNS.get(kind, kind), code, name, language, read_json(translations), point)


def asking(state: str, moments: list[datetime], wishes: Sequence[str], at: datetime) -> Ask:
    """The question that `search` puts for a box: stations in this state that have all that is wished for."""
    kinds = [wish for wish in wishes if wish != "all_night"]
    conditions = [state, *[OFFERING] * len(kinds)]
    if "all_night" in wishes:
        dusk, dawn = night(at)
        conditions.insert(0, OPEN)
        moments = [dawn, dusk, *moments]
    parameters = [*map(connection.ops.adapt_datetimefield_value, moments), *kinds]

    def ask(box: Box) -> list[Row]:
        placed = PLACED.format(and_or="OR" if box.west > box.east else "AND")
        with connection.cursor() as cursor:
            cursor.execute(" AND ".join([placed, *conditions]), [*box, *parameters])
            return cursor.fetchall()

    return ask


def night(at: datetime) -> tuple[datetime, datetime]:
    """The night that is, from now on, or the coming one."""
    local = at.astimezone(ZoneInfo(settings.TIME_ZONE))
    dusk, dawn = (local.replace(hour=hour.hour, minute=0, second=0, microsecond=0) for hour in NIGHT)
    if local < dawn:
        return local, dawn
    return max(local, dusk), dawn + timedelta(days=1)


def rows_of(found: list[tuple[Any, float]], at: datetime) -> list[Near]:
    """A row for each, in their order: two queries."""
    metres = {read(pk): far for pk, far in found}
    known, said = doors(metres, at), hearsay(metres, at)
    return [Near(known[pk], far, said.get(pk, [])) for pk, far in metres.items()]


def behind(station_ids: Iterable[UUID]) -> dict[UUID, Behind]:
    """What is behind these doors: two queries."""
    ids = list(station_ids)
    ways, there = ways_in(ids), usable(ids)
    return {pk: Behind(ways.get(pk, []), there.get(pk, [])) for pk in ids}


def which(ways: Sequence[Sequence[Hours]], at: datetime, zone: ZoneInfo) -> int:
    """The way in to point to, by the own hours of each: the main one, or the first that is open where that is shut.

    A way without hours of its own is open whenever the door is; where all are shut it is the main one again.
    """
    is_open = (not hours or scheduled(Schedule(hours), at, zone).is_open for hours in ways)
    return next((number for number, each in enumerate(is_open) if each), 0)


def ask_of(statement: str, station_ids: Iterable[UUID]) -> list[tuple[Any, ...]]:
    """Runs one of the statements above for these stations."""
    with connection.cursor() as cursor:
        cursor.execute(statement.format(ids=IDS[connection.vendor]), [listed(station_ids)])
        return cursor.fetchall()


def ways_in(station_ids: Iterable[UUID]) -> dict[UUID, list[WayIn]]:
    """The entrances of stations, the main one first, each with its own hours. One query."""
    found: dict[UUID, list[WayIn]] = defaultdict(list)
    known: dict[Any, WayIn] = {}
    for pk, station_id, *words, translations, weekday, nth, opens, closes, first, last in ask_of(
        WAYS_IN, station_ids
    ):
        if pk not in known:
            known[pk] = WayIn(*words, read_json(translations), [])
            found[read(station_id)].append(known[pk])
        if opens is not None:
            known[pk].hours.append(Hours(weekday, nth, opens, closes, first, last))
    return found


def read_json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def usable(station_ids: Iterable[UUID]) -> dict[UUID, list[str]]:
    """What of `RESTING` is there, in that order. One query."""
    there: dict[UUID, list[str]] = defaultdict(list)
    for station_id, kind in ask_of(USABLE, station_ids):
        if kind in RESTING:
            there[read(station_id)].append(kind)
    for kinds in there.values():
        kinds.sort(key=RESTING.index)
    return there
