"""Calendars as files: iCalendar (RFC 5545) with what RFC 7986 adds, from a list of occurrences."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import icalendar as ical
from icalendar import Event as VEvent

from linli.kit.zones import timezone

TYPE = "text/calendar; charset=utf-8"
ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
LINE_ENDS = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")
UNWRITABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
C = TypeVar("C", bound=ical.Component)


@dataclass(frozen=True)
class Occurrence:
    """`uid` never changes, `sequence` grows with every change; both ends are aware, and told in the time of `zone`.

    `status` is CONFIRMED, TENTATIVE or CANCELLED; `language` is the summary's; `geo` is (latitude, longitude).
    """

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    zone: str
    summary: str
    changed_at: datetime
    description: str = ""
    location: str = ""
    url: str = ""
    status: str = "CONFIRMED"
    categories: list[str] = field(default_factory=list)
    language: str = ""
    geo: tuple[float, float] | None = None


@dataclass(frozen=True)
class Calendar:
    """`url` is its page, `source_url` where the file can be had anew, every `refresh`; `colour` is a name of CSS."""

    name: str
    description: str
    language: str
    url: str
    source_url: str
    refresh: timedelta
    occurrences: list[Occurrence]
    colour: str = ""


class Text(ical.vText):
    """Words as people wrote them. The library's own would take a backslash before an N for the end of a line."""

    def to_ical(self) -> bytes:
        return UNWRITABLE.sub("", LINE_ENDS.sub("\n", self)).translate(ESCAPES).encode()


def text(words: str, language: str = "") -> Text | None:
    return Text(words, params={"LANGUAGE": language} if language else None) if words else None


def categories(words: list[str]) -> ical.vCategory | None:
    found = ical.vCategory(words)
    found.cats = [Text(word) for word in words]
    return found if words else None


def filled(component: C, **values: Any) -> C:
    """The component with these properties, in their order; without those that are None."""
    for name, value in values.items():
        if value is not None:
            component.add(name.replace("_", "-"), value)
    return component


def icalendar(calendar: Calendar) -> bytes:
    """The calendar as a file, its occurrences in their order."""
    source = ical.vUri(calendar.source_url, params={"VALUE": "URI"})
    whole = filled(
        ical.Calendar(),
        prodid="-//Linli//Linli//EN",
        version="2.0",
        name=text(calendar.name, calendar.language),
        x_wr_calname=text(calendar.name),
        description=text(calendar.description, calendar.language),
        color=text(calendar.colour),
        last_modified=max((each.changed_at for each in calendar.occurrences), default=None),
        url=calendar.url or None,
        source=source if calendar.source_url else None,
        refresh_interval=ical.vDuration(calendar.refresh, params={"VALUE": "DURATION"}),
    )
    for part in [*zones(calendar.occurrences), *map(event, calendar.occurrences)]:
        whole.add_component(part)
    return bytes(whole.to_ical(sorted=False))


def event(each: Occurrence) -> VEvent:
    starts_at, ends_at = local(each)
    return filled(
        VEvent(),
        uid=each.uid,
        # Nobody is invited by such a file, so the stamp too says when this was last said otherwise.
        dtstamp=each.changed_at,
        last_modified=each.changed_at,
        sequence=each.sequence,
        status=each.status,
        dtstart=starts_at,
        dtend=ends_at,
        summary=text(each.summary, each.language),
        description=text(each.description),
        location=text(each.location),
        categories=categories(each.categories),
        url=each.url or None,
        geo=each.geo and tuple(round(number, 6) for number in each.geo),
    )


def local(each: Occurrence) -> list[datetime]:
    """Both ends in the zone's time; in UTC in the hour that clocks show twice, as readers do not agree which is meant."""
    ends = [at.astimezone(ZoneInfo(each.zone)) for at in (each.starts_at, each.ends_at)]
    is_told_twice = any(at.utcoffset() != at.replace(fold=1 - at.fold).utcoffset() for at in ends)
    return [at.astimezone(UTC) for at in ends] if is_told_twice or each.zone == "UTC" else ends


def zones(occurrences: Iterable[Occurrence]) -> list[ical.Timezone]:
    """Every zone in which a time is told, for the years in which it is."""
    years: dict[str, list[int]] = {}
    for zone, at in ((each.zone, at) for each in occurrences for at in local(each) if at.tzinfo is not UTC):
        years.setdefault(zone, []).append(at.year)
    return [timezone(zone, min(told), max(told)) for zone, told in years.items()]
