"""Somebody leaves a station: what they hold there passes to a colleague in one step, and a page to print says what."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from tests.factories import make_person, make_role

from linli.directory.actions import hand_over_desk
from linli.directory.models import Duty
from linli.kit.refs import ref
from linli.kit.rules import Problem, Refused
from linli.people.models import Look, Role

NOON = datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = NOON.date()
PAGE = "/desk/JA-0101/handover/"


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON):
        yield


@pytest.fixture
def shen(noon, town):
    person = make_person("Shen", language="en")
    make_role(person, town.tower.unit, "manager", days=100)
    return person


@pytest.fixture
def ana(noon, town):
    person = make_person("Ana", language="en")
    make_role(person, town.tower.unit, "worker", days=200)
    return person


def duty(station, person, days, starts=9, ends=17):
    day = TODAY + timedelta(days=days)
    return Duty.objects.create(station=station, person=person, on=day, starts=time(starts), ends=time(ends))


def on_roster(person):
    return [(row.on - TODAY).days for row in Duty.objects.filter(person=person).order_by("on", "starts")]


def roles_of(person, unit):
    return set(Role.objects.current().at(unit).filter(person=person).values_list("role", flat=True))


def key(person):
    return str(Role.objects.current().get(person=person).pk)


def test_roles_and_coming_duties_pass_and_what_was_stays(town, omar, ana, shen):
    for days in (-1, 1, 2):
        duty(town.tower, omar, days)
    elsewhere = duty(town.night, omar, 1)
    done = hand_over_desk(by=omar, station=town.tower, leaver=omar, to=ana)
    assert [row.role for row in done.roles] == ["worker"]
    assert on_roster(ana) == [1, 2]
    assert on_roster(omar) == [-1, 1]
    assert Duty.objects.get(pk=elsewhere.pk).person == omar
    assert roles_of(omar, town.tower.unit) == set()
    assert roles_of(ana, town.tower.unit) == {"worker"}


def test_a_duty_that_has_begun_stays_with_whoever_is_there(town, omar, ana):
    duty(town.tower, omar, 0, 9, 17)
    duty(town.tower, omar, 0, 18, 22)
    done = hand_over_desk(by=omar, station=town.tower, leaver=omar, to=ana)
    assert [row.starts for row in done.passed] == [time(18)]
    assert [row.starts for row in Duty.objects.filter(person=omar)] == [time(9)]


def test_a_duty_that_would_double_one_is_taken_off_and_told(town, omar, ana):
    duty(town.tower, ana, 1, 22, 6)
    duty(town.tower, omar, 2, 2, 6)
    done = hand_over_desk(by=omar, station=town.tower, leaver=omar, to=ana)
    assert [row.starts for row in done.doubled] == [time(2)]
    assert (done.passed, on_roster(ana), on_roster(omar)) == ([], [1], [])


def test_a_duty_that_only_touches_one_passes_so_that_nobody_is_missing(town, omar, ana):
    duty(town.tower, ana, 1, 8, 14)
    duty(town.tower, omar, 1, 13, 20)
    done = hand_over_desk(by=omar, station=town.tower, leaver=omar, to=ana)
    assert [row.starts for row in done.passed] == [time(13)]
    assert on_roster(ana) == [1, 1]


def test_a_longer_duty_from_the_same_hour_takes_the_shorter_one_in(town, omar, ana):
    duty(town.tower, ana, 1, 9, 12)
    duty(town.tower, omar, 1, 9, 17)
    done = hand_over_desk(by=omar, station=town.tower, leaver=omar, to=ana)
    assert [row.ends for row in done.passed] == [time(17)]
    assert [row.ends for row in Duty.objects.filter(person=ana)] == [time(17)]


def test_a_colleague_who_holds_the_role_longer_keeps_it_as_long(town, omar, ana):
    Role.objects.filter(person=omar).update(valid_until=TODAY + timedelta(days=30))
    hand_over_desk(by=omar, station=town.tower, leaver=omar, to=ana)
    assert Role.objects.current().get(person=ana).valid_until == TODAY + timedelta(days=200)


def test_a_manager_leaves_both_roles(town, omar, shen):
    make_role(shen, town.tower.unit, "worker")
    hand_over_desk(by=shen, station=town.tower, leaver=shen, to=omar)
    assert roles_of(shen, town.tower.unit) == set()
    assert roles_of(omar, town.tower.unit) == {"manager", "worker"}


def test_who_may(town, omar, ana, shen, mei, gao):
    duty(town.tower, omar, 1)
    for by, leaver, to in [
        (mei, omar, ana), (ana, omar, ana), (ana, omar, shen), (omar, shen, ana), (shen, omar, shen), (omar, omar, omar),
        (gao, omar, ana), (omar, omar, mei),
    ]:  # fmt: skip
        with pytest.raises(Refused):
            hand_over_desk(by=by, station=town.tower, leaver=leaver, to=to)
    with pytest.raises(Problem):
        hand_over_desk(by=shen, station=town.tower, leaver=omar, to=mei)
    assert (on_roster(omar), roles_of(omar, town.tower.unit)) == ([1], {"worker"})
    hand_over_desk(by=shen, station=town.tower, leaver=omar, to=ana)
    assert on_roster(ana) == [1]


def test_a_second_time_there_is_nothing_to_pass(town, omar, ana, shen):
    hand_over_desk(by=shen, station=town.tower, leaver=omar, to=ana)
    with pytest.raises(Problem):
        hand_over_desk(by=shen, station=town.tower, leaver=omar, to=ana)


def test_leaves_its_facts_without_names(town, omar, ana, facts):
    duty(town.tower, omar, 1)
    hand_over_desk(by=omar, station=town.tower, leaver=omar, to=ana)
    assert [fact for fact in facts() if fact[0] == "directory.desk_handed_over"] == [
        ("directory.desk_handed_over", ref(town.tower), {"roles": 1, "duties": 1, "doubled": 0})
    ]
    assert sorted(kind for kind, _subject, _data in facts()) == [
        "directory.desk_handed_over",
        "people.role_handed_over",
    ]


def test_the_page_shows_what_is_held_and_then_what_passed(town, omar, ana, shen, browse):
    duty(town.tower, omar, 1)
    client = browse(shen, confirmed=True)
    before = client.get(PAGE).content.decode()
    assert "tomorrow 09:00–17:00" in before
    assert sorted(Look.objects.filter(viewer=shen).values_list("subject", flat=True)) == sorted(
        [ana.pk, omar.pk]
    )
    answer = client.post(PAGE, {"leaver": key(omar), "to": key(ana)})
    assert answer.status_code == 200
    assert [row.person for row in answer.context["done"].passed] == [ana]
    assert "Taken over by</dt><dd>Ana" in answer.content.decode()
    assert "21 November 2026 (Sat) 09:00–17:00" in answer.content.decode()
    assert on_roster(ana) == [1]


def test_whoever_leaves_is_signed_out(town, omar, ana, browse):
    client = browse(omar, confirmed=True)
    assert client.post(PAGE, {"leaver": key(omar), "to": key(ana)}).status_code == 200
    assert client.get(PAGE).url.startswith("/sign-in/")


def test_the_page_refuses_whom_it_did_not_offer(town, omar, ana, shen, mei, browse):
    elsewhere = make_role(mei, town.night.unit, "worker")
    client = browse(omar, confirmed=True)
    for leaver, to in [(key(omar), elsewhere.pk), (key(omar), key(omar)), (key(ana), key(shen)), ("", "")]:
        assert client.post(PAGE, {"leaver": leaver, "to": to}).status_code == 422
    assert roles_of(omar, town.tower.unit) == {"worker"}


@pytest.mark.parametrize("colleagues", [1, 6])
def test_asks_the_same_number_of_questions_for_any_number_of_colleagues(
    town, shen, browse, colleagues, django_assert_num_queries
):
    for number in range(colleagues):
        person = make_person(f"Colleague {number}", language="en")
        make_role(person, town.tower.unit, "worker")
        duty(town.tower, person, 1)
    client = browse(shen, confirmed=True)
    client.get(PAGE)
    with django_assert_num_queries(QUESTIONS):
        assert client.get(PAGE).status_code == 200


QUESTIONS = 13
