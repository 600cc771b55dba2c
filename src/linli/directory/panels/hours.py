"""Opening hours in words and as strips: the week, the exceptions to come, the hours of one service or entrance."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from linli.directory.hours import HOLIDAY, times_of
from linli.directory.listing import FullCard
from linli.directory.models import OpeningRule
from linli.directory.timetables import ExceptionRow, Timetable

LOOK_AHEAD = timedelta(days=14)


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
    words = times_in_words(times)
    if basis == "exception":
        words = _("%(hours)s (only this day)") % {"hours": words}
    elif basis == "holiday":
        words = _("%(hours)s (public holiday)") % {"hours": words}
    elif basis == "make_up":
        words = _("%(hours)s (make-up workday)") % {"hours": words}
    return Day(date_format(day, "l"), day == today, words, [stretch(*each) for each in times])


def times_in_words(times: Iterable[tuple[time, time]]) -> str:
    """The times of one day, or that it is closed."""
    return "、".join(span_words(opens, closes) for opens, closes in sorted(times)) or _("closed")


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


@dataclass(frozen=True)
class OtherDay:
    """A day on which a door does not do as usual: its times in words, and why."""

    on: date
    words: str
    reason: str


def coming_exceptions(table: Timetable, today: date, ahead: timedelta | None = LOOK_AHEAD) -> list[OtherDay]:
    """The exceptions from today on, a day each; all that are known where `ahead` is None."""
    days: dict[date, list[ExceptionRow]] = defaultdict(list)
    for row in table.exceptions:
        if row.on >= today and (ahead is None or row.on <= today + ahead):
            days[row.on].append(row)
    return [
        OtherDay(on, times_in_words(times_of(on, table.staffed)[1]), rows[0].reason)
        for on, rows in days.items()
    ]


def rules_in_words(rules: Iterable[OpeningRule]) -> list[str]:
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
    if weekday not in WEEKDAYS:
        return _("public holidays") if weekday == HOLIDAY else _("make-up workdays")
    name = str(WEEKDAYS[weekday])
    if nth == -1:
        return _("the last %(weekday)s of the month") % {"weekday": name}
    ordinals = [_("the first"), _("the second"), _("the third"), _("the fourth"), _("the fifth")]
    return (
        _("%(nth)s %(weekday)s of the month") % {"nth": ordinals[nth - 1], "weekday": name} if nth else name
    )
