"""Opening hours as HSDS schedules: parts of an RRULE (RFC 5545) for what comes back, and days that differ by date.

What the standard cannot say, the profile does: hours dated to one day hold instead of all others on it, hours of a
season instead of those of the whole year on its days.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from linli.directory.hours import HOLIDAY, Schedule, times_of
from linli.directory.timetables import ExceptionRow
from linli.interop.hsds.briefs import StationRow
from linli.interop.hsds.ids import filled, named

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
EVERY_DAY = ",".join(DAYS)
MINUTE, MIDNIGHT = timedelta(minutes=1), time()
# So many days ahead the days that differ are listed by date.
AHEAD = 60


class RuleRow(NamedTuple):
    """An opening rule: of a service, of an entrance, or of the door where both are empty."""

    id: UUID
    station_id: UUID
    service_id: UUID | None
    entrance_id: UUID | None
    weekday: int
    nth: int
    opens: time
    closes: time
    valid_from: date | None
    valid_until: date | None
    note: str


@lru_cache(maxsize=512)
def offset(zone: str, today: date) -> timedelta:
    """Hours ahead of UTC at noon of a day."""
    return datetime.combine(today, time(12), ZoneInfo(zone)).utcoffset() or timedelta()


@lru_cache(maxsize=4096)
def clock(moment: time, zone: str, today: date) -> str:
    """A time of day with its offset: "09:00+08:00"."""
    minutes = int(offset(zone, today).total_seconds()) // 60
    return f"{moment:%H:%M}{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def hours(opens: time, closes: time, zone: str, today: date) -> dict[str, Any]:
    """The fields that say from when to when, and by which clock. A span of 24 hours ends a minute early."""
    if opens == closes:
        closes = (datetime.combine(today, closes) - MINUTE).time()
    ahead = offset(zone, today).total_seconds() / 3600
    return {
        "timezone": int(ahead) if ahead.is_integer() else ahead,
        "time_zone": zone,
        "opens_at": clock(opens, zone, today),
        "closes_at": clock(closes, zone, today),
    }


def returning(rules: Iterable[RuleRow], zone: str, today: date) -> list[dict[str, Any]]:
    """What comes back, days with the same hours in one entry. Seasons that are over are left out."""
    groups: dict[tuple[Any, ...], list[RuleRow]] = defaultdict(list)
    for rule in rules:
        if rule.weekday < HOLIDAY and (rule.valid_until is None or rule.valid_until > today):
            key = (rule.nth != 0, rule.opens, rule.closes, rule.valid_from, rule.valid_until, rule.note)
            groups[key].append(rule)
    return [entry(same, zone, today) for same in groups.values()]


def entry(same: list[RuleRow], zone: str, today: date) -> dict[str, Any]:
    first = same[0]
    days = sorted((rule.weekday, rule.nth) for rule in same)
    last = first.valid_until and first.valid_until - timedelta(days=1)
    seasonal = first.valid_from or last
    return filled(
        id=str(min(rule.id for rule in same)),
        valid_from=first.valid_from and first.valid_from.isoformat(),
        valid_to=last and last.isoformat(),
        wkst="MO",
        freq="MONTHLY" if first.nth else "WEEKLY",
        byday=",".join(f"{nth or ''}{DAYS[day]}" for day, nth in days),
        description=first.note,
        notes=_("Instead of the usual hours of these days.") if seasonal else "",
        **hours(first.opens, first.closes, zone, today),
    )


def dated(
    of: UUID, schedule: Schedule, reasons: dict[date, str], zone: str, today: date
) -> Iterator[dict[str, Any]]:
    """The coming days whose hours are not those that come back: exceptions, holidays, make-up workdays."""
    usual = Schedule(schedule.rules, all_day=schedule.all_day)
    days = {row.on for row in schedule.exceptions} | set(schedule.days_off)
    for day in sorted(day for day in days if today <= day <= today + timedelta(days=AHEAD)):
        times = times_of(day, schedule)[1]
        if sorted(times) != sorted(times_of(day, usual)[1]):
            yield from entries_of(of, day, times, reasons.get(day, ""), zone, today)


def entries_of(
    of: UUID, day: date, times: list[tuple[time, time]], reason: str, zone: str, today: date
) -> Iterator[dict[str, Any]]:
    """One entry for each span of a day; a single one without times when it stays closed."""
    held = {"valid_from": day.isoformat(), "valid_to": day.isoformat()}
    if not times:
        shut = _("Closed on %(day)s.") % {"day": date_format(day)}
        yield filled(id=named("day", of, day), description=shut, notes=reason) | held
    for opens, closes in times:
        notes = reason or _("Instead of the usual hours of this day.")
        yield (
            {"id": named("day", of, day, opens)} | held | hours(opens, closes, zone, today) | {"notes": notes}
        )


def of_door(
    station: StationRow,
    rules: list[RuleRow],
    exceptions: list[ExceptionRow],
    days_off: dict[date, Any],
    now: datetime,
) -> list[dict[str, Any]]:
    """All hours of a door: what comes back, the part that never closes, days that differ, words."""
    zone, all_day = station.time_zone, bool(station.all_day_zone)
    today = now.astimezone(ZoneInfo(zone)).date()
    schedule = Schedule(rules, exceptions, all_day, days_off if station.follows_holidays else {})
    found = returning(rules, zone, today)
    if all_day:
        found.append(around_the_clock(station, today))
    found += dated(station.id, schedule, {row.on: row.reason for row in exceptions}, zone, today)
    return found + in_words(station.id, station.hours_text)


def around_the_clock(station: StationRow, today: date) -> dict[str, Any]:
    return {
        "id": named("zone", station.id),
        "wkst": "MO",
        "freq": "WEEKLY",
        "byday": EVERY_DAY,
        "description": station.all_day_zone,
    } | hours(MIDNIGHT, MIDNIGHT, station.time_zone, today)


def in_words(of: UUID, text: str) -> list[dict[str, Any]]:
    """The source's own words for hours that could not be read."""
    return [{"id": named("words", of), "description": text}] if text else []
