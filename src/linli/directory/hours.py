"""When a door is open. Pure: rules, exceptions, a live status and the moment are passed in.

Every day is turned into half-open spans of moments in the station's own zone; what crosses midnight belongs to the day
it began. Live status goes before exception, exception before a rule with a season, season before the weekly rule.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal, Protocol
from zoneinfo import ZoneInfo

# How far is looked, in days: nearly always the first is enough; a week shows that a door never closes; a rule of one
# week of the month can be five weeks away.
NEAR, WEEK, FAR = 3, 9, 40
Basis = Literal["live", "exception", "weekly", "services", "none"]


class Rule(Protocol):
    weekday: int
    nth: int
    opens: time
    closes: time
    valid_from: date | None
    valid_until: date | None


class Exceptional(Protocol):
    on: date
    opens: time | None
    closes: time | None


class Live(Protocol):
    state: str
    until: datetime

    def holds(self, at: datetime) -> bool: ...


@dataclass(frozen=True, order=True)
class Span:
    """A stretch of open time, [start, end)."""

    start: datetime
    end: datetime


@dataclass(frozen=True)
class Opening:
    """The answer at one moment.

    `until` is when the present state ends (None when no change is in sight), `opens_at` the next opening when closed.
    `basis` tells what it rests on: "services" for a door without hours of its own, judged by what is offered behind it;
    "none" means that no hours are known, which is not the same as closed.
    """

    state: Literal["open", "closed", "full", "unknown"]
    until: datetime | None
    opens_at: datetime | None
    basis: Basis

    @property
    def is_open(self) -> bool:
        return self.state in {"open", "full"}


def falls_on(rule: Rule, day: date) -> bool:
    """Whether a rule speaks of this day: its weekday, its week of the month, its season."""
    if rule.weekday != day.weekday():
        return False
    if (rule.valid_from and day < rule.valid_from) or (rule.valid_until and day >= rule.valid_until):
        return False
    if rule.nth == -1:
        return (day + timedelta(days=7)).month != day.month
    return rule.nth == 0 or rule.nth == (day.day - 1) // 7 + 1


def is_seasonal(rule: Rule) -> bool:
    return rule.valid_from is not None or rule.valid_until is not None


def times_of(
    day: date, rules: Iterable[Rule], exceptions: Iterable[Exceptional]
) -> tuple[Basis, list[tuple[time, time]]]:
    """The opening times of one calendar day and what they rest on."""
    special = [row for row in exceptions if row.on == day]
    if special:
        return "exception", [
            (row.opens, row.closes) for row in special if row.opens is not None and row.closes is not None
        ]
    today = [rule for rule in rules if falls_on(rule, day)]
    chosen = [rule for rule in today if is_seasonal(rule)] or today
    return "weekly", [(rule.opens, rule.closes) for rule in chosen]


def span(day: date, opens: time, closes: time, zone: ZoneInfo) -> Span:
    """The moments between two wall-clock times; a closing at or before the opening lies on the next day."""
    last = day if closes > opens else day + timedelta(days=1)
    return Span(datetime.combine(day, opens, zone), datetime.combine(last, closes, zone))


def spans(
    first: date, days: int, rules: Iterable[Rule], exceptions: Iterable[Exceptional], zone: ZoneInfo
) -> list[Span]:
    """All open spans that begin on `days` days from `first`, in order, joined where they touch or overlap."""
    rules, exceptions = list(rules), list(exceptions)
    found = (
        span(day, opens, closes, zone)
        for day in (first + timedelta(days=n) for n in range(days))
        for opens, closes in times_of(day, rules, exceptions)[1]
    )
    return list(join(sorted(found, key=lambda each: each.start.timestamp())))


def join(ordered: Iterable[Span]) -> Iterator[Span]:
    current: Span | None = None
    for each in ordered:
        if current is None:
            current = each
        # Compared as instants: two wall-clock times of one zone compare without regard to daylight saving.
        elif each.start.timestamp() <= current.end.timestamp():
            current = Span(current.start, max(current.end, each.end, key=datetime.timestamp))
        else:
            yield current
            current = each
    if current is not None:
        yield current


def scheduled(
    rules: Iterable[Rule], exceptions: Iterable[Exceptional], at: datetime, zone: ZoneInfo
) -> Opening:
    """Open or closed by schedule alone; looks only as far as it must to see the next change."""
    rules, exceptions = list(rules), list(exceptions)
    today = at.astimezone(zone).date()
    if not rules and not any(row.on >= today - timedelta(days=1) for row in exceptions):
        return Opening("unknown", None, None, "none")
    basis = times_of(today, rules, exceptions)[0]
    answers = (within(days, rules, exceptions, at, zone, basis) for days in (NEAR, WEEK, FAR))
    return next(filter(None, answers), Opening("closed", None, None, basis))


def within(
    days: int, rules: list[Rule], exceptions: list[Exceptional], at: datetime, zone: ZoneInfo, basis: Basis
) -> Opening | None:
    """The answer from the spans of `days` days since yesterday; None when a longer look may change it."""
    first = at.astimezone(zone).date() - timedelta(days=1)
    edge = datetime.combine(first + timedelta(days=days), time(0), zone).timestamp()
    now = at.timestamp()
    for each in spans(first, days, rules, exceptions, zone):
        if each.start.timestamp() > now:
            return Opening("closed", each.start, each.start, basis)
        if now < each.end.timestamp():
            if each.end.timestamp() < edge:
                return Opening("open", each.end, None, basis)
            return None if days == NEAR else Opening("open", None, None, basis)
    return None


def opening(
    rules: Iterable[Rule], exceptions: Iterable[Exceptional], live: Live | None, at: datetime, zone: ZoneInfo
) -> Opening:
    """The answer that people see: what was said just now, or else the schedule."""
    if live is None or not live.holds(at):
        return scheduled(rules, exceptions, at, zone)
    if live.state != "closed":
        return Opening(live.state, live.until, None, "live")  # type: ignore[arg-type]
    after = scheduled(rules, exceptions, live.until, zone)
    opens_at = live.until if after.is_open else after.opens_at
    return Opening("closed", live.until, opens_at, "live")


def next_change(
    rules: Iterable[Rule], exceptions: Iterable[Exceptional], at: datetime, zone: ZoneInfo
) -> datetime | None:
    """When the schedule next changes by itself: where a live status ends if nobody names another time."""
    return scheduled(rules, exceptions, at, zone).until
