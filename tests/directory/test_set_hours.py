"""The desk keeps the weekly hours."""

from datetime import time

import pytest

from linli.directory.actions import Hours, set_hours
from linli.directory.forms.hours import HoursForm
from linli.kit.refs import ref
from linli.kit.rules import Refused

EMPTY_WEEK = {f"day{number}": "" for number in range(7)}


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
    assert browse(omar).post("/stations/JA-0101/hours/", {}).status_code == 422
    assert hours_of(town.tower) == before


def test_an_empty_week_is_seven_days_off(town, omar, browse):
    assert browse(omar).post("/stations/JA-0101/hours/", EMPTY_WEEK).status_code == 302
    assert hours_of(town.tower) == []
