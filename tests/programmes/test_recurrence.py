"""A series' rule: its days against a definition of each form, RRULE both ways, words, clocks that change, holidays."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from linli.kit.rules import Problem
from linli.kit.workdays import Calendar
from linli.programmes.recurrence import (
    LAST,
    Rule,
    in_words,
    occurrences,
    read_rrule,
    to_rrule,
    without_holidays,
)


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)
SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
NEW_YEAR = date(2027, 1, 1)
FIRST = datetime(2026, 11, 15, 19, tzinfo=SHANGHAI)
ONE_DAY = timedelta(days=1)


def week(*weekdays, interval=1, **more):
    return Rule("week", interval, weekdays, **more)


def month_day(interval=1, **more):
    return Rule("month_day", interval, **more)


def month_weekday(nth, weekday, interval=1, **more):
    return Rule("month_weekday", interval, (weekday,), nth, **more)


# Words


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (week(SATURDAY), "Every Saturday"),
        (week(WEDNESDAY, MONDAY), "Every Monday and Wednesday"),
        (week(FRIDAY, MONDAY, WEDNESDAY), "Every Monday, Wednesday and Friday"),
        (week(SATURDAY, interval=2), "Every 2 weeks on Saturday"),
        (week(TUESDAY, THURSDAY, interval=3), "Every 3 weeks on Tuesday and Thursday"),
        (week(MONDAY, until=NEW_YEAR), "Every Monday, until 1 January 2027"),
        (week(SUNDAY, interval=12, until=NEW_YEAR), "Every 12 weeks on Sunday, until 1 January 2027"),
        (month_day(), "On day 15 of every month"),
        (month_day(until=NEW_YEAR), "On day 15 of every month, until 1 January 2027"),
        (month_day(3), "Every 3 months on day 15"),
        (month_day(3, until=NEW_YEAR), "Every 3 months on day 15, until 1 January 2027"),
        (month_weekday(1, MONDAY), "On the first Monday of every month"),
        (month_weekday(2, SATURDAY), "On the second Saturday of every month"),
        (month_weekday(3, SUNDAY), "On the third Sunday of every month"),
        (month_weekday(4, TUESDAY, 2), "Every 2 months on the fourth Tuesday"),
        (month_weekday(LAST, FRIDAY), "On the last Friday of every month"),
        (
            month_weekday(LAST, FRIDAY, until=NEW_YEAR),
            "On the last Friday of every month, until 1 January 2027",
        ),
        (
            month_weekday(2, FRIDAY, 6, until=NEW_YEAR),
            "Every 6 months on the second Friday, until 1 January 2027",
        ),
    ],
)
def test_a_rule_in_words(rule, words):
    with override("en"):
        assert in_words(rule, FIRST.date()) == words


def test_without_a_first_session_a_day_of_the_month_has_no_number():
    with override("en"):
        assert in_words(month_day()) == "On the same day of every month"
        assert in_words(month_day(2)) == "Every 2 months on the same day"
        assert in_words(week(MONDAY)) == "Every Monday"


# What is no rule


@pytest.mark.parametrize(
    "parts",
    [
        ("week", 0, (MONDAY,)),
        ("week", 13, (MONDAY,)),
        ("week", -1, (MONDAY,)),
        ("week", 1, ()),
        ("week", 1, (7,)),
        ("week", 1, (MONDAY,), 2),
        ("month_day", 1, (MONDAY,)),
        ("month_day", 1, (), 1),
        ("month_weekday", 1, (MONDAY,)),
        ("month_weekday", 1, (MONDAY,), 5),
        ("month_weekday", 1, (MONDAY,), -2),
        ("month_weekday", 1, (MONDAY, FRIDAY), 1),
        ("month_weekday", 1, (), 1),
        ("year", 1),
    ],
)
def test_parts_that_make_no_form_are_a_problem(parts):
    with pytest.raises(Problem) as problem:
        Rule(*parts)
    with override("en"):
        assert str(problem.value).startswith(("Please ", "This ")) and str(problem.value).endswith(".")


def test_weekdays_are_kept_in_order_and_once():
    assert week(SUNDAY, MONDAY, SUNDAY) == week(MONDAY, SUNDAY)


# RRULE


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (week(SATURDAY), "FREQ=WEEKLY;BYDAY=SA"),
        (week(*range(7)), "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU"),
        (
            week(MONDAY, WEDNESDAY, interval=2, until=NEW_YEAR),
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;UNTIL=20270101T155959Z;WKST=MO",
        ),
        (month_day(), "FREQ=MONTHLY;BYMONTHDAY=15"),
        (month_day(3), "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15;WKST=MO"),
        (month_day(until=NEW_YEAR), "FREQ=MONTHLY;BYMONTHDAY=15;UNTIL=20270101T155959Z"),
        (month_weekday(2, SATURDAY), "FREQ=MONTHLY;BYDAY=2SA"),
        (month_weekday(LAST, FRIDAY, 12), "FREQ=MONTHLY;INTERVAL=12;BYDAY=-1FR;WKST=MO"),
    ],
)
def test_a_rule_as_rrule_and_back(rule, text):
    assert to_rrule(rule, FIRST) == text
    assert read_rrule(text, SHANGHAI) == read_rrule(text, SHANGHAI, FIRST) == rule


def test_until_is_the_end_of_the_day_where_the_series_is():
    rule = week(MONDAY, until=date(2026, 7, 1))
    for zone, end in [(BERLIN, "20260701T215959Z"), (ZoneInfo("America/New_York"), "20260702T035959Z")]:
        text = to_rrule(rule, datetime(2026, 1, 5, 19, tzinfo=zone))
        assert text == f"FREQ=WEEKLY;BYDAY=MO;UNTIL={end}"
        assert read_rrule(text, zone) == rule


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("byday=sa;freq=weekly", week(SATURDAY)),
        (" WKST=SU;FREQ=WEEKLY;INTERVAL=1;BYDAY=WE,MO ", week(MONDAY, WEDNESDAY)),
        ("FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=MO,SA", week(MONDAY, SATURDAY, interval=2)),
        ("FREQ=WEEKLY", week(SUNDAY)),
        ("FREQ=MONTHLY", month_day()),
        ("FREQ=MONTHLY;BYDAY=+2SA;INTERVAL=02", month_weekday(2, SATURDAY, 2)),
        ("FREQ=WEEKLY;BYDAY=FR;UNTIL=20270101", week(FRIDAY, until=NEW_YEAR)),
        ("FREQ=WEEKLY;BYDAY=FR;UNTIL=20270101T190000", week(FRIDAY, until=NEW_YEAR)),
        ("FREQ=WEEKLY;BYDAY=FR;UNTIL=20270101T110000Z", week(FRIDAY, until=NEW_YEAR)),
        ("FREQ=WEEKLY;BYDAY=FR;UNTIL=20270101T105959Z", week(FRIDAY, until=date(2026, 12, 31))),
        ("FREQ=WEEKLY;BYDAY=FR;UNTIL=20270101T000000Z", week(FRIDAY, until=date(2026, 12, 31))),
    ],
)
def test_other_ways_to_write_our_forms(text, rule):
    assert read_rrule(text, SHANGHAI, FIRST) == rule


@pytest.mark.parametrize(
    "text",
    [
        "",
        "every Monday",
        "FREQ=WEEKLY",
        "FREQ=DAILY",
        "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1",
        "FREQ=WEEKLY;BYDAY=MO;COUNT=10",
        "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9",
        "FREQ=WEEKLY;BYDAY=MO;BYDAY=TU",
        "FREQ=WEEKLY;BYDAY=MO;",
        "FREQ=WEEKLY;BYDAY=1MO",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;BYDAY=MO;INTERVAL=0",
        "FREQ=WEEKLY;BYDAY=MO;INTERVAL=13",
        "FREQ=WEEKLY;BYDAY=MO;INTERVAL=２",
        "FREQ=WEEKLY;BYDAY=MO;UNTIL=20270230",
        "FREQ=WEEKLY;BYDAY=MO;UNTIL=99991231T235959Z",
        "FREQ=WEEKLY;BYDAY=SA,SU;INTERVAL=2;WKST=SU",
        "FREQ=MONTHLY;BYDAY=MO",
        "FREQ=MONTHLY;BYDAY=5MO",
        "FREQ=MONTHLY;BYDAY=0MO",
        "FREQ=MONTHLY;BYDAY=1MO,3MO",
        "FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=1",
        "FREQ=MONTHLY;BYMONTHDAY=-1",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=MONTHLY;BYMONTHDAY=1,15",
        "RRULE:FREQ=WEEKLY;BYDAY=MO",
    ],
)
def test_forms_that_are_not_ours_are_a_problem(text):
    with pytest.raises(Problem) as problem:
        read_rrule(text, SHANGHAI)
    with override("en"):
        assert str(problem.value).endswith(".")


def test_a_day_of_the_month_is_that_of_the_first_session():
    with override("en"), pytest.raises(Problem, match="day 14 of the month"):
        read_rrule("FREQ=MONTHLY;BYMONTHDAY=14", SHANGHAI, FIRST)


# Days


@pytest.mark.parametrize(
    ("rule", "first", "days"),
    [
        (month_day(), date(2026, 1, 31), ["2026-01-31", "2026-03-31", "2026-05-31", "2026-07-31"]),
        (month_day(), date(2027, 12, 30), ["2027-12-30", "2028-01-30", "2028-03-30", "2028-04-30"]),
        (month_day(12), date(2024, 2, 29), ["2024-02-29", "2028-02-29", "2032-02-29", "2036-02-29"]),
        (
            month_weekday(LAST, FRIDAY),
            date(2026, 1, 30),
            ["2026-01-30", "2026-02-27", "2026-03-27", "2026-04-24"],
        ),
        (week(SUNDAY, MONDAY, interval=2), date(2026, 12, 27), ["2026-12-27", "2027-01-04", "2027-01-10"]),
    ],
)
def test_days_by_hand(rule, first, days):
    assert list(islice(rule.days(first, date(2040, 1, 1)), len(days))) == [
        date.fromisoformat(day) for day in days
    ]


def test_a_first_day_that_does_not_fit_is_none():
    wednesday = date(2026, 11, 11)
    assert list(week(MONDAY).days(wednesday, wednesday + timedelta(days=7))) == [date(2026, 11, 16)]


def test_until_holds_on_the_day_itself_and_nothing_lies_before_the_first():
    friday = date(2026, 12, 25)
    assert list(week(FRIDAY, until=NEW_YEAR).days(friday, date(2028, 1, 1))) == [friday, NEW_YEAR]
    assert list(week(FRIDAY).days(friday, NEW_YEAR)) == [friday, NEW_YEAR]
    assert list(week(FRIDAY).days(friday, friday - ONE_DAY)) == []
    assert list(week(FRIDAY, until=date(2020, 1, 1)).days(friday, NEW_YEAR)) == []


intervals = st.integers(1, 12)
weekdays = st.integers(MONDAY, SUNDAY)
shapes = st.one_of(
    st.builds(lambda n, days: Rule("week", n, tuple(days)), intervals, st.sets(weekdays, min_size=1)),
    st.builds(month_day, intervals),
    st.builds(month_weekday, st.sampled_from([1, 2, 3, 4, LAST]), weekdays, intervals),
)
edges = [
    date(2024, 2, 29),
    date(2025, 12, 29),
    date(2026, 1, 31),
    date(2026, 12, 31),
    date(2027, 1, 1),
    date(2028, 2, 28),
]
firsts = st.one_of(st.sampled_from(edges), st.dates(date(2023, 1, 1), date(2032, 12, 31)))
stretches = st.integers(-3, 1500).map(lambda days: timedelta(days=days))


def begins(rule, first, day):
    """By definition: does one begin on this day? Neither `until` nor `skip` is asked."""
    if rule.every == "week":
        monday = first - first.weekday() * ONE_DAY
        return day.weekday() in rule.weekdays and (day - monday).days // 7 % rule.interval == 0
    if ((day.year - first.year) * 12 + day.month - first.month) % rule.interval:
        return False
    if rule.every == "month_day":
        return day.day == first.day
    if rule.nth == LAST:
        return day.weekday() == rule.weekdays[0] and (day + 7 * ONE_DAY).month != day.month
    return day.weekday() == rule.weekdays[0] and (day.day + 6) // 7 == rule.nth


def every_day(first, until):
    return [first + n * ONE_DAY for n in range((until - first).days + 1)]


@given(shapes, firsts, stretches, st.none() | stretches, st.data())
def test_days_are_those_that_the_definition_names(shape, first, stretch, ends, data):
    until, last = first + stretch, None if ends is None else first + ends
    fitting = [day for day in every_day(first, until) if begins(shape, first, day)]
    near = st.sampled_from(fitting) | firsts if fitting else firsts
    skip = data.draw(st.frozensets(near, max_size=5))
    rule = Rule(shape.every, shape.interval, shape.weekdays, shape.nth, last, skip)
    expected = [day for day in fitting if day not in skip and (last is None or day <= last)]
    assert list(rule.days(first, until)) == expected


zones = st.sampled_from(
    [
        "Asia/Shanghai",
        "Europe/Berlin",
        "America/New_York",
        "Australia/Lord_Howe",
        "Pacific/Kiritimati",
        "Asia/Kathmandu",
    ]
).map(ZoneInfo)
clocks = st.times().map(lambda at: at.replace(microsecond=0))


@given(shapes, firsts, clocks, zones, st.none() | firsts)
def test_any_rule_comes_back_from_its_rrule(shape, first, at, zone, last):
    rule = Rule(shape.every, shape.interval, shape.weekdays, shape.nth, last)
    starts_at = datetime.combine(first, at, zone)
    assert read_rrule(to_rrule(rule, starts_at), zone) == rule


@given(
    st.text(max_size=60)
    | st.lists(
        st.sampled_from(
            [
                "FREQ=WEEKLY",
                "FREQ=MONTHLY",
                "BYDAY=MO",
                "BYDAY=2SA",
                "BYMONTHDAY=9",
                "INTERVAL=2",
                "UNTIL=20270101T000000Z",
                "X=1",
            ]
        )
    ).map(";".join)
)
def test_any_text_is_a_rule_or_a_problem(text):
    try:
        rule = read_rrule(text, SHANGHAI)
    except Problem:
        return
    assert read_rrule(to_rrule(rule, FIRST), SHANGHAI) == rule


# Clocks


def test_seven_in_the_evening_stays_seven_in_the_evening():
    first = datetime(2026, 3, 22, 19, tzinfo=BERLIN)
    found = list(occurrences(week(SUNDAY), first, BERLIN, date(2026, 11, 1)))
    assert found[0] == first and found[-1].date() == date(2026, 11, 1) and len(found) == 33
    assert {moment.time() for moment in found} == {time(19)}
    assert {moment.tzinfo for moment in found} == {BERLIN}
    in_utc = {moment.date().isoformat(): moment.astimezone(UTC).hour for moment in found}
    assert [in_utc[day] for day in ("2026-03-22", "2026-03-29", "2026-10-18", "2026-10-25")] == [
        18,
        17,
        17,
        18,
    ]


def test_where_clocks_do_not_change_utc_does_not_either():
    first = datetime(2026, 1, 3, 19, tzinfo=SHANGHAI)
    found = list(occurrences(week(SATURDAY), first, SHANGHAI, date(2026, 12, 31)))
    assert len(found) == 52
    assert {moment.astimezone(UTC).time() for moment in found} == {time(11)}


def test_a_time_that_spring_leaves_out_moves_forward():
    first = datetime(2026, 3, 22, 2, 30, tzinfo=BERLIN)
    found = occurrences(week(SUNDAY), first, BERLIN, date(2026, 4, 5))
    assert [moment.isoformat() for moment in found] == [
        "2026-03-22T02:30:00+01:00",
        "2026-03-29T03:30:00+02:00",
        "2026-04-05T02:30:00+02:00",
    ]


@pytest.mark.parametrize("fold", [0, 1])
def test_of_a_time_that_comes_twice_in_autumn_it_is_the_first(fold):
    first = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=fold)
    found = occurrences(week(SUNDAY), first, BERLIN, date(2027, 3, 28))
    moments = [moment.isoformat() for moment in found]
    assert moments[:2] == ["2026-10-25T02:30:00+02:00", "2026-11-01T02:30:00+01:00"]
    assert moments[-1] == "2027-03-28T03:30:00+02:00"


def test_the_day_is_that_of_the_zone():
    friday_in_utc = datetime(2026, 1, 2, 17, tzinfo=UTC)
    found = list(occurrences(week(SATURDAY), friday_in_utc, SHANGHAI, date(2026, 1, 10)))
    assert found == [datetime(2026, 1, day, 1, tzinfo=SHANGHAI) for day in (3, 10)]


@given(shapes, firsts, clocks, zones, stretches)
def test_every_day_of_the_rule_has_one_moment(shape, first, at, zone, stretch):
    """At its time of day; only where the clocks leave that out, it is up to an hour later."""
    starts_at = datetime.combine(first, at, zone)
    shown = starts_at.astimezone(UTC).astimezone(zone)
    found = list(occurrences(shape, starts_at, zone, first + stretch))
    days = list(shape.days(shown.date(), first + stretch))
    assert [moment.date() for moment in found] == days and found == sorted(found)
    late = {moment.replace(tzinfo=None) - datetime.combine(moment.date(), shown.time()) for moment in found}
    assert late <= {timedelta(), timedelta(minutes=30), timedelta(hours=1)}


# Holidays

OFF = {date(2026, 10, day): False for day in range(1, 8)} | {
    date(2026, 2, day): False for day in range(15, 24)
}
MAKE_UP = {date(2026, 2, 14): True, date(2026, 2, 28): True, date(2026, 10, 10): True}
HOLIDAYS = Calendar({2026: "official"}, OFF | MAKE_UP)


def test_public_holidays_are_left_out():
    thursdays = week(THURSDAY).days(date(2026, 9, 24), date(2026, 10, 15))
    assert [day.isoformat() for day in without_holidays(thursdays, HOLIDAYS)] == [
        "2026-09-24",
        "2026-10-08",
        "2026-10-15",
    ]
    whole_week = week(*range(5)).days(date(2026, 10, 1), date(2026, 10, 9))
    assert [day.day for day in without_holidays(whole_week, HOLIDAYS)] == [8, 9]


def test_a_saturday_stays_whether_or_not_it_is_worked_unless_it_is_a_holiday():
    saturdays = list(week(SATURDAY).days(date(2026, 9, 26), date(2026, 10, 17)))
    assert [day.isoformat() for day in without_holidays(saturdays, HOLIDAYS)] == [
        "2026-09-26",
        "2026-10-10",
        "2026-10-17",
    ]


def test_a_make_up_workday_that_the_rule_does_not_name_is_not_added():
    fridays = week(FRIDAY).days(date(2026, 10, 2), date(2026, 10, 16))
    assert [day.day for day in without_holidays(fridays, HOLIDAYS)] == [9, 16]


def test_days_of_an_unknown_year_are_kept():
    days = list(week(SATURDAY, SUNDAY, FRIDAY).days(NEW_YEAR, date(2027, 12, 31)))
    assert list(without_holidays(days, HOLIDAYS)) == days
