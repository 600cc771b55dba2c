"""Days as people write them; what could mean two things is not read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.directory.hsds.days import NAMES, UnreadDays, is_weekday, read_days

MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
EVERY_DAY = {(day, 0) for day in range(7)}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Monday", {(MON, 0)}),
        ("sundays", {(SUN, 0)}),
        ("Monday - Friday", {(day, 0) for day in range(5)}),
        ("Monday-Friday", {(day, 0) for day in range(5)}),
        ("Mon – Wed, Fri", {(MON, 0), (TUE, 0), (WED, 0), (FRI, 0)}),
        ("Mon - Tue & Thur - Fri", {(MON, 0), (TUE, 0), (THU, 0), (FRI, 0)}),
        ("Monday, Wed-Thur", {(MON, 0), (WED, 0), (THU, 0)}),
        ("Tuesday and Thursday", {(TUE, 0), (THU, 0)}),
        ("Monday through Wednesday", {(MON, 0), (TUE, 0), (WED, 0)}),
        ("Friday to Monday", {(FRI, 0), (SAT, 0), (SUN, 0), (MON, 0)}),
        ("Sunday - Saturday", EVERY_DAY),
        ("daily", EVERY_DAY),
        ("Friday,Saturday", {(FRI, 0), (SAT, 0)}),
        ("MO,WE", {(MON, 0), (WED, 0)}),
        ("Second Saturday", {(SAT, 2)}),
        ("2nd & 4th Wednesday", {(WED, 2), (WED, 4)}),
        ("First, second, and fourth Tuesday of the month", {(TUE, 1), (TUE, 2), (TUE, 4)}),
        ("Last Thursday of each month", {(THU, -1)}),
        ("First Monday and third Friday", {(MON, 1), (FRI, 3)}),
        ("2SA", {(SAT, 2)}),
        ("-1TH,+1MO", {(THU, -1), (MON, 1)}),
        ("4TH", {(THU, 4)}),
        ("5TH,1TH", {(THU, 5), (THU, 1)}),
    ],
)
def test_reads_days(text, days):
    assert read_days(text) == days


@pytest.mark.parametrize(
    "text",
    [
        "",
        "9:00AM",
        "Monday,",
        "Monday and",
        "Monday Friday",
        "Mon - Wed - Fri",
        "Monday - Monday",
        "First Monday, Wednesday",
        "First Monday - Friday",
        "first",
        "sixth Monday",
        "6MO",
        "0MO",
        "-2MO",
        "M-F",
        "weekdays",
        "Monday?",
        "by appointment",
    ],
)
def test_refuses_what_could_mean_something_else(text):
    with pytest.raises(UnreadDays):
        read_days(text)


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text):
    try:
        assert read_days(text) <= {(day, nth) for day in range(7) for nth in range(-1, 6)}
    except UnreadDays:
        assert not is_weekday(text)


@given(st.sets(st.integers(0, 6), min_size=1), st.sampled_from([", ", " & ", " and ", ","]))
def test_a_list_names_just_its_days(days, comma):
    assert read_days(comma.join(NAMES[day].title() for day in sorted(days))) == {(day, 0) for day in days}


@given(st.integers(0, 6), st.integers(1, 6), st.sampled_from([" - ", "-", " to ", " – "]))
def test_a_range_runs_forward_through_the_week(start, steps, dash):
    text = dash.join((NAMES[start][:3], NAMES[(start + steps) % 7]))
    assert read_days(text) == {((start + step) % 7, 0) for step in range(steps + 1)}
