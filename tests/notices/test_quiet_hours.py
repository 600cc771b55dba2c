"""Quiet hours against counting minute by minute, over zones whose clocks are changed at odd hours."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from linli.notices.rules import after_quiet, is_quiet

SHANGHAI = ZoneInfo("Asia/Shanghai")
# Changes at 2:00, at midnight, by half an hour, at 1:00 UTC, of a whole day (Apia 2011), and none at all.
ZONES = [
    "Asia/Shanghai",
    "Europe/Berlin",
    "America/New_York",
    "America/Havana",
    "America/Sao_Paulo",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Asia/Beirut",
    "Pacific/Apia",
    "Asia/Kathmandu",
]
clocks = st.integers(0, 24 * 60 - 1).map(lambda minute: time(minute // 60, minute % 60))
START, END = datetime(2008, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)
moments = st.integers(0, int((END - START).total_seconds())).map(
    lambda seconds: START + timedelta(seconds=seconds)
)


def changes(zone: str) -> list[datetime]:
    """Every day from 2008 to 2030 after which the zone's offset is another."""
    place, found = ZoneInfo(zone), []
    day = START
    while day < END:
        following = day + timedelta(days=1)
        if day.astimezone(place).utcoffset() != following.astimezone(place).utcoffset():
            found.append(day)
        day = following
    return found


CHANGES = {zone: changes(zone) or [datetime(2020, 1, 1, tzinfo=UTC)] for zone in ZONES}
near_changes = st.sampled_from(ZONES).flatmap(
    lambda zone: st.tuples(
        st.just(zone),
        st.sampled_from(CHANGES[zone]).flatmap(
            lambda day: st.integers(-36 * 60, 48 * 60).map(lambda minutes: day + timedelta(minutes=minutes))
        ),
    )
)


def by_counting(moment, start, end, zone):
    """The first moment that is not quiet, one minute of the real time after the other."""
    while is_quiet(moment, start, end, zone):
        moment = moment.replace(second=0, microsecond=0) + timedelta(minutes=1)
    return moment


@given(st.sampled_from(ZONES), moments, clocks, clocks)
@settings(max_examples=300, deadline=None)
def test_the_end_of_the_quiet_hours_is_the_first_minute_that_is_not_quiet(zone, moment, start, end):
    place = ZoneInfo(zone)

    assert after_quiet(moment, start, end, place) == by_counting(moment, start, end, place)


@given(near_changes, clocks, clocks)
@example(("Europe/Berlin", datetime(2026, 3, 29, 0, tzinfo=UTC)), time(21), time(2, 30))
@example(("Europe/Berlin", datetime(2026, 10, 24, 23, 30, tzinfo=UTC)), time(21), time(2, 30))
@example(("Europe/Berlin", datetime(2026, 10, 25, 1, 10, tzinfo=UTC)), time(21), time(2, 30))
@example(("Pacific/Apia", datetime(2011, 12, 30, 8, tzinfo=UTC)), time(21), time(8))
@settings(max_examples=500, deadline=None)
def test_also_in_the_night_the_clocks_are_changed(zone_and_moment, start, end):
    zone, moment = zone_and_moment
    place = ZoneInfo(zone)

    assert after_quiet(moment, start, end, place) == by_counting(moment, start, end, place)


@pytest.mark.parametrize(
    ("clock", "quiet_until"),
    [
        ("20:59:59", None),
        ("21:00:00", "08:00 tomorrow"),
        ("23:59:59", "08:00 tomorrow"),
        ("00:00:00", "08:00 today"),
        ("07:59:59", "08:00 today"),
        ("08:00:00", None),
    ],
)
def test_nine_in_the_evening_until_eight_in_the_morning(clock, quiet_until):
    moment = datetime.combine(date(2026, 11, 23), time.fromisoformat(clock), SHANGHAI)
    ends = {
        None: moment,
        "08:00 today": datetime(2026, 11, 23, 8, tzinfo=SHANGHAI),
        "08:00 tomorrow": datetime(2026, 11, 24, 8, tzinfo=SHANGHAI),
    }

    assert after_quiet(moment, time(21), time(8), SHANGHAI) == ends[quiet_until]


def test_equal_times_mean_no_quiet_hours():
    moment = datetime(2026, 11, 23, 3, tzinfo=SHANGHAI)

    assert after_quiet(moment, time(3), time(3), SHANGHAI) == moment


def test_a_nap_at_noon_is_possible_too():
    moment = datetime(2026, 11, 23, 12, 30, tzinfo=SHANGHAI)

    assert after_quiet(moment, time(12), time(14), SHANGHAI) == datetime(2026, 11, 23, 14, tzinfo=SHANGHAI)
