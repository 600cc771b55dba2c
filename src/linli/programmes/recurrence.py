"""On which days and at which moments the sessions of a series begin: RFC 5545, in the few forms people choose in words.

Pure: neither database nor clock. A rule knows what comes back; the first session (DTSTART) is passed in, and anchors
which weeks or months count and which day of the month it is.
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from linli.kit.rules import Problem
from linli.kit.workdays import Calendar

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LAST = -1
NOT_OURS = gettext_lazy(
    "This repetition cannot be kept here. Please choose every few weeks on days of the week, or every few months on a "
    "day of the month or on one weekday of the month."
)


@dataclass(frozen=True)
class Rule:
    """What comes back. Problem when the parts do not make one of the three forms.

    `every`: "week" on all of `weekdays` (0 is Monday), "month_day" on the day of the month of the first session, or
    "month_weekday" on the `nth` (1 to 4, or -1 for the last) of the one in `weekdays`. `interval`: every so many weeks
    or months, 1 to 12. `until` is the last day on which one may begin; on the days of `skip` (EXDATE) none does.
    """

    every: str
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    nth: int = 0
    until: date | None = None
    skip: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        object.__setattr__(self, "weekdays", tuple(sorted(set(self.weekdays))))
        if not 1 <= self.interval <= 12:
            raise Problem(_("Please say every how many weeks or months: a number from 1 to 12."), "interval")
        if self.every == "week" and not self.weekdays:
            raise Problem(_("Please choose at least one day of the week."), "weekdays")
        if not is_ours(self):
            raise Problem(NOT_OURS)

    def days(self, first: date, until: date) -> Iterator[date]:
        """Each day from `first` to `until`, both included, on which one begins. `first` itself only if it fits.

        A month without such a day (the 31st) has none. Weeks begin on Monday.
        """
        last = min(until, self.until or until)
        found = in_weeks(self, first, last) if self.every == "week" else in_months(self, first, last)
        return (day for day in found if first <= day <= last and day not in self.skip)


def is_ours(rule: Rule) -> bool:
    count = len(rule.weekdays)
    forms = {
        "week": count > 0 and rule.nth == 0,
        "month_day": count == 0 and rule.nth == 0,
        "month_weekday": count == 1 and rule.nth in (1, 2, 3, 4, LAST),
    }
    return forms.get(rule.every, False) and set(rule.weekdays) <= set(range(7))


def in_weeks(rule: Rule, first: date, last: date) -> Iterator[date]:
    """The days of every week that counts; in the first and the last week also some outside the two days."""
    monday = first.toordinal() - first.weekday()
    for week in range(monday, last.toordinal() + 1, 7 * rule.interval):
        yield from (date.fromordinal(week + weekday) for weekday in rule.weekdays)


def in_months(rule: Rule, first: date, last: date) -> Iterator[date]:
    """The day of every month that counts; in the first and the last month also one outside the two days."""
    for number in range(months(first), months(last) + 1, rule.interval):
        year, month = number // 12, number % 12 + 1
        opening, length = monthrange(year, month)
        if rule.every == "month_weekday":
            same = range(1 + (rule.weekdays[0] - opening) % 7, length + 1, 7)
            yield date(year, month, same[rule.nth - 1 if rule.nth > 0 else LAST])
        elif first.day <= length:
            yield first.replace(year, month)


def months(day: date) -> int:
    """Months since the year 0."""
    return day.year * 12 + day.month - 1


def occurrences(rule: Rule, first: datetime, zone: ZoneInfo, until: date) -> Iterator[datetime]:
    """The moments in `zone` at which one begins, to the end of the day `until`, all at the wall-clock time of `first`.

    As RFC 5545 has it: a time that a day leaves out in spring is counted by the offset before the gap, so that 02:30
    becomes 03:30; of a time that comes twice in autumn it is the first.
    """
    local = first.astimezone(zone)
    at = local.time().replace(fold=0)
    for day in rule.days(local.date(), until):
        # Through UTC and back: only so does a time within the gap become one that clocks show.
        yield datetime.combine(day, at, zone).astimezone(UTC).astimezone(zone)


def without_holidays(days: Iterable[date], calendar: Calendar) -> Iterator[date]:
    """Those that are no public holiday. Weekends stay, as the rule names them; make-up workdays stay what they are.

    Days of a year that the calendar does not know are kept.
    """
    return (day for day in days if calendar.exceptions.get(day, True))


def to_rrule(rule: Rule, starts_at: datetime) -> str:
    """The value of RRULE; `skip` is not in it. `starts_at` must be in the zone of the series, where its days end."""
    parts = ["FREQ=WEEKLY" if rule.every == "week" else "FREQ=MONTHLY"]
    if rule.interval > 1:
        parts.append(f"INTERVAL={rule.interval}")
    if rule.every == "month_day":
        parts.append(f"BYMONTHDAY={starts_at.day}")
    else:
        parts.append("BYDAY=" + ",".join(f"{rule.nth or ''}{CODES[weekday]}" for weekday in rule.weekdays))
    if rule.until:
        end = datetime.combine(rule.until, time(23, 59, 59), starts_at.tzinfo).astimezone(UTC)
        parts.append(f"UNTIL={end:%Y%m%dT%H%M%SZ}")
    if rule.interval > 1:
        parts.append("WKST=MO")
    return ";".join(parts)


# The parts of each form in the order of the alphabet, so that one pattern also refuses what is double or unknown.
DAY = f"(?:{'|'.join(CODES)})"
TAIL = (
    r"(?:;INTERVAL=(?P<interval>\d{1,3}))?"
    r"(?:;UNTIL=(?P<until>\d{8}(?:T\d{6}Z?)?))?"
    rf"(?:;WKST=(?P<opening>{DAY}))?"
)
FORMS = {
    "week": re.compile(rf"(?:BYDAY=(?P<weekdays>{DAY}(?:,{DAY})*);)?FREQ=WEEKLY{TAIL}", re.ASCII),
    "month_day": re.compile(rf"(?:BYMONTHDAY=(?P<day>0?[1-9]|[12]\d|3[01]);)?FREQ=MONTHLY{TAIL}", re.ASCII),
    "month_weekday": re.compile(rf"BYDAY=(?P<nth>[+-]?\d)(?P<weekdays>{DAY});FREQ=MONTHLY{TAIL}", re.ASCII),
}


def read_rrule(text: str, zone: ZoneInfo, starts_at: datetime | None = None) -> Rule:
    """The rule of an RRULE's value; Problem when it is none of our forms, COUNT among them.

    `starts_at` (DTSTART) says what the text may leave out: the weekday of "FREQ=WEEKLY", and whether the day of UNTIL
    still has its session. Without it that day has, and nobody holds BYMONTHDAY against the first session.
    """
    every, found = read_form(text)
    start = starts_at.astimezone(zone) if starts_at else None
    weekdays = [CODES.index(code) for code in (found.get("weekdays") or "").split(",") if code]
    if every == "week" and not weekdays and start:
        weekdays = [start.weekday()]
    until = read_until(found["until"], zone, start) if found["until"] else None
    rule = Rule(every, int(found["interval"] or 1), tuple(weekdays), int(found.get("nth") or 0), until)
    if start and int(found.get("day") or start.day) != start.day:
        raise Problem(
            _("This comes back on day %(day)s of the month, so it has to begin on such a day.") % found
        )
    if not keeps_weeks(rule, CODES.index(found["opening"] or "MO")):
        raise Problem(NOT_OURS)
    return rule


def read_form(text: str) -> tuple[str, dict[str, Any]]:
    """The name of the form and its parts as they are written, None for those left out."""
    ordered = ";".join(sorted(text.strip().upper().split(";")))
    for every, form in FORMS.items():
        if found := form.fullmatch(ordered):
            return every, found.groupdict()
    raise Problem(NOT_OURS)


def read_until(text: str, zone: ZoneInfo, start: datetime | None) -> date:
    """The last day in `zone` whose session begins no later than UNTIL, a day, a moment in UTC or one in `zone`."""
    try:
        end = datetime.fromisoformat(text)
        if "T" not in text:
            return end.date()
        end = end.replace(tzinfo=end.tzinfo or zone).astimezone(zone)
        too_early = start is not None and end.time() < start.time()
        return end.date() - timedelta(days=too_early)
    except (ValueError, OverflowError):
        raise Problem(NOT_OURS) from None


def keeps_weeks(rule: Rule, opening: int) -> bool:
    """Whether weeks that begin on the weekday `opening` hold the same days together as ours, which begin on Monday."""
    if rule.every != "week" or rule.interval == 1:
        return True
    return len({weekday < opening for weekday in rule.weekdays}) == 1


NTH = {
    1: gettext_lazy("the first %(weekday)s"),
    2: gettext_lazy("the second %(weekday)s"),
    3: gettext_lazy("the third %(weekday)s"),
    4: gettext_lazy("the fourth %(weekday)s"),
    LAST: gettext_lazy("the last %(weekday)s"),
}
# In each week or month, the same until a day; in every so many, the same until a day.
WEEKLY = (
    gettext_lazy("Every %(days)s"),
    gettext_lazy("Every %(days)s, until %(until)s"),
    ngettext_lazy("Every %(count)d week on %(days)s", "Every %(count)d weeks on %(days)s", "count"),
    ngettext_lazy(
        "Every %(count)d week on %(days)s, until %(until)s",
        "Every %(count)d weeks on %(days)s, until %(until)s",
        "count",
    ),
)
MONTHLY = (
    gettext_lazy("On %(days)s of every month"),
    gettext_lazy("On %(days)s of every month, until %(until)s"),
    ngettext_lazy("Every %(count)d month on %(days)s", "Every %(count)d months on %(days)s", "count"),
    ngettext_lazy(
        "Every %(count)d month on %(days)s, until %(until)s",
        "Every %(count)d months on %(days)s, until %(until)s",
        "count",
    ),
)


def in_words(rule: Rule, first: date | None = None) -> str:
    """ "Every 2 weeks on Saturday, until 1 January 2027". Without `first` a day of the month has no number."""
    sentences = WEEKLY if rule.every == "week" else MONTHLY
    sentence = sentences[2 * (rule.interval > 1) + (rule.until is not None)]
    until = date_format(rule.until) if rule.until else ""
    return sentence % {"count": rule.interval, "days": days_in_words(rule, first), "until": until}


def days_in_words(rule: Rule, first: date | None) -> str:
    names = [str(WEEKDAYS[weekday]) for weekday in rule.weekdays]
    if rule.every == "month_day":
        return _("day %(day)d") % {"day": first.day} if first else _("the same day")
    if rule.every == "month_weekday":
        return NTH[rule.nth] % {"weekday": names[0]}
    if len(names) == 1:
        return names[0]
    return _("%(others)s and %(last)s") % {"others": _(", ").join(names[:-1]), "last": names[-1]}
