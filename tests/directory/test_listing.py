"""Stations in lists: what their door says, or, where it has no hours, what is offered behind it."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from tests.factories import make_role, make_station, together

from linli.directory.actions import set_exception
from linli.directory.listing import OpenFirst, StationFilter, station_card
from linli.directory.models import (
    Entrance,
    Facility,
    LiveStatus,
    OpeningRule,
    Service,
    ServiceAtStation,
    Station,
)
from linli.directory.spans import renew_spans

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def clinic(town):
    """A door without hours, behind which a doctor sits on Friday mornings."""
    station = make_station("JA-0102", "micro", "卫生角", town.west, en="Health Corner")
    station.rules.all().delete()
    doctor = Service.objects.create(name="义诊", language="zh-hans")
    ServiceAtStation.objects.create(service=doctor, station=station)
    OpeningRule.objects.create(station=station, service=doctor, weekday=4, opens=time(9), closes=time(13))
    return station


def state(station, at=NOON):
    opening = station_card(station, at).opening
    return opening.state, opening.basis


def test_a_door_with_hours_says_its_own(town):
    assert state(town.tower) == ("open", "weekly")


def test_a_door_without_hours_is_judged_by_its_services(clinic):
    assert state(clinic) == ("open", "services")
    assert state(clinic, NOON + timedelta(hours=2)) == ("closed", "services")


def test_a_service_no_longer_given_opens_no_door(clinic):
    Service.objects.update(active=False)
    assert state(clinic) == ("unknown", "none")


def test_what_the_desk_says_goes_before_services(clinic):
    LiveStatus.objects.create(station=clinic, state="closed", since=NOON, until=NOON + timedelta(hours=1))
    assert state(clinic) == ("closed", "live")


def listed(asked, at=NOON, page=slice(0, 50)):
    renew_spans(Station.objects.all(), at)
    return [card.station.code for card in StationFilter(asked).listed(Station.objects.all(), at)[page]]


def test_open_ones_come_first_each_group_by_its_reading(town, clinic):
    assert listed({}) == ["JA-0201", "JA-0102", "JA-0101"]
    assert listed({}, NOON.replace(hour=15)) == ["JA-0201", "JA-0101", "JA-0102"]


def test_pages_cut_through_both_groups_and_show_everything_once(town):
    for number in range(7):
        station = make_station(f"X-{number}", "micro", f"微站{number}", town.west)
        if number % 2:
            station.rules.all().delete()
    whole = listed({})
    assert sorted(whole) == sorted(Station.objects.values_list("code", flat=True))
    assert [code for start in range(0, 9, 4) for code in listed({}, page=slice(start, start + 4))] == whole


@pytest.mark.parametrize("many", [1, 3, 40])
def test_a_page_asks_few_questions_however_long_the_list_is(town, clinic, many, django_assert_num_queries):
    with together():
        for number in range(many):
            make_station(f"X-{number:03}", "micro", f"微站{number}", town.west)
    renew_spans(Station.objects.all(), NOON)
    doors = OpenFirst(Station.objects.all, NOON, "all")
    with django_assert_num_queries(4):
        assert len(doors[:50]) == many + 3


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ({}, ["JA-0201", "JA-0101"]),
        ({"kind": "building"}, ["JA-0101"]),
        ({"area": "310106017"}, ["JA-0201"]),
        ({"area": "310106"}, ["JA-0201", "JA-0101"]),
        ({"kind": "nonsense", "area": "nowhere"}, ["JA-0201", "JA-0101"]),
        ({"water": "on"}, ["JA-0201", "JA-0101"]),
        ({"water": "on", "toilet": "on"}, ["JA-0101"]),
        ({"phone_charging": "on"}, []),
        ({"step_free": "on"}, ["JA-0201"]),
        ({"all_night": "on"}, ["JA-0201"]),
    ],
)
def test_filters_narrow_and_nonsense_is_as_if_not_asked(town, asked, codes):
    for station, kind in ((town.tower, "water"), (town.tower, "toilet"), (town.night, "water")):
        Facility.objects.create(station=station, kind=kind, language="en")
    Entrance.objects.create(station=town.tower, name="East", steps=3, language="en")
    Entrance.objects.create(station=town.night, name="South", steps=0, language="en")
    Station.objects.filter(pk=town.night.pk).update(all_day_zone="门厅")
    assert listed(asked) == codes


def test_open_now_keeps_the_open_ones(town):
    assert listed({"open": "on"}) == ["JA-0201", "JA-0101"]
    assert listed({"open": "on"}, NOON.replace(hour=23)) == []


def test_the_count_is_kept_for_the_minute(town, django_assert_num_queries):
    renew_spans(Station.objects.all(), NOON)
    assert OpenFirst(Station.objects.all, NOON, "all").count() == 2
    with django_assert_num_queries(1):
        assert OpenFirst(Station.objects.all, NOON, "all").count() == 2
    with django_assert_num_queries(2):
        assert OpenFirst(Station.objects.all, NOON + timedelta(minutes=1), "all").count() == 2


def test_whoever_changes_a_door_sees_it_in_the_list_at_once(town, lena):
    """What a page keeps ends with the next fact."""

    def open_doors() -> int:
        return OpenFirst(Station.objects.all, NOON, "all", only_open=True).count()

    make_role(lena, town.tower.unit, "worker", since=30)
    with time_machine.travel(NOON, tick=False):
        renew_spans(Station.objects.all(), NOON)
        assert open_doors() == 2
        set_exception(by=lena, station=town.tower, on=NOON.date(), hours=[])
        assert open_doors() == 1
