"""Weekdays as people write them: "Monday - Friday", "Mon, Wed-Thur", "2nd & 4th Wednesday", "MO,WE", "-1TH"."""

import re
from collections.abc import Iterator
from typing import NamedTuple

EVERY, LAST = 0, -1
NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAYS = {
    **{form: day for day, name in enumerate(NAMES) for form in (name, f"{name}s", name[:3], name[:2])},
    "tues": 1,
    "weds": 2,
    "thur": 3,
    "thurs": 3,
}
ORDINALS = {
    **{word: nth for nth, word in enumerate(("first", "second", "third", "fourth", "fifth"), start=1)},
    **{word: nth for nth, word in enumerate(("1st", "2nd", "3rd", "4th", "5th"), start=1)},
    "last": LAST,
}
DASHES = str.maketrans("\u2010\u2011\u2012\u2013\u2014", "-----")
OF_THE_MONTH = re.compile(r"\s+of\s+(?:each|every|the)\s+month$")
EVERY_DAY = re.compile(r"daily|every ?day|7 days(?: a week)?")
LIST = re.compile(r"\s*(?:,\s*(?:and\b|&)|[,;&]|\band\b)\s*")
# As RFC 5545 writes a BYDAY; only in capitals, for "4th" is an ordinal and "4TH" the fourth Thursday.
RULE_DAYS = re.compile(
    r"(?:-1|[+]?[1-5])?(?:MO|TU|WE|TH|FR|SA|SU)(?:,(?:-1|[+]?[1-5])?(?:MO|TU|WE|TH|FR|SA|SU))*"
)
RULE_DAY = re.compile(r"(?P<nth>-1|[+]?[1-5])?(?P<day>mo|tu|we|th|fr|sa|su)")


class Day(NamedTuple):
    """A weekday (Monday 0), every week (nth 0) or its nth in the month (1 to 5, the last is -1)."""

    weekday: int
    nth: int = EVERY


class UnreadDays(ValueError):
    """The words are not days, or could mean more than one thing."""


def is_weekday(text: str) -> bool:
    return text.strip().lower() in WEEKDAYS


def read_days(text: str) -> frozenset[Day]:
    """The days these words name. Raises UnreadDays rather than choosing between two meanings."""
    plain = OF_THE_MONTH.sub("", " ".join(text.lower().translate(DASHES).split()))
    if EVERY_DAY.fullmatch(plain):
        return frozenset(Day(weekday) for weekday in range(7))
    if RULE_DAYS.fullmatch(text.strip()):
        days = [_rule_day(item) for item in plain.split(",")]
    else:
        days = list(_days(LIST.split(plain)))
    if len({day.nth == EVERY for day in days}) != 1:
        raise UnreadDays(text)  # "First Monday, Wednesday": the first Wednesday, or each?
    return frozenset(days)


def _rule_day(item: str) -> Day:
    rule = RULE_DAY.fullmatch(item)
    if rule is None:
        raise UnreadDays(item)
    return Day(WEEKDAYS[rule["day"]], int(rule["nth"] or EVERY))


def _days(items: list[str]) -> Iterator[Day]:
    """Each item is a day, a range of days, an nth day, or an nth alone that waits for its day."""
    waiting: list[int] = []
    for item in items:
        if item in ORDINALS:
            waiting.append(ORDINALS[item])
            continue
        yield from _item(item, waiting)
        waiting = []
    if waiting:
        raise UnreadDays(items[-1])


def _item(item: str, waiting: list[int]) -> Iterator[Day]:
    words = re.split(r"\s*-\s*|\s+to\s+|\s+through\s+", item)
    if rule := RULE_DAY.fullmatch(item):
        nths = [*waiting, int(rule["nth"])] if rule["nth"] else waiting
        yield from (Day(WEEKDAYS[rule["day"]], nth) for nth in nths or (EVERY,))
    elif item in WEEKDAYS:
        yield from (Day(WEEKDAYS[item], nth) for nth in waiting or (EVERY,))
    elif len(words) == 2 and not waiting:
        yield from _range(*words)
    elif nth_day := re.fullmatch(r"(\S+) ([a-z]+)", item):
        yield from _nth(nth_day[1], nth_day[2], waiting)
    else:
        raise UnreadDays(item)


def _range(first: str, last: str) -> Iterator[Day]:
    if first not in WEEKDAYS or last not in WEEKDAYS or WEEKDAYS[first] == WEEKDAYS[last]:
        raise UnreadDays(f"{first} - {last}")
    length = (WEEKDAYS[last] - WEEKDAYS[first]) % 7 + 1
    yield from (Day((WEEKDAYS[first] + step) % 7) for step in range(length))


def _nth(ordinal: str, name: str, waiting: list[int]) -> Iterator[Day]:
    if ordinal not in ORDINALS or name not in WEEKDAYS:
        raise UnreadDays(f"{ordinal} {name}")
    yield from (Day(WEEKDAYS[name], nth) for nth in (*waiting, ORDINALS[ordinal]))
