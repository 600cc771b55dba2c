"""What the directory shows on shared pages."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from linli.areas import tree
from linli.directory.hours import next_change, times_of
from linli.directory.listing import station_cards
from linli.directory.models import OpeningException, OpeningRule, Service, Station
from linli.kit.templatetags.linli import when

STALE_AFTER = timedelta(days=180)
LOOK_AHEAD = timedelta(days=14)
QUARTER = 15 * 60


def door_rules(station: Station) -> list[OpeningRule]:
    return [rule for rule in station.rules.all() if rule.service_id is None]


def monday(now: datetime, zone: ZoneInfo) -> date:
    today = now.astimezone(zone).date()
    return today - timedelta(days=today.weekday())


@dataclass(frozen=True)
class Day:
    """One day of the week table: its times as a person reads them, and what they rest on."""

    on: date
    spans: list[tuple[str, str]]
    basis: str
    is_today: bool


def week(station: Station, now: datetime) -> list[Day]:
    """This week from Monday, exceptions included; midnight at the end of a span reads 24:00."""
    zone = ZoneInfo(station.time_zone)
    first, today = monday(now, zone), now.astimezone(zone).date()
    days = []
    for day in (first + timedelta(days=n) for n in range(7)):
        basis, times = times_of(day, door_rules(station), station.exceptions.all())
        spans = [(f"{o:%H:%M}", "24:00" if f"{c:%H:%M}" == "00:00" else f"{c:%H:%M}") for o, c in sorted(times)]
        days.append(Day(day, spans, basis, day == today))
    return days


def coming_exceptions(station: Station, now: datetime) -> list[OpeningException]:
    today = now.astimezone(ZoneInfo(station.time_zone)).date()
    return [row for row in station.exceptions.all() if today <= row.on <= today + LOOK_AHEAD]


@dataclass(frozen=True)
class Offer:
    """A service at a station with its own hours here, or the source's words where they could not be read."""

    service: Service
    rules: list[OpeningRule]
    hours_text: str


def offers(station: Station) -> list[Offer]:
    """Every active service here: one query, the hours come from what was fetched with the station."""
    rules: dict[Any, list[OpeningRule]] = defaultdict(list)
    for rule in station.rules.all():
        rules[rule.service_id].append(rule)
    rows = station.offers.filter(service__active=True).select_related("service__organisation").order_by("service__reading")
    return [Offer(row.service, rules[row.service_id], row.hours_text) for row in rows]


def round_up(moment: datetime) -> datetime:
    """To the next quarter of an hour: people say "back at a quarter past"."""
    seconds = -(-int(moment.timestamp()) // QUARTER) * QUARTER
    return datetime.fromtimestamp(seconds, moment.tzinfo)


def one_tap_choices(station: Station, now: datetime) -> list[tuple[str, str]]:
    """(value, label) of the desk's buttons: what they set is what they say."""
    zone = ZoneInfo(station.time_zone)
    local = now.astimezone(zone)
    change = next_change(door_rules(station), station.exceptions.all(), now, zone)
    times = [round_up(local + timedelta(minutes=minutes)) for minutes in (30, 60, 120)]
    choices = [(f"closed {t.isoformat()}", _("Closed, back at %(time)s") % {"time": f"{t:%H:%M}"}) for t in times]
    if change and change > now:
        choices.append((f"closed {change.isoformat()}", _("Closed until %(when)s") % {"when": when(change)}))
    choices.append((f"full {times[1].isoformat()}", _("Full until about %(time)s") % {"time": f"{times[1]:%H:%M}"}))
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


def gaps(units: Iterable[Any], now: datetime) -> list[Gap]:
    """For every child of the given units: how many stations stand below, are open, lack hours or were long unchecked."""
    standing = tree.standing()
    given = {unit.pk for unit in units}
    cards = station_cards(Station.objects.all(), now)
    counts: dict[Any, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    stale = timezone.localdate(now) - STALE_AFTER
    for card in cards:
        child = child_below(card.station.unit_id, given, standing)
        if child is not None:
            row = counts[child]
            row[0] += 1
            row[1] += card.opening.is_open
            row[2] += card.opening.state == "unknown"
            row[3] += card.station.checked_on is None or card.station.checked_on < stale
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
