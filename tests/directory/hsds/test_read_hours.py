"""One schedule row: spans read exactly, or a reason and the row's own words."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.directory.hsds.hours import TIME_COLUMNS, Setting, Span, read_hours
from linli.directory.hsds.remarks import KINDS
from linli.directory.hsds.times import read_offset, read_time

SETTING = Setting.of("America/New_York", date(2026, 11, 22))
NINE, FIVE = time(9), time(17)
COLUMNS = ["name", "weekday", "byday", "freq", "interval", "description", "timezone", *sum(TIME_COLUMNS, ())]


def read(**cells):
    return read_hours(cells, SETTING)


def test_the_setting_knows_both_offsets_of_the_zone():
    assert SETTING.offsets == {"-05:00", "-04:00"}
    assert Setting.of("Asia/Shanghai", date(2026, 1, 1)).offsets == {"+08:00"}


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("9:00AM", time(9)),
        ("9 a.m.", time(9)),
        ("12:30 PM", time(12, 30)),
        ("12:00AM", time(0)),
        ("1pm", time(13)),
        ("17:30", time(17, 30)),
        ("09:00:00", time(9)),
        ("noon", time(12)),
        ("midnight", time(0)),
    ],
)
def test_reads_times(text, moment):
    assert read_time(text) == (moment, "")


@pytest.mark.parametrize(
    "text", ["9:00", "9", "13:00PM", "0:30AM", "24:30", "09:75", "ten", "9:00AM-5:00PM", "9.30am"]
)
def test_refuses_what_is_not_one_time(text):
    assert read_time(text) is None


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("-0500", "-05:00"),
        ("UTC-5", "-05:00"),
        ("z", "+00:00"),
        ("+5:30", "+05:30"),
        ("America/New_York",) * 2,
    ],
)
def test_reads_offsets(text, offset):
    assert read_offset(text) == offset


@pytest.mark.parametrize("pair", TIME_COLUMNS)
def test_times_may_stand_in_any_of_the_columns(pair):
    hours = read(weekday="Tuesday", **dict(zip(pair, ("9:00AM", "5:00PM"), strict=True)))
    assert hours.spans == (Span(1, 0, NINE, FIVE),)
    assert hours.habits == ({"times_in_date_columns"} if pair[0] in ("dtstart", "valid_from") else set())


def test_a_weekday_may_stand_in_the_column_for_the_frequency():
    hours = read(freq="Saturday", valid_from="9:00AM", valid_to="5:00PM")
    assert hours.spans == (Span(5, 0, NINE, FIVE),)
    assert hours.habits == {"weekday_in_freq", "times_in_date_columns"}


def test_two_columns_may_name_the_same_days():
    hours = read(weekday="Friday-Saturday", byday="Friday,Saturday", opens_at="9am", closes_at="5pm")
    assert hours.spans == (Span(4, 0, NINE, FIVE), Span(5, 0, NINE, FIVE))


def test_the_standards_own_form():
    hours = read(freq="WEEKLY", byday="MO,WE", opens_at="09:00-05:00", closes_at="17:00-05:00", timezone="-5")
    assert hours.spans == (Span(0, 0, NINE, FIVE), Span(2, 0, NINE, FIVE))
    hours = read(freq="MONTHLY", byday="-1FR", opens_at="09:00", closes_at="17:00", interval="1")
    assert hours.spans == (Span(4, -1, NINE, FIVE),)
    hours = read(freq="DAILY", opens_at="00:00", closes_at="24:00")
    assert hours.spans == tuple(Span(day, 0, time(0), time(0)) for day in range(7))
    hours = read(freq="DAILY", opens_at="00:00", closes_at="23:59")
    assert hours.spans == tuple(Span(day, 0, time(0), time(0)) for day in range(7))


def test_a_zone_may_be_a_number_of_hours():
    offsets = {
        "8": "+08:00",
        "-5": "-05:00",
        "5.5": "+05:30",
        "-3.5": "-03:30",
        "+9.75": "+09:45",
        "0": "+00:00",
    }
    assert {text: read_offset(text) for text in offsets} == offsets


def test_the_whole_day_and_the_night():
    assert read(weekday="Sunday", dtstart="24 Hours").spans == (Span(6, 0, time(0), time(0)),)
    assert read(weekday="Friday", opens_at="7:00PM", closes_at="7:00AM").spans == (
        Span(4, 0, time(19), time(7)),
    )
    assert read(weekday="Friday", opens_at="7:00PM", closes_at="midnight").spans == (
        Span(4, 0, time(19), time(0)),
    )


@pytest.mark.parametrize(
    ("days", "pause"),
    [
        ("Monday (closed 1-2pm)", (time(13), time(14))),
        ("Monday (Closes daily noon to 1pm)", (time(12), time(13))),
        ("Monday (Closed from 12:30PM-2:00PM)", (time(12, 30), time(14))),
        ("Monday closed 11:30am – 12pm", (time(11, 30), time(12))),
    ],
)
def test_a_break_in_brackets_makes_two_spans(days, pause):
    hours = read(weekday=days, opens_at="9:00AM", closes_at="5:00PM")
    assert hours.spans == (Span(0, 0, NINE, pause[0]), Span(0, 0, pause[1], FIVE))
    assert hours.habits == {"break_in_brackets"}


@pytest.mark.parametrize(
    ("season", "held"),
    [
        ({"valid_from": "2027-06-01", "valid_to": "2027-08-31"}, (date(2027, 6, 1), date(2027, 9, 1))),
        ({"dtstart": "2020-01-01", "until": "2026-12-31T00:00:00"}, (date(2020, 1, 1), date(2027, 1, 1))),
        ({"valid_from": "2027-01-01"}, (date(2027, 1, 1), None)),
        ({"dtstart": "2019-05-01"}, (None, None)),
    ],
)
def test_dates_are_a_season_and_a_beginning_long_ago_is_none(season, held):
    hours = read(weekday="Monday", opens_at="09:00", closes_at="17:00", **season)
    assert hours.spans == (Span(0, 0, NINE, FIVE, *held),)


@pytest.mark.parametrize(
    ("cells", "reason", "words"),
    [
        ({"valid_from": "8:30AM", "valid_to": "5:30PM"}, "days_not_said", "8:30AM – 5:30PM"),
        ({"valid_from": "24 hours"}, "days_not_said", "24 hours"),
        ({"valid_from": "Nights", "valid_to": "Mornings"}, "times_unread", "Nights – Mornings"),
        ({"valid_from": "By appointment"}, "times_unread", "By appointment"),
        ({"weekday": "Monday", "opens_at": "Closed"}, "times_unread", "Monday, Closed"),
        (
            {"name": "Main desk", "weekday": "9:00AM", "dtstart": "5:00PM"},
            "days_unread",
            "Main desk: 9:00AM, 5:00PM",
        ),
        ({"weekday": "Friday", "dtstart": "12:00PM"}, "closing_not_said", "Friday, 12:00PM"),
        ({"weekday": "Friday", "until": "12:00PM"}, "opening_not_said", "Friday, 12:00PM"),
        (
            {"weekday": "Friday", "opens_at": "9:00AM", "closes_at": "9:00AM"},
            "times_equal",
            "Friday, 9:00AM – 9:00AM",
        ),
        (
            {"weekday": "Friday", "opens_at": "9:00AM", "closes_at": "5:00AM"},
            "night_too_long",
            "Friday, 9:00AM – 5:00AM",
        ),
        (
            {"weekday": "Friday", "opens_at": "9:00", "closes_at": "5:00"},
            "times_unread",
            "Friday, 9:00 – 5:00",
        ),
        (
            {"weekday": "Friday", "opens_at": "9:00AM", "closes_at": "5:00PM", "valid_from": "8:00AM"},
            "closing_not_said",
            "Friday, 9:00AM – 5:00PM, 8:00AM",
        ),
        (
            {"weekday": "Friday", "opens_at": "9am", "closes_at": "5pm", "dtstart": "8am", "until": "4pm"},
            "times_disagree",
            "Friday, 9am – 5pm, 8am – 4pm",
        ),
        (
            {"weekday": "Friday", "byday": "MO", "opens_at": "9am", "closes_at": "5pm"},
            "days_disagree",
            "Friday, MO, 9am – 5pm",
        ),
        (
            {"weekday": "Friday (closed 7-8pm)", "opens_at": "9am", "closes_at": "5pm"},
            "break_outside",
            "Friday (closed 7-8pm), 9am – 5pm",
        ),
        (
            {"weekday": "Friday (closed on request - ask)", "opens_at": "9am", "closes_at": "5pm"},
            "days_unread",
            "Friday (closed on request - ask), 9am – 5pm",
        ),
        (
            {"freq": "WEEKLY", "interval": "2", "byday": "FR", "opens_at": "09:00", "closes_at": "17:00"},
            "repetition_unheld",
            "FR, 09:00 – 17:00",
        ),
        (
            {"freq": "WEEKLY", "byday": "2FR", "opens_at": "09:00", "closes_at": "17:00"},
            "repetition_unheld",
            "2FR, 09:00 – 17:00",
        ),
        (
            {"freq": "MONTHLY", "byday": "FR", "opens_at": "09:00", "closes_at": "17:00"},
            "repetition_unheld",
            "FR, 09:00 – 17:00",
        ),
        (
            {"freq": "MONTHLY", "bymonthday": "1", "byday": "FR", "opens_at": "09:00", "closes_at": "17:00"},
            "repetition_unheld",
            "FR, 09:00 – 17:00",
        ),
        ({"byday": "FR", "opens_at": "09:00Z", "closes_at": "17:00Z"}, "other_zone", "FR, 09:00Z – 17:00Z"),
        (
            {"byday": "FR", "opens_at": "09:00", "closes_at": "17:00", "timezone": "Europe/London"},
            "other_zone",
            "FR, 09:00 – 17:00",
        ),
        (
            {"byday": "FR", "opens_at": "09:00", "closes_at": "17:00", "attending_type": "phone"},
            "not_in_person",
            "FR, 09:00 – 17:00",
        ),
        (
            {
                "byday": "FR",
                "opens_at": "09:00",
                "closes_at": "17:00",
                "valid_from": "2027-02-01",
                "valid_to": "2027-01-01",
            },
            "season_backwards",
            "FR, 09:00 – 17:00",
        ),
        (
            {"byday": "FR", "opens_at": "09:00", "closes_at": "17:00", "valid_to": "2019-01-01"},
            "season_over",
            "",
        ),
        ({"description": "Ring the bell."}, "described", "Ring the bell."),
        ({"freq": "MONTHLY", "description": "Ask at the door."}, "described", "Ask at the door."),
        ({"freq": "monday", "name": "Hall"}, "times_not_said", ""),
        ({"name": "Hall"}, "nothing_said", ""),
        ({}, "nothing_said", ""),
    ],
)
def test_what_is_not_exact_keeps_its_words(cells, reason, words):
    hours = read(**cells)
    assert (hours.spans, hours.reason, hours.words) == ((), reason, words)


def test_a_day_the_calendar_does_not_have_is_no_season():
    assert (
        read(weekday="Monday", opens_at="9am", closes_at="5pm", valid_from="2027-02-30").reason
        == "times_unread"
    )


def test_every_reason_has_a_sentence():
    assert all(str(kind.why).endswith((".", "?")) for kind in KINDS.values())


@given(
    st.dictionaries(
        st.sampled_from(COLUMNS),
        st.one_of(
            st.text(max_size=20),
            st.sampled_from(
                [
                    "Monday",
                    "2SA",
                    "9:00AM",
                    "5:00PM",
                    "24 hours",
                    "2026-01-01",
                    "WEEKLY",
                    "1",
                    "Mon - Fri (closed 1-2)",
                ]
            ),
        ),
    )
)
def test_any_row_is_read_or_has_a_reason(cells):
    hours = read_hours(cells, SETTING)
    assert bool(hours.spans) != bool(hours.reason)
    assert hours.reason in {"", *KINDS}


@given(st.sets(st.integers(0, 6), min_size=1), st.times(), st.times())
def test_what_is_written_plainly_is_read_as_written(days, opens, closes):
    opens, closes = opens.replace(second=0, microsecond=0), closes.replace(second=0, microsecond=0)
    codes = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
    cells = {
        "byday": ",".join(codes[day] for day in sorted(days)),
        "opens_at": opens.strftime("%H:%M"),
        "closes_at": closes.strftime("%I:%M %p"),
    }
    hours = read_hours(cells, SETTING)
    assert hours.reason in {"", "times_equal", "night_too_long"}
    if not hours.reason:
        assert hours.spans == tuple(Span(day, 0, opens, closes) for day in sorted(days))
