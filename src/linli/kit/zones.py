"""Time zones as iCalendar tells them (VTIMEZONE of RFC 5545), worked out from the clocks of this machine's zone data."""

from bisect import bisect_left
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import icalendar as ical

DAY = timedelta(days=1)


@lru_cache(maxsize=256)
def timezone(zone: str, first: int, last: int) -> ical.Timezone:
    """Which clock holds from when, from New Year of the first year to the end of the last.

    RFC 5545 tells it by the clock that ends. The library would by the one that begins: in spring an hour late.
    """
    there, made = ZoneInfo(zone), ical.Timezone()
    made.add("tzid", zone)
    at, end = (datetime(year, 1, 1, tzinfo=there).astimezone(UTC) for year in (first, last + 1))
    made.add_component(observance(at, offset(at, there), there))
    while at < end:
        before = offset(at, there)
        if offset(at + DAY, there) != before:
            made.add_component(observance(change(at, before, there), before, there))
        at += DAY
    return made


def change(at: datetime, before: timedelta, there: ZoneInfo) -> datetime:
    """The minute, in the day after `at`, from which clocks there no longer show what they showed before."""
    minutes = [at + timedelta(minutes=number) for number in range(1, 24 * 60 + 1)]
    return minutes[bisect_left(minutes, True, key=lambda minute: offset(minute, there) != before)]


def observance(at: datetime, before: timedelta, there: ZoneInfo) -> ical.Component:
    new = at.astimezone(there)
    made = ical.TimezoneDaylight() if new.dst() else ical.TimezoneStandard()
    made.add("dtstart", at.replace(tzinfo=None) + before)
    made.add("tzoffsetfrom", before)
    made.add("tzoffsetto", offset(at, there))
    made.add("tzname", new.tzname())
    return made


def offset(at: datetime, there: ZoneInfo) -> timedelta:
    return at.astimezone(there).utcoffset() or timedelta()
