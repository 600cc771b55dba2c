"""Rooms, entrances, stock, difficulties, notices and facilities, as the people of a station keep them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone, translation

from linli.directory.actions import (
    change_stock,
    keep_thing,
    remove_thing,
    report_door,
    set_facilities,
    set_stock,
)
from linli.directory.hearsay import said_of
from linli.directory.models import Announcement, Difficulty, Entrance, Facility, Room, Supply
from linli.kit.rules import Problem, Refused
from linli.site.searching import find


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def water(town):
    return Supply.objects.create(station=town.tower, name="水", stock=2, low=2, facility="water")


def room(omar, station, **columns):
    return keep_thing(
        by=omar, station=station, model=Room, language="en", **({"name": "Blue room"} | columns)
    )


def test_a_room_is_added_changed_and_removed(town, omar, facts):
    kept = room(omar, town.tower, seats=12)
    keep_thing(by=omar, station=town.tower, model=Room, thing=kept, name="Green room")
    assert list(Room.objects.values_list("name", "seats")) == [("Green room", 12)]
    remove_thing(by=omar, thing=kept)
    assert Room.objects.count() == 0
    assert [(kind, data) for kind, _subject, data in facts()] == [
        ("directory.thing_kept", {"noun": "room", "new": True}),
        ("directory.thing_kept", {"noun": "room", "new": False}),
        ("directory.thing_removed", {"noun": "room"}),
    ]


def test_two_of_one_name_are_refused_and_nothing_else_is_lost(town, omar):
    room(omar, town.tower)
    with pytest.raises(Problem) as refused:
        room(omar, town.tower)
    assert refused.value.field == "name"
    assert Room.objects.count() == 1


def test_only_those_who_work_there_keep_them(town, water, mei, gao, kai):
    for person in (mei, gao, kai):
        with pytest.raises(Refused):
            room(person, town.tower)
        with pytest.raises(Refused):
            change_stock(by=person, supply=water, change=1)
        with pytest.raises(Refused):
            set_facilities(by=person, station=town.tower, kinds={"water"})


def test_a_solved_difficulty_and_an_ended_notice_stay_with_their_end(town, omar):
    today, now = timezone.localdate(), timezone.now()
    hard = Difficulty.objects.create(station=town.tower, what="No lift", since=today, language="en")
    shown = Announcement.objects.create(
        station=town.tower, text="Paint", reason="Walls", language="en",
        starts_at=now - timedelta(hours=1), ends_at=now + timedelta(days=1),
    )  # fmt: skip
    later = Announcement.objects.create(
        station=town.tower, text="Later", reason="Walls", language="en",
        starts_at=now + timedelta(hours=1), ends_at=now + timedelta(days=1),
    )  # fmt: skip
    for thing in (hard, shown, later):
        remove_thing(by=omar, thing=thing, now=now)
    assert Difficulty.objects.get().ended_on == today
    assert [(notice.text, notice.ends_at) for notice in Announcement.objects.all()] == [("Paint", now)]


def test_stock_goes_up_and_down_but_never_below_nothing(water, omar, facts):
    change_stock(by=omar, supply=water, change=-2)
    with pytest.raises(Problem, match="not so many"):
        change_stock(by=omar, supply=water, change=-1)
    set_stock(by=omar, supply=water, stock=24)
    assert Supply.objects.get().stock == 24
    assert [data["change"] for _kind, _subject, data in facts()] == [-2, 24]


def test_restocking_water_settles_what_passers_by_reported(town, water, omar, kai):
    report_door(by=kai, station=town.tower, what="no_water", device="a", network="b")
    change_stock(by=omar, supply=water, change=-1)
    assert [said.what for said in said_of(town.tower, timezone.now())] == ["no_water"]
    change_stock(by=omar, supply=water, change=10)
    assert said_of(town.tower, timezone.now()) == []


@pytest.mark.django_db(transaction=True)
def test_taps_at_the_same_moment_are_all_counted_and_none_goes_below_nothing(town, omar):
    """Forty take one of thirty."""
    cups = Supply.objects.create(station=town.tower, name="Cups", stock=30, low=0)

    def take(_number):
        try:
            change_stock(by=omar, supply=cups, change=-1)
        except Problem:
            return 0
        finally:
            connections.close_all()
        return 1

    with ThreadPoolExecutor(8) as pool:
        taken = sum(pool.map(take, range(40)))
    assert (taken, Supply.objects.get().stock) == (30, 0)


def test_facilities_are_what_was_ticked_and_the_station_is_found_by_them(town, omar):
    set_facilities(by=omar, station=town.tower, kinds={"water", "ebike_charging"})
    set_facilities(by=omar, station=town.tower, kinds={"ebike_charging", "microwave"})
    there = sorted(Facility.objects.values_list("kind", "indoors"))
    assert there == [("ebike_charging", False), ("microwave", True)]
    assert [station.code for station in find("microwave", None).things] == ["JA-0101"]


def test_charging_e_bikes_inside_is_refused_with_the_reason(town, omar, browse):
    with pytest.raises(Problem, match="their batteries burn"):
        set_facilities(by=omar, station=town.tower, kinds={"ebike_charging"}, ebike_outdoors=False)
    sent = {"kinds": ["ebike_charging"], "ebike": "indoors"}
    response = browse(omar).post("/stations/JA-0101/facilities/", sent)
    assert response.status_code == 422
    assert "their batteries burn" in response.content.decode()
    assert Facility.objects.count() == 0


def test_the_pages_keep_what_was_typed_and_lead_back(town, omar, browse):
    client = browse(omar)
    page = client.post(
        "/stations/JA-0101/keep/entrances/", {"name": "East", "latitude": "31.2", "datum": "gcj02"}
    )
    assert page.status_code == 422
    assert "A point needs both numbers" in page.content.decode()
    assert 'value="East"' in page.content.decode()
    sent = {"name": "East", "steps": "0", "latitude": "31.2291", "longitude": "121.4561", "datum": "gcj02"}
    assert (
        client.post("/stations/JA-0101/keep/entrances/", sent)["Location"]
        == "/stations/JA-0101/keep/entrances/"
    )
    east = Entrance.objects.get()
    assert (east.steps, east.datum, round(east.wgs_latitude, 3)) == (0, "gcj02", 31.231)
    assert client.get("/stations/JA-0101/keep/nonsense/").status_code == 404


def test_of_stock_what_is_low_stands_first(town, water, omar, browse):
    Supply.objects.create(station=town.tower, name="A", stock=50, low=5)
    page = browse(omar).get("/stations/JA-0101/keep/stock/").content.decode()
    assert page.index(">水</span>") < page.index(">A</span>")
    assert "2 left, low mark 2" in page


def test_a_notice_is_typed_by_the_clock_of_the_station_and_shown_until_it_ends(town, omar, browse):
    now = timezone.localtime()
    sent = {
        "text": "The lift is out of order", "reason": "Repair", "starts_at": (now - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M"),
        "ends_at": (now + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M"),
    }  # fmt: skip
    assert browse(omar).post("/stations/JA-0101/keep/notices/", sent).status_code == 302
    assert "The lift is out of order" in browse().get("/stations/JA-0101/").content.decode()
    wrong = browse(omar).post("/stations/JA-0101/keep/notices/", sent | {"ends_at": sent["starts_at"]})
    assert "It must end after it begins." in wrong.content.decode()
