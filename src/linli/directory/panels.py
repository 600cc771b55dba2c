"""What the directory shows on shared pages."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import quote
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from linli.areas import tree
from linli.directory.hours import next_change, times_of
from linli.directory.listing import FullCard
from linli.directory.models import OpeningRule, Service, Station
from linli.directory.timetables import ExceptionRow, Timetable
from linli.kit.coordinates import outside_china, wgs84_to_gcj02
from linli.kit.templatetags.linli import when

STALE_AFTER = timedelta(days=180)
LOOK_AHEAD = timedelta(days=14)
QUARTER = 15 * 60


def monday(now: datetime, zone: ZoneInfo) -> date:
    today = now.astimezone(zone).date()
    return today - timedelta(days=today.weekday())


@dataclass(frozen=True)
class Day:
    """One row of the week's table: the times in words, and as stretches of hours for the strip."""

    label: str
    today: bool
    words: str
    spans: list[dict[str, float]]


def week(card: FullCard, now: datetime) -> list[Day]:
    """This week from Monday, exceptions included."""
    first, today = monday(now, card.zone), now.astimezone(card.zone).date()
    return [day_row(card.timetable, first + timedelta(days=n), today) for n in range(7)]


def day_row(table: Timetable, day: date, today: date) -> Day:
    basis, times = times_of(day, table.staffed)
    words = "、".join(span_words(opens, closes) for opens, closes in sorted(times)) or _("closed")
    if basis == "exception":
        words = _("%(hours)s (only this day)") % {"hours": words}
    return Day(date_format(day, "l"), day == today, words, [stretch(*each) for each in times])


def span_words(opens: time, closes: time) -> str:
    """09:00–17:00; midnight at the end reads 24:00, and what ends the next morning says so."""
    if opens == closes == time(0):
        return _("around the clock")
    end = "24:00" if closes == time(0) else f"{closes:%H:%M}"
    words = f"{opens:%H:%M}–{end}"
    return _("%(hours)s the next day") % {"hours": words} if time(0) < closes <= opens else words


def stretch(opens: time, closes: time) -> dict[str, float]:
    """Where the strip is filled, in hours from midnight; cut at midnight, for the strip shows one day."""
    start, end = (clock.hour + clock.minute / 60 for clock in (opens, closes))
    return {"x": round(start, 3), "width": round((end if end > start else 24) - start, 3)}


def coming_exceptions(card: FullCard, now: datetime) -> list[ExceptionRow]:
    today = now.astimezone(card.zone).date()
    return [row for row in card.timetable.exceptions if today <= row.on <= today + LOOK_AHEAD]


@dataclass(frozen=True)
class Offer:
    """A service at a station with its own hours here in words, and the source's words where they could not be read."""

    service: Service
    hours: list[str]
    hours_text: str


def offers(station: Station) -> list[Offer]:
    """Every active service here with its own hours: two queries."""
    rules: dict[Any, list[OpeningRule]] = defaultdict(list)
    for rule in station.rules.exclude(service=None):
        rules[rule.service_id].append(rule)
    rows = station.offers.filter(service__active=True).select_related("service").order_by("service__reading")
    return [Offer(row.service, rules_in_words(rules[row.service_id]), row.hours_text) for row in rows]


def rules_in_words(rules: list[OpeningRule]) -> list[str]:
    """ "Monday, Tuesday: 09:00–17:00": days that keep the same times stand together, Monday first."""
    days: dict[tuple[str, ...], list[str]] = {}
    times: dict[tuple[int, int], list[str]] = defaultdict(list)
    for rule in sorted(rules, key=lambda rule: (rule.weekday, rule.nth, rule.opens)):
        times[rule.weekday, rule.nth].append(span_words(rule.opens, rule.closes))
    for (weekday, nth), spans in times.items():
        days.setdefault(tuple(spans), []).append(day_words(weekday, nth))
    return [
        _("%(days)s: %(hours)s") % {"days": ", ".join(names), "hours": ", ".join(spans)}
        for spans, names in days.items()
    ]


def day_words(weekday: int, nth: int) -> str:
    """Monday; or, for a rule of one week of the month, the second Monday of the month."""
    name = str(WEEKDAYS[weekday])
    if nth == -1:
        return _("the last %(weekday)s of the month") % {"weekday": name}
    ordinals = [_("the first"), _("the second"), _("the third"), _("the fourth"), _("the fifth")]
    return (
        _("%(nth)s %(weekday)s of the month") % {"nth": ordinals[nth - 1], "weekday": name} if nth else name
    )


def phones(station: Station) -> list[dict[str, str]]:
    """Public numbers, each with the digits that a phone dials."""
    rows = station.phones.order_by("number").values("number", "extension", "about")
    return [row | {"dial": "".join(c for c in row["number"] if c.isdigit() or c == "+")} for row in rows]


def map_links(station: Station) -> list[tuple[str, str]]:
    """Links out to maps, in the datum each of them expects. Nothing is asked of them until somebody taps."""
    if station.point is None:
        return []
    latitude, longitude = station.point
    name = quote(station.name)
    links = [
        (
            "OpenStreetMap",
            f"https://www.openstreetmap.org/?mlat={latitude:.5f}&mlon={longitude:.5f}#map=18/{latitude:.5f}/{longitude:.5f}",
        )
    ]
    if outside_china(latitude, longitude):
        return links
    lat, lon = wgs84_to_gcj02(latitude, longitude)
    return [(_("Amap"), f"https://uri.amap.com/marker?position={lon:.5f},{lat:.5f}&name={name}"), *links]


def round_up(moment: datetime) -> datetime:
    """To the next quarter of an hour: people say "back at a quarter past"."""
    seconds = -(-int(moment.timestamp()) // QUARTER) * QUARTER
    return datetime.fromtimestamp(seconds, moment.tzinfo)


def one_tap_choices(card: FullCard, now: datetime) -> list[tuple[str, str]]:
    """(value, label) of the desk's buttons: what they set is what they say."""
    zone = card.zone
    local = now.astimezone(zone)
    change = next_change(card.timetable.schedule, now, zone)
    times = [round_up(local + timedelta(minutes=minutes)) for minutes in (30, 60, 120)]
    choices = [
        (f"closed {t.isoformat()}", _("Closed, back at %(time)s") % {"time": f"{t:%H:%M}"}) for t in times
    ]
    if change and change > now:
        choices.append(
            (f"closed {change.isoformat()}", _("Closed until %(when)s") % {"when": when(change, zone)})
        )
    choices.append(
        (f"full {times[1].isoformat()}", _("Full until about %(time)s") % {"time": f"{times[1]:%H:%M}"})
    )
    choices.append((f"open {times[2].isoformat()}", _("Open until %(time)s") % {"time": f"{times[2]:%H:%M}"}))
    return choices


@dataclass(frozen=True)
class Gap:
    """Counts for one unit: never a rate, never sorted by one."""

    unit: tree.Standing
    stations: int
    open_now: int
    hours_unknown: int
    unchecked: int


def gaps(given: set[UUID], now: datetime) -> list[Gap]:
    """For every child of the given units: how many stations stand below, are open, lack hours or were long unchecked."""
    standing = tree.standing()
    open_now = set(Station.objects.open_at(now).values_list("pk", flat=True))
    counts: dict[Any, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    stale = timezone.localdate(now) - STALE_AFTER
    stations = Station.objects.visible_to(None).values_list("pk", "unit_id", "judged_by", "checked_on")
    for pk, unit_id, judged_by, checked_on in stations:
        child = child_below(unit_id, given, standing)
        if child is not None:
            row = counts[child]
            row[0] += 1
            row[1] += pk in open_now
            row[2] += judged_by == Station.JudgedBy.NOTHING
            row[3] += checked_on is None or checked_on < stale
    children = sorted((s for s in standing.values() if s.parent_id in given), key=lambda s: s.code)
    return [Gap(child, *counts[child.unit_id]) for child in children if child.unit_id in counts]


def child_below(unit_id: Any, given: set[Any], standing: dict[Any, tree.Standing]) -> Any:
    """The ancestor (or itself) that stands directly under one of the given units."""
    while unit_id in standing:
        parent = standing[unit_id].parent_id
        if parent in given:
            return unit_id
        unit_id = parent
    return None
