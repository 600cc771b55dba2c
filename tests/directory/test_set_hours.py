"""The desk keeps the weekly hours."""

import re
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
import time_machine

from linli.directory.actions import Hours, set_exception, set_hours
from linli.directory.forms.hours import HoursForm
from linli.directory.models import OpeningRule
from linli.kit.refs import ref
from linli.kit.rules import Refused

PAGE = "/stations/JA-0101/hours/"
DAYS = [f"day{number}" for number in range(7)]
NO_SEASON = {f"season0_{name}": "" for name in ["first", "last", *DAYS]}
EMPTY_WEEK = dict.fromkeys([*DAYS, "day7", "day8", "all_day_zone"], "") | NO_SEASON


def hours_of(station):
    return list(station.rules.values_list("weekday", "opens", "closes"))


def test_replaces_the_week(town, omar):
    assert set_hours(by=omar, station=town.tower, hours=[Hours(0, time(8), time(12))]) == 1
    assert hours_of(town.tower) == [(0, time(8), time(12))]


@pytest.mark.parametrize("who", ["mei", "lena", "gao", "kai"])
def test_only_those_who_work_there_may(town, who, request):
    before = hours_of(town.tower)
    with pytest.raises(Refused):
        set_hours(by=request.getfixturevalue(who), station=town.tower, hours=[])
    assert hours_of(town.tower) == before


def test_leaves_its_fact(town, omar, facts):
    set_hours(by=omar, station=town.tower, hours=[])
    assert facts() == [("directory.hours_set", ref(town.tower), {"spans": 0})]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("09:00-12:00 13:30-21:00", [(time(9), time(12)), (time(13, 30), time(21))]),
        ("９：００～１７：３０", [(time(9), time(17, 30))]),
        ("9:00至17:00", [(time(9), time(17))]),
        ("00:00-24:00", [(time(0), time(0))]),
        ("", []),
    ],
)
def test_times_as_people_type_them(typed, read):
    form = HoursForm(EMPTY_WEEK | {"day0": typed})
    assert form.is_valid()
    assert form.cleaned_data["day0"] == read


@pytest.mark.parametrize("typed", ["nine to five", "25:00-26:00", "09:00", "09:00-", "9-17"])
def test_what_is_not_understood_is_kept_and_said(typed):
    form = HoursForm(EMPTY_WEEK | {"day0": typed})
    assert not form.is_valid()
    assert list(form.errors) == ["day0"]
    assert form["day0"].value() == typed


def test_a_week_that_did_not_arrive_changes_nothing(town, omar, browse):
    before = hours_of(town.tower)
    assert browse(omar).post(PAGE, {}).status_code == 422
    assert hours_of(town.tower) == before


def test_an_empty_week_is_seven_days_off(town, omar, browse):
    assert browse(omar).post(PAGE, EMPTY_WEEK).status_code == 302
    assert hours_of(town.tower) == []


def sent_back(html):
    """The form of a page as a browser sends it without a change."""
    found = {}
    for tag in re.findall(r"<input[^>]*>", html.partition('id="hours-form"')[2]):
        said = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if said.get("type") != "checkbox" or " checked" in tag:
            found[said.get("name")] = said.get("value", "on" if said.get("type") == "checkbox" else "")
    return {name: value for name, value in found.items() if name and name.startswith((*FORM, "season"))}


FORM = ("day", "follows_holidays", "all_day_zone", "drop_others")
EVERYTHING = EMPTY_WEEK | {
    "day0": "09:00-12:00 13:30-18:00",
    "follows_holidays": "on",
    "day7": "10:00-15:00",
    "all_day_zone": "The vestibule: water, seats, charging",
    "season0_first": "2026-12-01",
    "season0_last": "2027-02-28",
    "season0_day0": "10:00-16:00",
}


def all_of(station):
    return sorted(
        station.rules.of_door().values_list("weekday", "opens", "closes", "nth", "valid_from", "valid_until"),
        key=str,
    )


def test_holidays_a_season_and_what_never_closes(town, omar, browse):
    assert browse(omar).post(PAGE, EVERYTHING).status_code == 302
    town.tower.refresh_from_db()
    assert town.tower.follows_holidays is True
    assert town.tower.all_day_zone == "The vestibule: water, seats, charging"
    assert town.tower.keeps_own_hours is True
    assert all_of(town.tower) == [
        (0, time(10), time(16), 0, date(2026, 12, 1), date(2027, 3, 1)),
        (0, time(13, 30), time(18), 0, None, None),
        (0, time(9), time(12), 0, None, None),
        (7, time(10), time(15), 0, None, None),
    ]


def test_sent_again_without_a_change_everything_stays(town, omar, browse):
    client = browse(omar)
    client.post(PAGE, EVERYTHING)
    OpeningRule.objects.create(station=town.tower, weekday=2, nth=1, opens=time(19), closes=time(21))
    before = all_of(town.tower)
    assert client.post(PAGE, sent_back(client.get(PAGE).content.decode())).status_code == 302
    assert all_of(town.tower) == before
    town.tower.refresh_from_db()
    assert (town.tower.follows_holidays, town.tower.all_day_zone) == (True, EVERYTHING["all_day_zone"])


def test_a_second_season_stands_beside_the_first(town, omar, browse):
    client = browse(omar)
    client.post(PAGE, EVERYTHING)
    more = {"season1_first": "2027-06-01", "season1_last": "", "season1_day6": "08:00-11:00"}
    client.post(PAGE, sent_back(client.get(PAGE).content.decode()) | more)
    assert {ends[4:] for ends in all_of(town.tower)} == {
        (None, None),
        (date(2026, 12, 1), date(2027, 3, 1)),
        (date(2027, 6, 1), None),
    }


def test_a_season_without_hours_is_gone(town, omar, browse):
    client = browse(omar)
    client.post(PAGE, EVERYTHING)
    client.post(PAGE, sent_back(client.get(PAGE).content.decode()) | {"season0_day0": ""})
    assert {ends[4:] for ends in all_of(town.tower)} == {(None, None)}


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"season0_day0": "09:00-10:00"}, "season0_first"),
        ({"season0_first": "2026-12-02", "season0_last": "2026-12-01"}, "season0_last"),
        ({"season0_last": "9999-12-31", "season0_day0": "09:00-10:00"}, "season0_last"),
    ],
)
def test_a_season_that_makes_no_sense_is_kept_and_said(typed, wrong):
    form = HoursForm(EMPTY_WEEK | typed)
    assert not form.is_valid()
    assert wrong in form.errors
    assert {name: form[name].value() for name in typed} == typed


def test_hours_of_one_week_of_the_month_stay_until_they_are_taken_away(town, omar, browse):
    OpeningRule.objects.create(station=town.tower, weekday=2, nth=1, opens=time(19), closes=time(21))
    client = browse(omar)
    assert "the first Wednesday of the month: 19:00–21:00" in client.get(PAGE).content.decode()
    client.post(PAGE, EMPTY_WEEK)
    assert all_of(town.tower) == [(2, time(19), time(21), 1, None, None)]
    client.post(PAGE, EMPTY_WEEK | {"drop_others": "on"})
    assert all_of(town.tower) == []


def test_other_words_for_what_never_closes_drop_the_old_translation(town, omar):
    town.tower.all_day_zone = "前厅"
    town.tower.translations = {"en": {"name": "Cloud Tower Station", "all_day_zone": "The vestibule"}}
    town.tower.save()
    set_hours(by=omar, station=town.tower, hours=[], all_day_zone="前厅")
    town.tower.refresh_from_db()
    assert town.tower.translations["en"]["all_day_zone"] == "The vestibule"
    set_hours(by=omar, station=town.tower, hours=[], all_day_zone="后厅")
    town.tower.refresh_from_db()
    assert town.tower.translations == {"en": {"name": "Cloud Tower Station"}}


@pytest.fixture
def autumn():
    with time_machine.travel(datetime(2026, 9, 28, 12, tzinfo=ZoneInfo("Asia/Shanghai"))):
        yield


def test_the_preview_says_what_it_means_and_keeps_nothing(autumn, town, omar, browse):
    before = all_of(town.tower)
    set_exception(by=omar, station=town.tower, on=date(2026, 9, 29), hours=[])
    typed = EVERYTHING | {"season0_first": "2026-10-09", "season0_day4": "8:00-9:00"}
    answer = browse(omar).post(PAGE, typed | {"preview": "1"})
    assert answer.status_code == 200
    days = {day.on.isoformat(): (day.words, day.why) for day in answer.context["fortnight"]}
    zone = "; a part of it around the clock"
    assert len(days) == 14
    assert days["2026-09-28"] == (f"09:00–12:00、13:30–18:00{zone}", "every week")
    assert days["2026-09-29"] == ("closed", "this day differs")
    assert days["2026-10-01"] == (f"10:00–15:00{zone}", "public holiday")
    assert days["2026-10-09"] == (f"08:00–09:00{zone}", "season")
    # Without hours of its own a make-up workday is a Monday, here one of the season.
    assert days["2026-10-10"] == (f"10:00–16:00{zone}", "make-up workday")
    assert all_of(town.tower) == before
    assert 'value="8:00-9:00"' in answer.content.decode()
