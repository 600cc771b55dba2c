"""The doors around a point: open ones by distance, then those found closed, then the next to open; each with its way in."""

from datetime import datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
import time_machine
from tests.factories import make_station

from linli.directory.actions import declare_status, report_door, settle_reports
from linli.directory.models import Entrance, Facility, OpeningRule, Station
from linli.directory.nearby import MOST, behind, doors_near, night, which
from linli.directory.spans import renew_spans
from linli.kit.coordinates import distance_m

SHANGHAI = ZoneInfo("Asia/Shanghai")
EVENING = datetime(2026, 11, 25, 22, 40, tzinfo=SHANGHAI)
EXIT = (31.2300, 121.4500)
MIDNIGHT = time(0)


@pytest.fixture(autouse=True)
def evening():
    with time_machine.travel(EVENING, tick=False):
        yield


@pytest.fixture
def place(town):
    """place(code, metres north of the exit, opens, closes, facilities) → a station there."""

    def make(code, metres, opens=MIDNIGHT, closes=MIDNIGHT, facilities=("water",), **more):
        at = (EXIT[0] + metres / 111_195, EXIT[1])
        station = make_station(code, "courier", code, town.west, opens=opens, closes=closes, at=at, **more)
        Facility.objects.bulk_create(
            Facility(station=station, kind=kind, language="en", indoors=False) for kind in facilities
        )
        return station

    return make


def codes(rows):
    return [row.door.code for row in rows]


def found(*wishes, at=EVENING):
    doors = doors_near(EXIT, wishes, at)
    return codes(doors.open), codes(doors.doubtful), codes(doors.later)


def test_open_ones_come_by_distance_and_then_the_next_to_open_by_when(place):
    place("FAR", 2000)
    place("NEAR", 300)
    place("DAWN", 100, time(6), time(20))
    place("SOON", 900, time(23), time(2))
    place("OVER", 50, time(9), time(21))
    assert found() == (["NEAR", "FAR"], [], ["SOON", "DAWN", "OVER"])
    near = doors_near(EXIT, [], EVENING).open[0]
    assert round(near.metres) == 300


def test_where_a_handful_is_open_within_a_walk_nothing_else_is_shown(place):
    for number in range(5):
        place(f"OPEN-{number}", 100 + number)
    place("DAWN", 50, time(6), time(20))
    assert found() == ([f"OPEN-{number}" for number in range(5)], [], [])


def test_twenty_rows_at_most(place):
    for number in range(MOST + 3):
        place(f"S-{number:02}", 3100 + number)
    place("DAWN", 50, time(6), time(20))
    opened, _doubtful, later = found()
    assert (opened, later) == ([f"S-{number:02}" for number in range(MOST - 1)], ["DAWN"])


def test_a_door_that_will_never_open_again_or_closed_for_good_is_not_shown(town, place, today):
    gone = place("GONE", 10)
    gone.unit.closed_on = today + timedelta(days=1)
    gone.unit.closing_recorded_at = EVENING
    gone.unit.save()
    silent = place("SILENT", 20)
    silent.rules.all().delete()
    renew_spans([silent], EVENING)
    assert found() == ([], [], [])


@pytest.mark.parametrize("kind", ["water", "phone_charging", "battery_swap", "toilet"])
def test_what_is_wished_for_must_be_there(place, kind):
    place("ALL", 500, facilities=("water", "phone_charging", "battery_swap", "toilet"))
    place("ONE", 100, facilities=(kind,))
    place("NONE", 50, facilities=("seat",))
    assert found(kind) == (["ONE", "ALL"], [], [])
    assert found(kind, "seat") == ([], [], [])


def test_open_all_night_is_open_from_eleven_to_five(place):
    place("ALWAYS", 500)
    place("NIGHT", 400, time(20), time(6))
    place("LATE", 100, time(17), time(2))
    place("TONIGHT", 300, time(22, 50), time(7))
    assert found("all_night") == (["NIGHT", "ALWAYS"], [], ["TONIGHT"])
    small_hours = EVENING + timedelta(hours=3)
    assert found("all_night", at=small_hours) == (["TONIGHT", "NIGHT", "ALWAYS"], [], [])


@pytest.mark.parametrize(
    ("at", "dusk", "dawn"),
    [
        ((25, 10, 0), (25, 23, 0), (26, 5, 0)),
        ((25, 23, 30), (25, 23, 30), (26, 5, 0)),
        ((26, 4, 59), (26, 4, 59), (26, 5, 0)),
        ((26, 5, 0), (26, 23, 0), (27, 5, 0)),
    ],
)
def test_the_night_that_is_or_the_coming_one(at, dusk, dawn):
    def moment(day, hour, minute):
        return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)

    assert night(moment(*at)) == (moment(*dusk), moment(*dawn))


def say_closed(station, *networks, at=EVENING):
    for network in networks:
        report_door(by=None, station=station, what="closed", device=f"d-{network}", network=network, now=at)


def test_found_closed_by_two_people_it_comes_after_the_open_ones(place):
    shut = place("SHUT", 100)
    place("OPEN", 900)
    say_closed(shut, "a")
    assert found() == (["SHUT", "OPEN"], [], [])
    say_closed(shut, "b")
    assert found() == (["OPEN"], ["SHUT"], [])
    assert found(at=EVENING + timedelta(hours=2)) == (["SHUT", "OPEN"], [], [])


def test_unless_the_desk_said_otherwise_within_half_an_hour(place):
    shut = place("SHUT", 100)
    settle_reports(by=None, station=shut, what="closed", now=EVENING)
    say_closed(shut, "a", "b", at=EVENING + timedelta(minutes=1))
    assert found(at=EVENING + timedelta(minutes=29)) == (["SHUT"], [], [])
    assert found(at=EVENING + timedelta(minutes=30)) == ([], ["SHUT"], [])


def test_what_the_station_says_of_itself_counts(place, omar):
    from tests.factories import make_role

    shut, early = place("SHUT", 100), place("EARLY", 300, time(9), time(18))
    for station in (shut, early):
        make_role(omar, station.unit, "worker")
    until = EVENING + timedelta(hours=1)
    declare_status(by=omar, station=shut, state="closed", until=until, now=EVENING)
    declare_status(by=omar, station=early, state="open", until=until, now=EVENING)
    assert found() == (["EARLY"], [], ["SHUT"])


def test_the_same_as_asking_every_station(place, django_assert_max_num_queries):
    """Against what the lists ask, for points all over the city and each kind of wish."""
    chance = Random(3)
    hours = [(MIDNIGHT, MIDNIGHT), (time(9), time(18)), (time(17), time(2))]
    for number in range(60):
        opens, closes = chance.choice(hours)
        kinds = chance.sample(["water", "toilet", "seat", "phone_charging"], 2)
        station = place(f"S-{number}", chance.uniform(-20_000, 20_000), opens, closes, kinds)
        Station.objects.filter(pk=station.pk).update(wgs_longitude=EXIT[1] + chance.uniform(-0.2, 0.2))
    for wishes in ([], ["water"], ["water", "toilet"]):
        wanted = Station.objects.visible_to(None).open_at(EVENING).offering(*wishes)
        for _point in range(10):
            point = (EXIT[0] + chance.uniform(-0.2, 0.2), EXIT[1] + chance.uniform(-0.2, 0.2))
            placed = wanted.exclude(wgs_latitude=None)
            oracle = sorted((distance_m(point, station.point), station.code) for station in placed)
            with django_assert_max_num_queries(11):
                rows = doors_near(point, wishes, EVENING).open
            assert [(row.metres, row.door.code) for row in rows] == oracle[: len(rows)]
            assert len(rows) >= min(MOST - 5, len(oracle))


def test_which_way_in(place):
    station = place("S", 100)
    words = {"station": station, "language": "en"}
    main = Entrance.objects.create(code="E1", name="Main door", directions="By the bank.", steps=2, **words)
    Entrance.objects.create(code="E2", name="Yard", bike="In the yard.", **words)
    there = behind([station.pk])[station.pk]
    assert [way.name for way in there.ways] == ["Main door", "Yard"]
    assert which([way.hours for way in there.ways], EVENING, SHANGHAI) == 0
    for weekday in range(7):
        OpeningRule.objects.create(
            station=station, entrance=main, weekday=weekday, opens=time(8), closes=time(20)
        )
    hours = [way.hours for way in behind([station.pk])[station.pk].ways]
    assert which(hours, EVENING, SHANGHAI) == 1
    assert which(hours, EVENING.replace(hour=12), SHANGHAI) == 0
    assert which(hours[:1], EVENING, SHANGHAI) == 0


def test_what_is_there_comes_in_the_order_people_look_for_it(place):
    kinds = ("wifi", "ebike_charging", "water", "printer", "battery_swap", "seat")
    station = place("S", 100, facilities=kinds)
    assert behind([station.pk])[station.pk].usable == [
        "water",
        "seat",
        "ebike_charging",
        "battery_swap",
        "wifi",
    ]
