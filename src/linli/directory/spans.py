"""The open spans of the coming days, kept in a table: lists, maps and figures ask the database and not every door.

Whoever changes rules, exceptions, holidays, zones or live status calls `renew_spans` in the same transaction. Rows reach
from yesterday to nine days ahead, and the worker moves them on. A span that ends just at `Station.spans_until` has no
end in sight; where a door opens only after that, its next span is kept too.
"""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q

from linli.directory.hours import FAR, Span, spans, with_live
from linli.directory.models import OpenSpan, Station
from linli.directory.timetables import NAMED, Timetable, timetables

AHEAD, FRESH = 9, timedelta(days=7, hours=12)
NEEDED = ("id", "time_zone", "all_day_zone", "follows_holidays", "spans_until", "judged_by")


def renew_spans(stations: Iterable[Station], now: datetime) -> None:
    """Writes the spans of these stations anew, in the caller's transaction; a few queries for each five hundred."""
    stations = list(stations)
    for start in range(0, len(stations), NAMED):
        renew_batch(stations[start : start + NAMED], now)


def renew_batch(stations: list[Station], now: datetime) -> None:
    tables = timetables(stations, now)
    rows = []
    for station in stations:
        zone, table = ZoneInfo(station.time_zone), tables[station.pk]
        first = now.astimezone(zone).date() - timedelta(days=1)
        edge = datetime.combine(first + timedelta(days=AHEAD + 1), time(0), zone)
        station.judged_by, station.spans_until = table.judged(first)[1], edge
        rows += [
            OpenSpan(station=station, opens_at=each.start, closes_at=each.end)
            for each in coming(table, now, edge, zone)
        ]
    OpenSpan.objects.filter(station__in=stations).delete()
    OpenSpan.objects.bulk_create(rows, batch_size=NAMED)
    Station.objects.bulk_update(stations, ["judged_by", "spans_until"])


def coming(table: Timetable, now: datetime, edge: datetime, zone: ZoneInfo) -> list[Span]:
    """The door's spans from yesterday until `edge`, cut there; if none of them is still to end, the next one after it."""
    first = now.astimezone(zone).date() - timedelta(days=1)
    schedule = table.judged(first)[0]
    live = table.live if table.live and table.live.holds(now) else None
    near = with_live(spans(first, AHEAD + 1, schedule, zone), live)
    kept = [Span(each.start, min(each.end, edge, key=datetime.timestamp)) for each in near]
    if any(each.end.timestamp() > now.timestamp() for each in kept):
        return kept
    return kept + spans(edge.date(), FAR - AHEAD, schedule, zone)[:1]


def renew_old_spans(now: datetime) -> int:
    """Moves on every station whose spans end too soon, or were never written; returns how many. A transaction a batch."""
    old = Station.objects.filter(Q(spans_until=None) | Q(spans_until__lt=now + FRESH)).only(*NEEDED)
    done = 0
    while batch := list(old.order_by("spans_until")[:NAMED]):
        with transaction.atomic():
            renew_spans(batch, now)
        done += len(batch)
    return done
