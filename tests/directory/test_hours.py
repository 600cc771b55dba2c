"""Open now, until when, opens at: told as examples, then held against an oracle that looks at every minute."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from linli.directory.hours import HOLIDAY, MAKE_UP_DAY, Opening, Schedule, opening, scheduled, with_live
from linli.directory.hours import spans as spans_of

SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YORK = ZoneInfo("America/New_York")


@dataclass(frozen=True)
class Rule:
    weekday: int
    opens: time
    closes: time
    nth: int = 0
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True)
class Exceptional:
    on: date
    opens: time | None = None
    closes: time | None = None


@dataclass(frozen=True)
class Live:
    state: str
    since: datetime
    until: datetime

    def holds(self, at):
        return self.since <= at < self.until


OFFICE = [Rule(day, time(9), time(18)) for day in range(5)]
# 2026-11-20 is a Friday.
FRIDAY = date(2026, 11, 20)


def at(day: date, clock: str, zone=SHANGHAI) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), zone)


def test_open_until_the_end_of_the_day():
    assert scheduled(Schedule(OFFICE), at(FRIDAY, "10:00"), SHANGHAI) == Opening(
        "open", at(FRIDAY, "18:00"), None, "weekly"
    )


def test_closed_on_friday_evening_opens_on_monday():
    monday = FRIDAY + timedelta(days=3)
    expected = Opening("closed", at(monday, "09:00"), at(monday, "09:00"), "weekly")
    assert scheduled(Schedule(OFFICE), at(FRIDAY, "18:00"), SHANGHAI) == expected


def test_a_lunch_break_closes_the_door():
    broken = [Rule(4, time(9), time(12)), Rule(4, time(13, 30), time(18))]
    expected = Opening("closed", at(FRIDAY, "13:30"), at(FRIDAY, "13:30"), "weekly")
    assert scheduled(Schedule(broken), at(FRIDAY, "12:10"), SHANGHAI) == expected


def test_a_night_stop_is_open_past_midnight():
    night = [Rule(4, time(20), time(2))]
    saturday = FRIDAY + timedelta(days=1)
    assert scheduled(Schedule(night), at(saturday, "01:30"), SHANGHAI).until == at(saturday, "02:00")


def test_open_around_the_clock_has_no_end_in_sight():
    always = [Rule(day, time(0), time(0)) for day in range(7)]
    assert scheduled(Schedule(always), at(FRIDAY, "03:00"), SHANGHAI) == Opening("open", None, None, "weekly")


def test_the_second_saturday_of_the_month():
    second = [Rule(5, time(9), time(12), nth=2)]
    expected = at(date(2026, 12, 12), "09:00")
    assert scheduled(Schedule(second), at(date(2026, 11, 28), "10:00"), SHANGHAI).opens_at == expected


def test_an_exception_goes_before_the_weekly_rule():
    closed = [Exceptional(FRIDAY)]
    found = scheduled(Schedule(OFFICE, closed), at(FRIDAY, "10:00"), SHANGHAI)
    assert (found.state, found.opens_at, found.basis) == (
        "closed",
        at(FRIDAY + timedelta(days=3), "09:00"),
        "exception",
    )


def test_a_season_goes_before_the_weekly_rule():
    summer = [*OFFICE, Rule(4, time(7), time(11), valid_from=FRIDAY, valid_until=FRIDAY + timedelta(days=1))]
    assert scheduled(Schedule(summer), at(FRIDAY, "07:30"), SHANGHAI).until == at(FRIDAY, "11:00")


def test_unknown_hours_are_not_closed_hours():
    assert scheduled(Schedule(), at(FRIDAY, "10:00"), SHANGHAI) == Opening("unknown", None, None, "none")


def test_what_the_station_said_goes_before_everything():
    live = Live("closed", at(FRIDAY, "13:00"), at(FRIDAY, "15:00"))
    expected = Opening("closed", at(FRIDAY, "15:00"), at(FRIDAY, "15:00"), "live")
    assert opening(Schedule(OFFICE), live, at(FRIDAY, "14:00"), SHANGHAI) == expected


def test_what_the_station_said_lapses_by_itself():
    live = Live("closed", at(FRIDAY, "13:00"), at(FRIDAY, "15:00"))
    assert opening(Schedule(OFFICE), live, at(FRIDAY, "15:00"), SHANGHAI).state == "open"


def test_closed_until_after_closing_time_opens_the_next_day():
    live = Live("closed", at(FRIDAY, "17:00"), at(FRIDAY, "19:00"))
    assert opening(Schedule(OFFICE), live, at(FRIDAY, "17:30"), SHANGHAI).opens_at == at(
        FRIDAY + timedelta(days=3), "09:00"
    )


def test_a_public_holiday_closes_a_door_that_keeps_it_unless_it_has_hours_of_its_own():
    off = {FRIDAY: "holiday"}
    monday = FRIDAY + timedelta(days=3)
    found = scheduled(Schedule(OFFICE, days_off=off), at(FRIDAY, "10:00"), SHANGHAI)
    assert (found.state, found.opens_at, found.basis) == ("closed", at(monday, "09:00"), "holiday")
    short = [*OFFICE, Rule(HOLIDAY, time(10), time(12))]
    assert scheduled(Schedule(short, days_off=off), at(FRIDAY, "10:00"), SHANGHAI).until == at(
        FRIDAY, "12:00"
    )


def test_a_make_up_workday_keeps_its_own_hours_or_those_of_monday():
    saturday = FRIDAY + timedelta(days=1)
    off = {saturday: "workday"}
    assert scheduled(Schedule(OFFICE, days_off=off), at(saturday, "10:00"), SHANGHAI) == Opening(
        "open", at(saturday, "18:00"), None, "make_up"
    )
    own = [*OFFICE, Rule(MAKE_UP_DAY, time(9), time(13))]
    assert scheduled(Schedule(own, days_off=off), at(saturday, "10:00"), SHANGHAI).until == at(
        saturday, "13:00"
    )


def test_the_all_day_zone_never_closes_but_an_exception_closes_it_too():
    night = at(FRIDAY, "03:00")
    assert scheduled(Schedule(OFFICE, all_day=True), night, SHANGHAI) == Opening("open", None, None, "zone")
    shut = Schedule(OFFICE, [Exceptional(FRIDAY)], all_day=True)
    found = scheduled(shut, night, SHANGHAI)
    assert (found.state, found.opens_at) == ("closed", at(FRIDAY + timedelta(days=1), "00:00"))


def test_what_was_said_cuts_a_hole_in_the_spans_or_adds_one():
    planned = spans_of(FRIDAY, 1, Schedule(OFFICE), SHANGHAI)

    def after(state, since, until):
        said = with_live(planned, Live(state, at(FRIDAY, since), at(FRIDAY, until)))
        return [(f"{each.start:%H:%M}", f"{each.end:%H:%M}") for each in said]

    assert after("closed", "13:00", "15:00") == [("09:00", "13:00"), ("15:00", "18:00")]
    assert after("closed", "08:00", "19:00") == []
    assert after("open", "17:00", "20:00") == [("09:00", "20:00")]
    assert after("full", "20:00", "21:00") == [("09:00", "18:00"), ("20:00", "21:00")]


minutes = st.integers(0, 95).map(lambda quarter: time(quarter // 4, quarter % 4 * 15))
days = st.integers(0, 27).map(lambda n: date(2026, 10, 24) + timedelta(days=n))
seasons = st.sampled_from(
    [
        (None, None),
        (None, None),
        (date(2026, 11, 1), None),
        (None, date(2026, 11, 10)),
        (date(2026, 10, 28), date(2026, 11, 15)),
    ]
)
rules = st.lists(
    st.builds(
        lambda weekday, opens, closes, nth, season: Rule(weekday, opens, closes, nth, *season),
        st.integers(0, MAKE_UP_DAY),
        minutes,
        minutes,
        st.sampled_from([0, 0, 0, 1, 2, 5, -1]),
        seasons,
    ),
    max_size=6,
)
exceptions = st.lists(
    st.one_of(st.builds(Exceptional, days), st.builds(Exceptional, days, minutes, minutes)), max_size=3
)
schedules = st.builds(
    Schedule,
    rules,
    exceptions,
    st.sampled_from([False, False, False, True]),
    st.dictionaries(days, st.sampled_from(["holiday", "workday"]), max_size=4),
)
lives = st.one_of(
    st.none(),
    st.builds(
        lambda state, since, hours: Live(state, since, since + timedelta(hours=hours)),
        st.sampled_from(["open", "closed", "full"]),
        st.builds(lambda day, clock: datetime.combine(day, clock, UTC), days, minutes),
        st.integers(1, 36),
    ),
)


def times_by_hand(schedule: Schedule, day: date) -> list:
    """The rows that speak of one day, told again without the code under test."""
    special = [row for row in schedule.exceptions if row.on == day]
    if special:
        return [(row.opens, row.closes) for row in special if row.opens is not None]
    if schedule.all_day:
        return [(time(0), time(0))]
    ordinal, last = (day.day - 1) // 7 + 1, (day + timedelta(days=7)).month != day.month

    def on(weekday):
        fitting = [
            r
            for r in schedule.rules
            if r.weekday == weekday
            and (r.nth in (0, ordinal) or (r.nth == -1 and last))
            and (r.valid_from is None or r.valid_from <= day)
            and (r.valid_until is None or day < r.valid_until)
        ]
        return [r for r in fitting if r.valid_from or r.valid_until] or fitting

    kind = schedule.days_off.get(day)
    chosen = on(7) if kind == "holiday" else on(8) or on(0) if kind == "workday" else on(day.weekday())
    return [(r.opens, r.closes) for r in chosen]


def is_open_by_hand(schedule: Schedule, live, moment: datetime, zone: ZoneInfo) -> bool:
    """Looks at one moment: what was said, or does any span that began today or yesterday hold it?"""
    if live is not None and live.holds(moment):
        return live.state != "closed"
    today = moment.astimezone(zone).date()
    for day in (today, today - timedelta(days=1)):
        for opens, closes in times_by_hand(schedule, day):
            end = day if closes > opens else day + timedelta(days=1)
            start_at = datetime.combine(day, opens, zone).astimezone(UTC)
            end_at = datetime.combine(end, closes, zone).astimezone(UTC)
            if start_at <= moment < end_at:
                return True
    return False


@settings(max_examples=150)
@given(schedules, days, minutes, st.sampled_from([SHANGHAI, NEW_YORK]))
def test_equal_to_looking_at_every_minute(schedule, day, clock, zone):
    """Across midnight, month ends and the end of daylight saving in New York on 2026-11-01."""
    moment = datetime.combine(day, clock, zone).astimezone(UTC)
    found = scheduled(schedule, moment, zone)
    expected = is_open_by_hand(schedule, None, moment, zone)
    assert found.is_open == expected
    if found.until is None:
        return
    step, last = moment, found.until.astimezone(UTC)
    while step < last:
        assert is_open_by_hand(schedule, None, step, zone) == expected
        # Each minute of the first hour and of the last one; nothing can change but on a quarter in between.
        near = step - moment < timedelta(hours=1) or last - step <= timedelta(hours=1)
        step += timedelta(minutes=1 if near else 15)
    assert is_open_by_hand(schedule, None, last, zone) != expected


@settings(max_examples=150)
@given(schedules, lives, days, minutes, st.sampled_from([SHANGHAI, NEW_YORK]))
def test_the_spans_with_what_was_said_are_open_exactly_when_the_door_is(schedule, live, day, clock, zone):
    moment = datetime.combine(day, clock, zone).astimezone(UTC)
    known = with_live(spans_of(day - timedelta(days=2), 5, schedule, zone), live)
    held = any(each.start.timestamp() <= moment.timestamp() < each.end.timestamp() for each in known)
    assert held == is_open_by_hand(schedule, live, moment, zone)
    assert held == opening(schedule, live, moment, zone).is_open
