"""Times of day as people write them: "9:00AM", "9 a.m.", "17:30", "noon", "09:00-05:00", "24 hours"."""

import re
from datetime import date, time, timedelta

from linli.directory.hsds.days import DASHES

MIDNIGHT = time(0)
ALL_DAY = (MIDNIGHT, MIDNIGHT)
# How the standard's guidance writes a door that never closes.
ALL_BUT_A_MINUTE = (MIDNIGHT, time(23, 59))
END_OF_DAY = {"24:00", "24:00:00", "midnight"}
UTC_NAMES = {"z", "utc", "gmt", "0"}
LONGEST_NIGHT = timedelta(hours=16)
WORDS = {"noon": time(12), "12 noon": time(12), "midday": time(12), "midnight": MIDNIGHT}
WHOLE_DAY = re.compile(r"(?:open )?24 ?(?:hours|hrs)(?: a day)?|24/7")
HALF_CLOCK = re.compile(r"(\d{1,2})(?::(\d{2}))? ?([ap])\.?m\.?")
FULL_CLOCK = re.compile(r"(\d{2}):(\d{2})(?::\d{2})?(z|[+-]\d{2}:?\d{2})?")
BREAK = re.compile(
    r"\(?\bclos(?:ed|es)\b(?: daily)?(?: from)? (?P<start>[^()]+?) ?(?:-|\bto\b) ?(?P<end>[^()]+?)\)?\s*$"
)
OFFSET = re.compile(r"(?:utc|gmt)?([+-])(\d{1,2}):?(\d{2})?", re.IGNORECASE)
HOURS = re.compile(r"[+-]?\d{1,2}(?:\.\d{1,2})?")
DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:$|[T ])")


class Unread(ValueError):
    """`reason` is a key of remarks.KINDS, `column` where it stood."""

    def __init__(self, reason: str, column: str):
        super().__init__(reason)
        self.reason, self.column = reason, column


def plain(text: str) -> str:
    return " ".join(text.lower().translate(DASHES).split())


def read_time(text: str) -> tuple[time, str] | None:
    """A time of day with its offset from UTC, empty if none is said; None for anything else.

    "9:00" alone is no time: it may be morning or evening. "09:00" is, for only a 24-hour clock writes the zero.
    """
    text = plain(text)
    if text in WORDS:
        return WORDS[text], ""
    if match := HALF_CLOCK.fullmatch(text):
        hour, minute = int(match[1]), int(match[2] or 0)
        valid = 1 <= hour <= 12 and minute < 60
        return (time(hour % 12 + (12 if match[3] == "p" else 0), minute), "") if valid else None
    if match := FULL_CLOCK.fullmatch(text):
        hour, minute, offset = int(match[1]), int(match[2]), match[3] or ""
        return (time(hour, minute), offset and read_offset(offset)) if hour < 24 and minute < 60 else None
    return None


def read_offset(text: str) -> str:
    """An offset from UTC as "-05:00", from "-0500", "-5", "5.5", "Z"; other text, such as a zone's name, as it stands."""
    if text.lower() in UTC_NAMES:
        return "+00:00"
    if HOURS.fullmatch(text):
        minutes = round(float(text) * 60)
        return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
    match = OFFSET.fullmatch(text)
    return f"{match[1]}{int(match[2]):02}:{match[3] or '00'}" if match else text


def read_times(
    opening: str, closing: str, columns: tuple[str, str], offsets: frozenset[str]
) -> tuple[time, time]:
    """An opening and a closing time; closing at or before opening lies on the next day, 0:00–0:00 is the whole day.

    Unread are equal times (shut all day, or open all day?) and nights beyond 16 hours (9:00 to 5:00 is a slip).
    """
    if WHOLE_DAY.fullmatch(plain(opening)) and not closing:
        return ALL_DAY
    opens = _required(opening, "opening_not_said", columns[0], offsets)
    if plain(closing) in END_OF_DAY:
        return opens, MIDNIGHT
    closes = _required(closing, "closing_not_said", columns[1], offsets)
    if (opens, closes) == ALL_BUT_A_MINUTE:
        return ALL_DAY
    if opens == closes:
        raise Unread("times_equal", columns[1])
    if MIDNIGHT < closes < opens and _night(opens, closes) > LONGEST_NIGHT:
        raise Unread("night_too_long", columns[1])
    return opens, closes


def _required(text: str, missing: str, column: str, offsets: frozenset[str]) -> time:
    if not text:
        raise Unread(missing, column)
    found = read_time(text)
    if found is None:
        raise Unread("times_unread", column)
    if found[1] and found[1] not in offsets:
        raise Unread("other_zone", column)
    return found[0]


def _night(opens: time, closes: time) -> timedelta:
    return timedelta(hours=24 + closes.hour - opens.hour, minutes=closes.minute - opens.minute)


def split_break(text: str) -> tuple[str, tuple[time, time] | None]:
    """ "Monday - Friday (closed 1-2pm)" → the days, and the break; the first time shares the second's half of the day."""
    match = BREAK.search(text.lower().translate(DASHES))
    if match is None:
        return text, None
    end = read_time(match["end"])
    start = read_time(match["start"]) or (
        end and read_time(match["start"] + ("pm" if end[0].hour >= 12 else "am"))
    )
    if not start or not end or start[0] >= end[0]:
        raise Unread("days_unread", "weekday")
    return text[: match.start()].strip(), (start[0], end[0])


def without_break(opens: time, closes: time, pause: tuple[time, time] | None) -> list[tuple[time, time]]:
    """The span, in two parts where a break lies within it."""
    if pause is None:
        return [(opens, closes)]
    if not opens < pause[0] < pause[1] < closes:
        raise Unread("break_outside", "weekday")
    return [(opens, pause[0]), (pause[1], closes)]


def read_date(text: str) -> date | None:
    """A date in the standard's form, with or without a time behind it; None for anything else."""
    match = DATE.match(text)
    try:
        return date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None
