"""When a door is open. Pure: the schedule, a live status and the moment are passed in.

Every day is turned into half-open spans of moments in the station's own zone; what crosses midnight belongs to the day
it began. What goes before what: live status, exception, all-day zone 24 小时区, public holiday or make-up workday 调休,
a rule with a season, the weekly rule.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Literal, Protocol
from zoneinfo import ZoneInfo

# How far is looked, in days: nearly always the first is enough; a week shows that a door never closes; a rule of one
# week of the month can be five weeks away.
NEAR, WEEK, FAR = 3, 9, 40
# Weekdays are 0 (Monday) to 6; beside them, what holds on a public holiday and on a make-up workday 调休.
MONDAY, HOLIDAY, MAKE_UP_DAY = 0, 7, 8
Basis = Literal["live", "exception", "zone", "holiday", "make_up", "season", "weekly", "services", "none"]
DayOff = Literal["holiday", "workday"]


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
    since: datetime
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


@dataclass(frozen=True)
class Schedule:
    """All that is planned at one door.

    `all_day`: a part of it never closes. `days_off`: the public holidays and make-up workdays that change its hours,
    empty where it keeps the same hours all the same.
    """

    rules: Sequence[Rule] = ()
    exceptions: Sequence[Exceptional] = ()
    all_day: bool = False
    days_off: Mapping[date, DayOff] = field(default_factory=dict)

    def is_known(self, today: date) -> bool:
        """Whether anybody has said anything about its hours."""
        return bool(self.rules) or self.all_day or any(row.on >= today for row in self.exceptions)


def falls_on(rule: Rule, day: date, weekday: int) -> bool:
    """Whether a rule speaks of this day, which counts as `weekday`: its week of the month, its season."""
    if rule.weekday != weekday:
        return False
    if (rule.valid_from and day < rule.valid_from) or (rule.valid_until and day >= rule.valid_until):
        return False
    if rule.nth == -1:
        return (day + timedelta(days=7)).month != day.month
    return rule.nth == 0 or rule.nth == (day.day - 1) // 7 + 1


def is_seasonal(rule: Rule) -> bool:
    return rule.valid_from is not None or rule.valid_until is not None


def times_of(day: date, schedule: Schedule) -> tuple[Basis, list[tuple[time, time]]]:
    """The opening times of one calendar day and what they rest on."""
    special = [row for row in schedule.exceptions if row.on == day]
    if special:
        return "exception", [
            (row.opens, row.closes) for row in special if row.opens is not None and row.closes is not None
        ]
    if schedule.all_day:
        return "zone", [(time(0), time(0))]
    basis, rules = rules_of(day, schedule)
    return basis, [(rule.opens, rule.closes) for rule in rules]


def rules_of(day: date, schedule: Schedule) -> tuple[Basis, list[Rule]]:
    """The rules that hold on a day. On a make-up workday without rules of its own a door keeps its Monday hours."""
    off = schedule.days_off.get(day)
    if off == "holiday":
        return "holiday", in_force(day, HOLIDAY, schedule)[1]
    if off == "workday":
        return "make_up", in_force(day, MAKE_UP_DAY, schedule)[1] or in_force(day, MONDAY, schedule)[1]
    return in_force(day, day.weekday(), schedule)


def in_force(day: date, weekday: int, schedule: Schedule) -> tuple[Basis, list[Rule]]:
    today = [rule for rule in schedule.rules if falls_on(rule, day, weekday)]
    seasonal = [rule for rule in today if is_seasonal(rule)]
    return ("season", seasonal) if seasonal else ("weekly", today)


def span(day: date, opens: time, closes: time, zone: ZoneInfo) -> Span:
    """The moments between two wall-clock times; a closing at or before the opening lies on the next day."""
    last = day if closes > opens else day + timedelta(days=1)
    return Span(datetime.combine(day, opens, zone), datetime.combine(last, closes, zone))


def spans(first: date, days: int, schedule: Schedule, zone: ZoneInfo) -> list[Span]:
    """All open spans that begin on `days` days from `first`, in order, joined where they touch or overlap."""
    found = (
        span(day, opens, closes, zone)
        for day in (first + timedelta(days=n) for n in range(days))
        for opens, closes in times_of(day, schedule)[1]
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


def scheduled(schedule: Schedule, at: datetime, zone: ZoneInfo) -> Opening:
    """Open or closed by schedule alone; looks only as far as it must to see the next change."""
    today = at.astimezone(zone).date()
    if not schedule.is_known(today - timedelta(days=1)):
        return Opening("unknown", None, None, "none")
    basis = times_of(today, schedule)[0]
    answers = (within(days, schedule, at, zone, basis) for days in (NEAR, WEEK, FAR))
    return next(filter(None, answers), Opening("closed", None, None, basis))


def within(days: int, schedule: Schedule, at: datetime, zone: ZoneInfo, basis: Basis) -> Opening | None:
    """The answer from the spans of `days` days since yesterday; None when a longer look may change it."""
    first = at.astimezone(zone).date() - timedelta(days=1)
    edge = datetime.combine(first + timedelta(days=days), time(0), zone).timestamp()
    now = at.timestamp()
    for each in spans(first, days, schedule, zone):
        if each.start.timestamp() > now:
            return Opening("closed", each.start, each.start, basis)
        if now < each.end.timestamp():
            if each.end.timestamp() < edge:
                return Opening("open", each.end, None, basis)
            return None if days == NEAR else Opening("open", None, None, basis)
    return None


def opening(schedule: Schedule, live: Live | None, at: datetime, zone: ZoneInfo) -> Opening:
    """The answer that people see: what was said just now, or else the schedule."""
    if live is None or not live.holds(at):
        return scheduled(schedule, at, zone)
    if live.state != "closed":
        return Opening(live.state, live.until, None, "live")  # type: ignore[arg-type]
    after = scheduled(schedule, live.until, zone)
    opens_at = live.until if after.is_open else after.opens_at
    return Opening("closed", live.until, opens_at, "live")


def cut_short(planned: Iterable[tuple[time, time]], at: time) -> list[tuple[time, time]]:
    """The times of one day without what lies after `at`, in order; what ends the next day is cut as well."""
    return [
        (opens, min(closes, at) if closes > opens else at) for opens, closes in sorted(planned) if opens < at
    ]


def next_change(schedule: Schedule, at: datetime, zone: ZoneInfo) -> datetime | None:
    """When the schedule next changes by itself: where a live status ends if nobody names another time."""
    return scheduled(schedule, at, zone).until


def with_live(planned: Iterable[Span], live: Live | None) -> list[Span]:
    """The spans as they come out with what was said just now: closed cuts its time out, open and full put it in."""
    if live is None:
        return list(planned)
    said = Span(live.since, live.until)
    rest = [piece for each in planned for piece in without(each, said)]
    if live.state != "closed":
        rest.append(said)
    return list(join(sorted(rest, key=lambda each: each.start.timestamp())))


def without(whole: Span, cut: Span) -> Iterator[Span]:
    """What is left of a span, in order: nothing, one piece or two."""
    if cut.start.timestamp() > whole.start.timestamp():
        yield Span(whole.start, min(whole.end, cut.start, key=datetime.timestamp))
    if cut.end.timestamp() < whole.end.timestamp():
        yield Span(max(whole.start, cut.end, key=datetime.timestamp), whole.end)
