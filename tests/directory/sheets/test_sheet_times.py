"""Hours as offices write them in a cell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.directory.sheets.faults import Unclear
from linli.directory.sheets.times import read_clock, read_day, read_week, write_day, write_week

NINE_TO_SIX = [0, "09:00", "18:00"]
WORKDAYS = [[day, *NINE_TO_SIX] for day in range(5)]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("9:00-18:00", [NINE_TO_SIX]),
        ("09：00－18：00", [NINE_TO_SIX]),
        ("９：００～１８：００", [NINE_TO_SIX]),
        ("9点-18点", [NINE_TO_SIX]),
        ("9-18点", [NINE_TO_SIX]),
        ("9时至18时", [NINE_TO_SIX]),
        ("9.00-18.00", [NINE_TO_SIX]),
        ("0.375-0.75", [NINE_TO_SIX]),
        ("上午9点到下午6点", [NINE_TO_SIX]),
        ("9am - 6pm", [NINE_TO_SIX]),
        ("9:00 a.m. to 6:00 p.m.", [NINE_TO_SIX]),
        ("9点半-17点45分", [[0, "09:30", "17:45"]]),
        ("下午1:30-5:00", [[0, "13:30", "17:00"]]),
        ("晚上8:00-2:00", [[0, "20:00", "02:00"]]),
        ("22:00-次日2:00", [[0, "22:00", "02:00"]]),
        ("中午12点-下午2点", [[0, "12:00", "14:00"]]),
        ("00:00-24:00", [[0, "00:00", "00:00"]]),
        ("24小时", [[0, "00:00", "00:00"]]),
        ("全天开放", [[0, "00:00", "00:00"]]),
        ("9:00-12:00 13:30-18:00", [[0, "09:00", "12:00"], [0, "13:30", "18:00"]]),
        ("9:00-12:00、13:30-18:00", [[0, "09:00", "12:00"], [0, "13:30", "18:00"]]),
        ("9:00-12:00\n13:30-18:00", [[0, "09:00", "12:00"], [0, "13:30", "18:00"]]),
        ("14:00-16:00#1 14:00-16:00#-1", [[1, "14:00", "16:00"], [-1, "14:00", "16:00"]]),
        ("休息", []),
        ("闭馆", []),
        ("Closed", []),
    ],
)
def test_the_hours_of_a_day(text, spans):
    assert read_day(text) == spans


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "not_hours"),
        ("随时", "not_hours"),
        ("九点到六点", "not_hours"),
        ("9-18", "not_hours"),
        ("1:30-5pm", "not_hours"),
        ("9:00-18:60", "not_hours"),
        ("13pm-14pm", "not_hours"),
        ("9:00", "not_hours"),
        ("2026-11-03", "not_hours"),
        ("9:00-18:00 休息", "not_hours"),
        ("9:00-12:00 12:00-12:00", "same_time"),
        ("9:00-12:00 1:30-5:00", "out_of_order"),
    ],
)
def test_what_could_mean_two_things_is_not_guessed(text, kind):
    with pytest.raises(Unclear) as unclear:
        read_day(text)
    assert unclear.value.kind == kind


@pytest.mark.parametrize(
    ("text", "week"),
    [
        ("周一至周五 9:00-18:00", WORKDAYS),
        ("周一到周五9：00－18：00", WORKDAYS),
        ("星期一至五 9点-18点", WORKDAYS),
        ("周一、二、三、四、五：9:00-18:00", WORKDAYS),
        ("周一二三四五 9:00-18:00", WORKDAYS),
        ("工作日 9:00-18:00，周末休息", WORKDAYS),
        ("周一～周五（9:00-18:00）", WORKDAYS),
        ("Mon-Fri 9am-6pm", WORKDAYS),
        ("Monday to Friday: 09:00 – 18:00", WORKDAYS),
        ("周一至周五 9:00-18:00；周六 10:00-16:00", [*WORKDAYS, [5, 0, "10:00", "16:00"]]),
        ("周一至周五 9:00-18:00, 周六 10:00-16:00", [*WORKDAYS, [5, 0, "10:00", "16:00"]]),
        ("周六至周一 9:00-18:00", [[day, *NINE_TO_SIX] for day in (0, 5, 6)]),
        ("每天 9:00-18:00", [[day, *NINE_TO_SIX] for day in range(7)]),
        ("9:00-18:00", [[day, *NINE_TO_SIX] for day in range(7)]),
        ("周一闭馆，周二至周日 9:00-18:00", [[day, *NINE_TO_SIX] for day in range(1, 7)]),
        ("法定节假日 9:00-18:00；调休日休息；周一9:00-18:00", [[0, *NINE_TO_SIX], [7, *NINE_TO_SIX]]),
        ("周三 14:00-16:00#2", [[2, 2, "14:00", "16:00"]]),
    ],
)
def test_a_week_in_one_cell(text, week):
    assert read_week(text) == week


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("周一至周五", "not_hours"),
        ("周一至周五 9:00-18:00（节假日除外）", "not_hours"),
        ("除周一外 9:00-18:00", "not_hours"),
        ("休息", "not_hours"),
        ("9:00-18:00；周六 10:00-16:00", "days_missing"),
        ("周一 9:00-12:00；周一 8:00-9:00", "out_of_order"),
    ],
)
def test_a_week_that_is_not_understood(text, kind):
    with pytest.raises(Unclear) as unclear:
        read_week(text)
    assert unclear.value.kind == kind


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("9:00", "09:00"),
        ("9：05", "09:05"),
        ("9点半", "09:30"),
        ("下午5点", "17:00"),
        ("9pm", "21:00"),
        ("24:00", "00:00"),
    ],
)
def test_a_single_time(text, clock):
    assert read_clock(text) == clock


@pytest.mark.parametrize("text", ["9", "25:00", "9:60", "noon", "0:00am"])
def test_no_time(text):
    with pytest.raises(Unclear):
        read_clock(text)


clocks = st.tuples(st.integers(0, 23), st.integers(0, 59)).map(lambda at: f"{at[0]:02}:{at[1]:02}")


@st.composite
def days(draw):
    """Spans as the directory may hold them: each begins after the one ahead, and may end on the next day."""
    found = []
    for nth in draw(st.lists(st.sampled_from([-1, 0, 1, 3]), unique=True, min_size=1)):
        for opens in sorted(draw(st.lists(clocks, unique=True, min_size=1, max_size=3))):
            closes = draw(clocks.filter(lambda closes, opens=opens: closes != opens))
            found.append([nth, opens, closes])
    return sorted(found)


@given(days())
def test_a_day_is_read_as_it_was_written(spans):
    assert sorted(read_day(write_day(spans))) == spans


@given(st.dictionaries(st.integers(0, 8), days(), min_size=1), st.sampled_from(["zh-hans", "en"]))
def test_a_week_is_read_as_it_was_written(by_day, language):
    week = sorted([day, *span] for day, spans in by_day.items() for span in spans)
    assert read_week(write_week(week, language)) == week


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    for read in (read_day, read_week, read_clock):
        try:
            read(text)
        except Unclear:
            continue
