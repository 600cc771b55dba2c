"""Opening hours of one schedule row, read exactly or not at all.

Packages put times into columns meant for dates (`valid_from`, `dtstart`, …), weekdays into `weekday`, `byday` or
`freq`, and a lunch break into brackets after the days. `read_hours` takes a row whatever its habits. What it cannot
read exactly it does not guess: the answer then carries a reason and the row's own words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple, Self
from zoneinfo import ZoneInfo

from linli.directory.hsds.days import Day, UnreadDays, is_weekday, read_days
from linli.directory.hsds.times import Unread, read_date, read_offset, read_times, split_break, without_break

# The columns that may hold opening and closing times; the first pair is the standard's own.
TIME_COLUMNS = (
    ("opens_at", "closes_at"),
    ("opens", "closes"),
    ("dtstart", "until"),
    ("valid_from", "valid_to"),
)
DATE_COLUMNS = (("valid_from", "valid_to"), ("dtstart", "until"))
DAY_COLUMNS = ("weekday", "byday", "freq")
FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
# Parts of a repetition (RFC 5545) that a rule by weekday cannot hold.
UNHELD_PARTS = ("byweekno", "bymonthday", "byyearday", "count")
DAILY = read_days("daily")


class Span(NamedTuple):
    """Open on this weekday from `opens` until `closes`; past midnight when closes ≤ opens, 0:00–0:00 all day.

    `nth` is 0 for every week, 1 to 5 or -1 (the last) within the month; `valid_until` is the first day no more.
    """

    weekday: int
    nth: int
    opens: time
    closes: time
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True)
class Setting:
    """What a row does not say of itself: the day of the import, and the zone of the places with its offsets."""

    today: date
    zone: str = ""
    offsets: frozenset[str] = frozenset()

    @classmethod
    def of(cls, zone: str, today: date) -> Self:
        """The setting for a zone of the time zone database, with this year's offsets, such as "-05:00", "-04:00"."""
        middays = (datetime(today.year, month, 1, 12, tzinfo=ZoneInfo(zone)) for month in range(1, 13))
        return cls(
            today, zone, frozenset(f"{midday:%z}"[:3] + ":" + f"{midday:%z}"[3:5] for midday in middays)
        )


@dataclass(frozen=True)
class Hours:
    """Spans, or else the reason why they could not be read and the column where it stood.

    `words` are the row's own, empty where it says nothing that holds now; `habits` oddities read all the same.
    """

    spans: tuple[Span, ...] = ()
    note: str = ""
    words: str = ""
    reason: str = ""
    column: str = ""
    habits: frozenset[str] = frozenset()


def read_hours(cells: Mapping[str, str], setting: Setting) -> Hours:
    """The opening hours of one schedule row."""
    habits: set[str] = set()
    try:
        spans = _spans(cells, setting, habits)
    except Unread as unread:
        said = "" if unread.reason == "season_over" else words(cells)
        return Hours(words=said, reason=unread.reason, column=unread.column)
    note = " ".join(_said(cells, "description", "notes"))
    return Hours(tuple(spans), note, words(cells), habits=frozenset(habits))


def words(cells: Mapping[str, str]) -> str:
    """The row as the source wrote it, for a person to read: its name, days and times, nothing added.

    A weekday without any time gives no words: seven such rows would look like "open every day".
    """
    times = [" – ".join(_said(cells, *pair)) for pair in TIME_COLUMNS if _holds_times(cells, pair)]
    texts = [*times, *_said(cells, "description", "notes")]
    days = [text for text in _said(cells, *DAY_COLUMNS) if text.upper() not in FREQUENCIES]
    said = ", ".join(dict.fromkeys([*days, *texts]))
    return ": ".join([*_said(cells, "name"), said]) if texts else ""


def _cell(cells: Mapping[str, str], column: str) -> str:
    return " ".join(cells.get(column, "").split())


def _said(cells: Mapping[str, str], *columns: str) -> list[str]:
    return [text for column in columns if (text := _cell(cells, column))]


def _holds_times(cells: Mapping[str, str], pair: tuple[str, str]) -> bool:
    """Does this pair of columns say times of day, not dates?"""
    return any(read_date(text) is None for text in _said(cells, *pair))


def _spans(cells: Mapping[str, str], setting: Setting, habits: set[str]) -> list[Span]:
    named, pause = split_break(_cell(cells, "weekday"))
    days = _days({**cells, "weekday": named}, habits)
    times = _times(cells, setting, habits)
    if times is None and words(cells):
        raise Unread("described", "description")
    if times is None:
        raise Unread("times_not_said" if days else "nothing_said", "")
    if not days:
        raise Unread("days_not_said", "weekday")
    _check_repetition(cells, days)
    season = _season(cells, setting.today)
    if pause:
        habits.add("break_in_brackets")
    return [Span(*day, *part, *season) for day in sorted(days) for part in without_break(*times, pause)]


def _times(cells: Mapping[str, str], setting: Setting, habits: set[str]) -> tuple[time, time] | None:
    """The opening and closing time of the row, from whichever columns hold them; None where none do."""
    found: dict[tuple[time, time], str] = {}
    for pair in TIME_COLUMNS:
        if _holds_times(cells, pair):
            opening, closing = (_cell(cells, column) for column in pair)
            found[read_times(opening, closing, pair, setting.offsets)] = pair[0]
    if len(found) > 1:
        raise Unread("times_disagree", list(found.values())[1])
    zone = _cell(cells, "timezone")
    if found and zone and read_offset(zone) not in {setting.zone, *setting.offsets}:
        raise Unread("other_zone", "timezone")
    if {*found.values()} & {"dtstart", "valid_from"}:
        habits.add("times_in_date_columns")
    return next(iter(found), None)


def _days(cells: Mapping[str, str], habits: set[str]) -> frozenset[Day]:
    """The days from every column that names some; they must agree."""
    found: dict[frozenset[Day], str] = {}
    for column in DAY_COLUMNS:
        text = _cell(cells, column)
        if text and not (column == "freq" and text.upper() in FREQUENCIES):
            found[_read_days(text, column)] = column
            habits.update(["weekday_in_freq"] if column == "freq" and is_weekday(text) else [])
    if len(found) > 1:
        raise Unread("days_disagree", list(found.values())[1])
    daily = _cell(cells, "freq").upper() == "DAILY"
    return next(iter(found), DAILY if daily else frozenset())


def _read_days(text: str, column: str) -> frozenset[Day]:
    try:
        return read_days(text)
    except UnreadDays:
        raise Unread("days_unread", column) from None


def _check_repetition(cells: Mapping[str, str], days: frozenset[Day]) -> None:
    """Refuses what a rule by weekday would say wrongly: each second week, a day of the month, a telephone hour."""
    for column in UNHELD_PARTS:
        if _cell(cells, column):
            raise Unread("repetition_unheld", column)
    if _cell(cells, "interval") not in ("", "1"):
        raise Unread("repetition_unheld", "interval")
    frequency, monthly = _cell(cells, "freq").upper(), any(day.nth for day in days)
    fitting = {"WEEKLY": not monthly, "MONTHLY": monthly, "YEARLY": False, "DAILY": days == DAILY}
    if not fitting.get(frequency, True):
        raise Unread("repetition_unheld", "freq")
    attending = _cell(cells, "attending_type").lower()
    if attending and "person" not in attending:
        raise Unread("not_in_person", "attending_type")


def _season(cells: Mapping[str, str], today: date) -> tuple[date | None, date | None]:
    """From the first day until the day after the last. A beginning that has passed, without an end, says nothing."""
    for first, last in DATE_COLUMNS:
        start, end = read_date(_cell(cells, first)), read_date(_cell(cells, last))
        if start and end and end < start:
            raise Unread("season_backwards", last)
        if end and end < today:
            raise Unread("season_over", last)
        if end or (start and start > today):
            return start, end and end + timedelta(days=1)
    return None, None
