"""Rows of stations with what their doors say, in one plain query: no page is asked for more often than a list of them.

The same in Django's own terms costs three times as much, most of it in putting the statement together.
"""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from linli.areas.tree import IDS, listed
from linli.directory.hours import Opening
from linli.kit.coordinates import Point

# The open span that ends next tells all: it has begun, or it is when the door opens again.
ROWS = """
SELECT s.id, s.code, s.kind, s.name, s.address, s.directions, s.language, s.translations, s.time_zone, s.judged_by,
    s.spans_until, s.wgs_latitude, s.wgs_longitude, p.opens_at, p.closes_at, l.state, l.until
FROM directory_station s
LEFT JOIN directory_openspan p ON p.id = (
    SELECT q.id FROM directory_openspan q WHERE q.station_id = s.id AND q.closes_at > %s ORDER BY q.closes_at LIMIT 1)
LEFT JOIN directory_livestatus l
    ON l.station_id = s.id AND l.ended_at IS NULL AND l.since <= %s AND l.until > %s
WHERE s.id IN ({ids})"""
BASIS = {"door": "weekly", "services": "services", "none": "none"}


class Door(NamedTuple):
    """A station in a list, as the database gives it; read its words with kit.words.said()."""

    id: UUID
    code: str
    kind: str
    name: str
    address: str
    directions: str
    language: str
    translations: dict[str, dict[str, str]]
    time_zone: str
    point: Point | None
    opening: Opening

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


def doors(station_ids: Iterable[UUID], at: datetime) -> dict[UUID, Door]:
    """The doors of these stations at a moment of the coming days. One query, however many there are."""
    moment = connection.ops.adapt_datetimefield_value(at)
    with connection.cursor() as cursor:
        cursor.execute(ROWS.format(ids=IDS[connection.vendor]), [moment, moment, moment, listed(station_ids)])
        found = [door(row, at) for row in cursor.fetchall()]
    return {each.id: each for each in found}


def door(row: tuple[Any, ...], at: datetime) -> Door:
    (station_id, code, kind, name, address, directions, language, translations, time_zone, judged_by,
     until, latitude, longitude, opens, closes, said, said_until) = row  # fmt: skip
    return Door(
        station_id if isinstance(station_id, UUID) else UUID(station_id),
        code, kind, name, address, directions, language,
        json.loads(translations) if isinstance(translations, str) else translations,
        time_zone,
        None if latitude is None else (latitude, longitude),
        opening(judged_by, *map(moment_of, (until, opens, closes)), said, moment_of(said_until), at),
    )  # fmt: skip


def moment_of(value: datetime | None) -> datetime | None:
    """SQLite keeps moments in UTC without saying so."""
    return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


def opening(
    judged_by: str,
    end_of_spans: datetime | None,
    opens: datetime | None,
    closes: datetime | None,
    said: str | None,
    said_until: datetime | None,
    at: datetime,
) -> Opening:
    """The same answer as `hours.opening` gives, read from the next span and from what was said just now."""
    if said == "closed":
        return Opening("closed", said_until, opens, "live")
    if said:
        return Opening(said, said_until, None, "live")  # type: ignore[arg-type]
    basis: Any = BASIS[judged_by]
    if opens is None:
        return Opening("unknown" if basis == "none" else "closed", None, None, basis)
    if opens > at:
        return Opening("closed", opens, opens, basis)
    return Opening("open", None if closes == end_of_spans else closes, None, basis)
