"""Stations in lists: what their door says, or, where it has no hours, what is offered behind it."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.factories import make_station

from linli.directory.listing import StationFilter, station_card, station_cards
from linli.directory.models import LiveStatus, OpeningRule, Service, ServiceAtStation, Station

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


def test_open_ones_come_first(town, clinic):
    cards = station_cards(Station.objects.all(), NOON.replace(hour=15))
    assert [card.station.code for card in cards] == ["JA-0201", "JA-0101", "JA-0102"]


@pytest.mark.parametrize("many", [1, 3, 40])
def test_the_list_asks_five_questions_however_long_it_is(town, clinic, many, django_assert_num_queries):
    for number in range(many):
        make_station(f"X-{number:03}", "micro", f"微站{number}", town.west)
    with django_assert_num_queries(5):
        assert len(station_cards(Station.objects.all(), NOON)) == many + 3


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ({}, ["JA-0201", "JA-0101"]),
        ({"kind": "building"}, ["JA-0101"]),
        ({"area": "310106017"}, ["JA-0201"]),
        ({"area": "310106"}, ["JA-0201", "JA-0101"]),
        ({"kind": "nonsense", "area": "nowhere"}, ["JA-0201", "JA-0101"]),
    ],
)
def test_filters_narrow_and_nonsense_is_as_if_not_asked(town, asked, codes):
    form = StationFilter(asked)
    cards = form.keep(station_cards(form.chosen(Station.objects.all()), NOON))
    assert [card.station.code for card in cards] == codes


def test_open_now_keeps_the_open_ones(town):
    form = StationFilter({"open": "on"})
    night = NOON.replace(hour=23)
    assert form.keep(station_cards(Station.objects.all(), night)) == []
