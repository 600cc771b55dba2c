"""A series: written eight weeks ahead, each session a row of its own; it never stops in silence."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from linli.areas.models import UnitVersion
from linli.kit.rules import Problem
from linli.notices.actions import follow
from linli.people.models import Role
from linli.programmes.actions import (
    begin_series,
    cancel_session,
    change_series,
    change_session,
    end_series,
    extend_series,
)
from linli.programmes.actions.series import planned_of
from linli.programmes.actions.sessions import Planned
from linli.programmes.deeds import write_series_ahead
from linli.programmes.models import Host, Series, Session
from linli.programmes.recurrence import Rule
from tests.factories import make_programme, make_role, make_sign_up, make_station
from tests.programmes.people import SHANGHAI, everybody, staff, told, who_may

# A Monday; the eight weeks end on the 2nd of November, with the holidays of October between.
NOON = datetime(2026, 9, 7, 12, tzinfo=SHANGHAI)
SATURDAY = datetime(2026, 9, 12, 9, tzinfo=SHANGHAI)
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)
SATURDAYS, SUNDAYS = Rule("week", 1, (5,)), Rule("week", 1, (6,))
EIGHT = ["09-12", "09-19", "09-26", "10-03", "10-10", "10-17", "10-24", "10-31"]
RUNNING_OUT, WITHOUT_HOST = "programmes.series_running_out", "programmes.series_without_host"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def programme(town):
    return make_programme(town.tower.unit, en="Weekend ride")


def planned(starts_at=SATURDAY, **fields) -> Planned:
    return Planned("周六骑行", "zh-hans", starts_at, starts_at + 2 * HOUR, 10, **fields)


@pytest.fixture
def begin(programme, town, omar):
    """begin(rule) → a series of the tower that omar looks after."""

    def run(rule=SATURDAYS, *, skips_holidays=False, station=town.tower, **fields) -> Series:
        return begin_series(
            by=omar, programme=programme, station=station, planned=planned(**fields), rule=rule,
            skips_holidays=skips_holidays,
        )  # fmt: skip

    return run


def days(series, **having) -> list[str]:
    """Month and day on which its sessions begin, in the place's own zone."""
    sessions = Session.objects.filter(series=series, **having).order_by("starts_at")
    return [f"{session.starts_at.astimezone(session.zone):%m-%d}" for session in sessions]


def of_day(series, day) -> Session:
    return Session.objects.get(series=series, series_day=date.fromisoformat(f"2026-{day}"))


# Begun, and written ahead


def test_the_coming_eight_weeks_stand_there_at_once(begin, programme, omar, facts):
    series = begin(opens_at=SATURDAY - 3 * DAY, weather_at=SATURDAY - HOUR, where="东门")
    sessions = Session.objects.filter(series=series)
    assert (days(series), Host.objects.get(series=series).person, series.rule) == (
        EIGHT,
        omar,
        "FREQ=WEEKLY;BYDAY=SA",
    )
    assert [
        f"{day:%m-%d}" for day in sessions.values_list("series_day", flat=True).order_by("series_day")
    ] == EIGHT
    shapes = {
        (
            each.length,
            each.starts_at - each.opens_at,
            each.starts_at - each.weather_at,
            each.where,
            each.state,
        )
        for each in sessions
    }
    assert shapes == {(2 * HOUR, 3 * DAY, HOUR, "东门", "open")}
    kinds = [(kind, subject) for kind, subject, _data in facts()]
    assert kinds[0] == ("programmes.series_begun", "programmes.programme/PRG-1")
    assert [kind for kind, _subject in kinds[1:]] == ["programmes.session_planned"] * 8


def test_to_followers_it_is_one_piece_of_news(begin, town, programme, mei, lena, clock, settle):
    follow(by=mei, subject=town.tower)
    follow(by=lena, subject=programme)
    begin()
    settle()
    assert told(mei) == told(lena) == ["programmes.session_planned"]
    clock.move_to(NOON + WEEK)
    write_series_ahead({})
    settle()
    assert told(mei) == told(lena) == ["programmes.session_planned"]


def test_each_can_be_signed_up_for_by_itself(begin):
    series = begin()
    make_sign_up(of_day(series, "09-19"))
    assert list(Session.objects.filter(series=series).order_by("starts_at").values_list("taken", flat=True)) == [
        0, 1, 0, 0, 0, 0, 0, 0,
    ]  # fmt: skip


def test_the_first_is_the_first_the_rule_has(begin):
    assert days(begin(SUNDAYS))[:2] == ["09-13", "09-20"]


def test_a_rule_without_a_day_begins_nothing(begin):
    with pytest.raises(Problem):
        begin(replace(SATURDAYS, until=date(2026, 9, 11)))
    assert (Series.objects.count(), Session.objects.count()) == (0, 0)


def test_a_week_later_one_more_and_never_one_twice(begin, clock):
    series = begin()
    for weeks in (1, 2):
        clock.move_to(NOON + weeks * WEEK)
        for _time in range(2):
            write_series_ahead({})
        assert days(series) == [*EIGHT, "11-07", "11-14"][: 8 + weeks]


def test_the_next_ones_are_copies_of_the_newest(begin, omar, clock):
    series = begin()
    newest = of_day(series, "10-31")
    other = replace(planned_of(newest), name="夜骑", capacity=30, where="西门")
    change_session(by=omar, session=newest, planned=other)
    clock.move_to(NOON + WEEK)
    assert extend_series(series=series) == 1
    added = of_day(series, "11-07")
    assert (added.name, added.capacity, added.where, added.taken) == ("夜骑", 30, "西门", 0)
    assert added.starts_at == newest.starts_at + WEEK


def test_one_that_was_moved_stays_moved(begin, omar, clock):
    series = begin()
    last = of_day(series, "10-31")
    sunday = replace(
        planned_of(last), starts_at=last.starts_at + DAY + HOUR, ends_at=last.ends_at + DAY + HOUR
    )
    change_session(by=omar, session=last, planned=sunday)
    clock.move_to(NOON + WEEK)
    write_series_ahead({})
    assert days(series) == [*EIGHT[:-1], "11-01", "11-07"]
    # The rule's own time of day, although the pattern began later.
    assert of_day(series, "11-07").starts_at.astimezone(SHANGHAI).hour == 9


def test_one_that_was_cancelled_stays_cancelled(begin, omar, clock):
    series = begin()
    cancel_session(by=omar, session=of_day(series, "10-31"), reason="下雨")
    clock.move_to(NOON + WEEK)
    write_series_ahead({})
    assert (days(series, state="cancelled"), days(series, state="open")) == (
        ["10-31"],
        [*EIGHT[:-1], "11-07"],
    )


def test_on_days_left_out_none_is_held(begin, clock):
    series = begin(replace(SATURDAYS, skip=frozenset({date(2026, 9, 26), date(2026, 11, 7)})))
    assert days(series) == [day for day in EIGHT if day != "09-26"]
    clock.move_to(NOON + 2 * WEEK)
    write_series_ahead({})
    assert days(series) == [*(day for day in EIGHT if day != "09-26"), "11-14"]


@pytest.mark.parametrize(
    # Mid-autumn and the national day, as shipped for 2026.
    ("skips", "held"),
    [(False, EIGHT), (True, [day for day in EIGHT if day not in {"09-26", "10-03"}])],
)
def test_public_holidays_if_it_says_so(skips, held, begin):
    assert days(begin(skips_holidays=skips)) == held


def test_the_wall_clock_stays_where_clocks_are_changed(town, programme, omar):
    there = make_station("BE-1", "building", "柏林站", town.tower.unit, time_zone="Europe/Berlin")
    make_role(omar, there.unit, "worker")
    berlin = ZoneInfo("Europe/Berlin")
    first = datetime(2026, 10, 17, 18, tzinfo=berlin)
    begin_series(
        by=omar,
        programme=programme,
        station=there,
        planned=planned(first),
        rule=SATURDAYS,
        skips_holidays=False,
    )
    starts = Session.objects.filter(station=there).order_by("starts_at").values_list("starts_at", flat=True)
    assert [(moment.astimezone(berlin).hour, moment.astimezone(timezone.get_fixed_timezone(0)).hour) for moment in starts] == [
        (18, 16), (18, 16), (18, 17),
    ]  # fmt: skip


# Changed


def test_by_another_rule_nobody_loses_a_seat(begin, omar, facts):
    series = begin()
    make_sign_up(of_day(series, "09-19"))
    make_sign_up(of_day(series, "10-10"), state="waiting")
    change_series(by=omar, series=series, rule=SUNDAYS, skips_holidays=False)
    kept, gone = ["09-19", "10-10"], [day for day in EIGHT if day not in {"09-19", "10-10"}]
    sundays = ["09-13", "09-20", "09-27", "10-04", "10-11", "10-18", "10-25", "11-01"]
    assert (days(series, state="cancelled"), days(series, state="open")) == (gone, sorted([*kept, *sundays]))
    assert set(Session.objects.filter(series=series, state="cancelled").values_list("reason", flat=True)) != {
        ""
    }
    assert facts()[-1] == (
        "programmes.series_changed",
        "programmes.programme/PRG-1",
        {"rule": "FREQ=WEEKLY;BYDAY=SU"},
    )


def test_what_was_before_stays_as_it_was(begin, omar, clock):
    series = begin()
    clock.move_to(NOON + 2 * WEEK)
    change_series(by=omar, series=series, rule=SUNDAYS, skips_holidays=False)
    assert days(series, state="open")[:3] == ["09-12", "09-19", "09-27"]


def test_changed_back_it_is_held_again(begin, omar):
    series = begin()
    for rule in (SUNDAYS, SATURDAYS):
        change_series(by=omar, series=series, rule=rule, skips_holidays=False)
    assert days(series, state="open") == EIGHT


def test_a_rule_that_leaves_nothing_is_no_way_to_end_it(begin, omar):
    series = begin()
    with pytest.raises(Problem):
        change_series(
            by=omar, series=series, rule=replace(SATURDAYS, until=date(2026, 9, 11)), skips_holidays=False
        )
    series.refresh_from_db()
    assert (days(series, state="open"), series.rule) == (EIGHT, "FREQ=WEEKLY;BYDAY=SA")


# Ended


def test_ended_those_nobody_signed_up_for_are_cancelled(begin, omar, clock, facts):
    series = begin()
    make_sign_up(of_day(series, "09-19"))
    assert end_series(by=omar, series=series) == 7
    assert days(series, state="open") == ["09-19"]
    assert facts()[-1] == ("programmes.series_ended", "programmes.programme/PRG-1", {"cancelled": 7})
    clock.move_to(NOON + WEEK)
    write_series_ahead({})
    assert days(series) == EIGHT


def test_ended_it_is_changed_no_more(begin, omar):
    series = begin()
    make_sign_up(of_day(series, "09-19"))
    end_series(by=omar, series=series)
    assert end_series(by=omar, series=series) == 0
    series.refresh_from_db()
    with pytest.raises(Problem):
        change_series(by=omar, series=series, rule=SUNDAYS, skips_holidays=False)
    assert days(series, state="open") == ["09-19"]


# Never in silence


def test_before_the_last_one_its_station_is_told_once(begin, omar, mei, town, clock, settle):
    manager = staff("经理", town.tower.unit, "manager")
    begin(replace(SATURDAYS, until=date(2026, 9, 26)))
    for day, notices in [(12, []), (13, [RUNNING_OUT]), (14, [RUNNING_OUT]), (25, [RUNNING_OUT])]:
        clock.move_to(datetime(2026, 9, day, 12, tzinfo=SHANGHAI))
        write_series_ahead({})
        settle()
        assert (told(omar), told(manager), told(mei)) == (notices, notices, [])


def test_given_a_later_end_it_can_be_told_again(begin, omar, clock, settle):
    series = begin(replace(SATURDAYS, until=date(2026, 9, 26)))
    for day, until in [(20, date(2026, 10, 10)), (30, None)]:
        clock.move_to(NOON.replace(day=day))
        write_series_ahead({})
        if until:
            change_series(by=omar, series=series, rule=replace(SATURDAYS, until=until), skips_holidays=False)
    settle()
    assert told(omar) == [RUNNING_OUT, RUNNING_OUT]


@pytest.mark.parametrize(
    "rule", [SATURDAYS, Rule("week", 12, (5,)), Rule("month_weekday", 3, (5,), 2), Rule("month_day", 12)]
)
def test_a_rare_one_is_not_taken_for_one_that_ends(rule, begin, omar, clock, settle):
    begin(rule)
    for day in (7, 12, 13, 30):
        clock.move_to(NOON.replace(day=day))
        write_series_ahead({})
    settle()
    assert told(omar) == []


def test_a_rare_one_that_does_end_says_so(begin, omar, clock, settle):
    begin(Rule("week", 12, (5,), until=date(2026, 12, 1)))
    write_series_ahead({})
    settle()
    assert told(omar) == [RUNNING_OUT]


def test_when_whoever_looks_after_it_has_left_its_station_is_told_once(begin, omar, town, clock, settle):
    manager = staff("经理", town.tower.unit, "manager")
    begin()
    write_series_ahead({})
    settle()
    assert told(manager) == []
    Role.objects.filter(person=omar).update(valid_until=timezone.localdate())
    for _time in range(2):
        write_series_ahead({})
    settle()
    assert (told(manager), told(omar)) == ([WITHOUT_HOST], [])


def test_taken_over_it_has_a_host_again(begin, omar, town, settle):
    manager = staff("经理", town.tower.unit, "manager")
    series = begin()
    Role.objects.filter(person=omar).update(valid_until=timezone.localdate())
    write_series_ahead({})
    change_series(by=manager, series=series, rule=SATURDAYS, skips_holidays=False)
    write_series_ahead({})
    settle()
    assert (Host.objects.get(series=series).person, told(manager)) == (manager, [WITHOUT_HOST])


def test_one_that_can_no_longer_be_held_stops_no_other(begin, town, omar, clock, settle):
    ours = begin()
    area = make_programme(town.west, "PRG-2")
    lost = begin_series(
        by=omar, programme=area, station=town.tower, planned=planned(), rule=SATURDAYS, skips_holidays=False
    )
    # The station comes under another subdistrict; the old one's programme is no longer its own to hold.
    UnitVersion.objects.filter(unit=town.tower.unit).update(parent=town.east)
    for week in range(1, 8):
        clock.move_to(NOON + week * WEEK)
        write_series_ahead({})
    settle()
    assert (len(days(ours)), len(days(lost)), told(omar)) == (15, 8, [RUNNING_OUT])


# Who may


def test_those_who_work_at_the_station_keep_its_series(request, town, programme, begin):
    people = everybody(request, town)
    series = begin()
    deeds = {
        "begin": lambda by: begin_series(
            by=by,
            programme=programme,
            station=town.tower,
            planned=planned(),
            rule=SUNDAYS,
            skips_holidays=False,
        ),
        "change": lambda by: change_series(
            by=by, series=Series.objects.get(pk=series.pk), rule=SUNDAYS, skips_holidays=False
        ),
        "end": lambda by: end_series(by=by, series=series),
    }
    desk = {"omar", "manager", "command line"}
    assert {name: who_may(people, deed) for name, deed in deeds.items()} == dict.fromkeys(deeds, desk)
