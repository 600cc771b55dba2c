"""Open now, until when, opens at: told as examples, then held against an oracle that looks at every minute."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from linli.directory.hours import Opening, opening, scheduled

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
    assert scheduled(OFFICE, [], at(FRIDAY, "10:00"), SHANGHAI) == Opening(
        "open", at(FRIDAY, "18:00"), None, "weekly"
    )


def test_closed_on_friday_evening_opens_on_monday():
    monday = FRIDAY + timedelta(days=3)
    expected = Opening("closed", at(monday, "09:00"), at(monday, "09:00"), "weekly")
    assert scheduled(OFFICE, [], at(FRIDAY, "18:00"), SHANGHAI) == expected


def test_a_lunch_break_closes_the_door():
    broken = [Rule(4, time(9), time(12)), Rule(4, time(13, 30), time(18))]
    expected = Opening("closed", at(FRIDAY, "13:30"), at(FRIDAY, "13:30"), "weekly")
    assert scheduled(broken, [], at(FRIDAY, "12:10"), SHANGHAI) == expected


def test_a_night_stop_is_open_past_midnight():
    night = [Rule(4, time(20), time(2))]
    saturday = FRIDAY + timedelta(days=1)
    assert scheduled(night, [], at(saturday, "01:30"), SHANGHAI).until == at(saturday, "02:00")


def test_open_around_the_clock_has_no_end_in_sight():
    always = [Rule(day, time(0), time(0)) for day in range(7)]
    assert scheduled(always, [], at(FRIDAY, "03:00"), SHANGHAI) == Opening("open", None, None, "weekly")


def test_the_second_saturday_of_the_month():
    second = [Rule(5, time(9), time(12), nth=2)]
    expected = at(date(2026, 12, 12), "09:00")
    assert scheduled(second, [], at(date(2026, 11, 28), "10:00"), SHANGHAI).opens_at == expected


def test_an_exception_goes_before_the_weekly_rule():
    closed = [Exceptional(FRIDAY)]
    found = scheduled(OFFICE, closed, at(FRIDAY, "10:00"), SHANGHAI)
    assert (found.state, found.opens_at, found.basis) == (
        "closed",
        at(FRIDAY + timedelta(days=3), "09:00"),
        "exception",
    )


def test_a_season_goes_before_the_weekly_rule():
    summer = [*OFFICE, Rule(4, time(7), time(11), valid_from=FRIDAY, valid_until=FRIDAY + timedelta(days=1))]
    assert scheduled(summer, [], at(FRIDAY, "07:30"), SHANGHAI).until == at(FRIDAY, "11:00")


def test_unknown_hours_are_not_closed_hours():
    assert scheduled([], [], at(FRIDAY, "10:00"), SHANGHAI) == Opening("unknown", None, None, "none")


def test_what_the_station_said_goes_before_everything():
    live = Live("closed", at(FRIDAY, "13:00"), at(FRIDAY, "15:00"))
    expected = Opening("closed", at(FRIDAY, "15:00"), at(FRIDAY, "15:00"), "live")
    assert opening(OFFICE, [], live, at(FRIDAY, "14:00"), SHANGHAI) == expected


def test_what_the_station_said_lapses_by_itself():
    live = Live("closed", at(FRIDAY, "13:00"), at(FRIDAY, "15:00"))
    assert opening(OFFICE, [], live, at(FRIDAY, "15:00"), SHANGHAI).state == "open"


def test_closed_until_after_closing_time_opens_the_next_day():
    live = Live("closed", at(FRIDAY, "17:00"), at(FRIDAY, "19:00"))
    assert opening(OFFICE, [], live, at(FRIDAY, "17:30"), SHANGHAI).opens_at == at(
        FRIDAY + timedelta(days=3), "09:00"
    )


minutes = st.integers(0, 95).map(lambda quarter: time(quarter // 4, quarter % 4 * 15))
rules = st.lists(
    st.builds(Rule, st.integers(0, 6), minutes, minutes, st.sampled_from([0, 0, 0, 1, 2, 5, -1])), max_size=5
)
days = st.integers(0, 27).map(lambda n: date(2026, 10, 24) + timedelta(days=n))
exceptions = st.lists(
    st.one_of(st.builds(Exceptional, days), st.builds(Exceptional, days, minutes, minutes)), max_size=3
)


def is_open_by_hand(rules, exceptions, moment: datetime, zone: ZoneInfo) -> bool:
    """Looks at one moment: does any span that began today or yesterday hold it?"""
    today = moment.astimezone(zone).date()
    for day in (today, today - timedelta(days=1)):
        special = [e for e in exceptions if e.on == day]
        ordinal, last = (day.day - 1) // 7 + 1, (day + timedelta(days=7)).month != day.month
        weekly = [
            r
            for r in rules
            if r.weekday == day.weekday() and (r.nth in (0, ordinal) or (r.nth == -1 and last))
        ]
        for row in special or weekly:
            if row.opens is None:
                continue
            end = day if row.closes > row.opens else day + timedelta(days=1)
            start_at = datetime.combine(day, row.opens, zone).astimezone(UTC)
            end_at = datetime.combine(end, row.closes, zone).astimezone(UTC)
            if start_at <= moment < end_at:
                return True
    return False


@settings(max_examples=150, deadline=None)
@given(rules, exceptions, days, minutes, st.sampled_from([SHANGHAI, NEW_YORK]))
def test_equal_to_looking_at_every_quarter_of_an_hour(rules, exceptions, day, clock, zone):
    """Across midnight, month ends and the end of daylight saving in New York on 2026-11-01."""
    moment = datetime.combine(day, clock, zone).astimezone(UTC)
    found = scheduled(rules, exceptions, moment, zone)
    expected = is_open_by_hand(rules, exceptions, moment, zone)
    assert found.is_open == expected
    if found.until is None:
        return
    step = moment
    while step < found.until.astimezone(UTC):
        assert is_open_by_hand(rules, exceptions, step, zone) == expected
        step += timedelta(minutes=15)
    assert is_open_by_hand(rules, exceptions, found.until.astimezone(UTC), zone) != expected
