"""A worker taps "closed, back at 15:00": visitors see it, followers hear it, and it lapses by itself."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from tests.factories import make_person, make_role

from linli.directory.actions import declare_status, lift_status
from linli.directory.models import LiveStatus
from linli.kit.refs import ref
from linli.kit.rules import Problem, Refused
from linli.notices.actions import follow
from linli.notices.models import Notice

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def live(station):
    return list(LiveStatus.objects.filter(station=station, ended_at=None).values_list("state", "until"))


def test_says_what_holds_until_the_time_named(town, omar):
    declare_status(by=omar, station=town.tower, state="closed", until=NOON + timedelta(hours=3), now=NOON)
    assert live(town.tower) == [("closed", NOON + timedelta(hours=3))]


def test_without_a_time_it_ends_when_the_hours_next_change(town, omar):
    declare_status(by=omar, station=town.tower, state="closed", now=NOON)
    assert live(town.tower) == [("closed", NOON.replace(hour=18))]


def test_a_second_word_replaces_the_first(town, omar):
    declare_status(by=omar, station=town.tower, state="closed", until=NOON + timedelta(hours=1), now=NOON)
    declare_status(by=omar, station=town.tower, state="full", until=NOON + timedelta(hours=2), now=NOON)
    assert live(town.tower) == [("full", NOON + timedelta(hours=2))]


@pytest.mark.parametrize("who", ["mei", "lena", "gao", "kai"])
def test_only_those_who_work_there_may(town, who, request):
    with pytest.raises(Refused):
        declare_status(by=request.getfixturevalue(who), station=town.tower, state="closed", now=NOON)
    assert live(town.tower) == []


def test_a_worker_of_another_station_may_not(town, omar):
    with pytest.raises(Refused):
        declare_status(by=omar, station=town.night, state="closed", now=NOON)


def test_a_role_that_ended_opens_nothing(town):
    former = make_person("Former")
    make_role(former, town.tower.unit, "worker", days=10, since=10)
    with pytest.raises(Refused):
        declare_status(by=former, station=town.tower, state="closed", now=NOON)


@pytest.mark.parametrize("hours", [-1, 0, 37])
def test_refuses_a_time_that_makes_no_sense(town, omar, hours):
    with pytest.raises(Problem) as problem:
        declare_status(
            by=omar, station=town.tower, state="closed", until=NOON + timedelta(hours=hours), now=NOON
        )
    assert problem.value.field == "until"
    assert live(town.tower) == []


def test_leaves_its_fact_without_the_note(town, omar, facts):
    until = NOON + timedelta(hours=3)
    declare_status(
        by=omar, station=town.tower, state="closed", until=until, note="Omar is at the dentist", now=NOON
    )
    data = {"state": "closed", "until": until.isoformat()}
    assert facts() == [("directory.status_declared", ref(town.tower), data)]


def test_followers_hear_it_and_nobody_else(town, omar, mei, lena, settle):
    follow(by=mei, subject=town.tower)
    follow(by=lena, subject=town.night)
    declare_status(by=omar, station=town.tower, state="closed", until=timezone.now() + timedelta(hours=1))
    settle()
    assert list(Notice.objects.values_list("person", "kind", "subject")) == [
        (mei.pk, "directory.status_declared", ref(town.tower))
    ]


def test_lapses_by_itself(town, omar, mei, settle, facts):
    follow(by=mei, subject=town.tower)
    now = timezone.now()
    declare_status(by=omar, station=town.tower, state="closed", until=now + timedelta(hours=1))
    settle()
    settle(now + timedelta(hours=2))
    settle(now + timedelta(hours=2))
    assert live(town.tower) == []
    assert [kind for kind, _subject, _data in facts() if kind.startswith("directory")] == [
        "directory.status_declared",
        "directory.status_ended",
    ]
    kinds = sorted(Notice.objects.filter(person=mei).values_list("kind", flat=True))
    assert kinds == ["directory.status_declared", "directory.status_ended"]


def test_taking_it_back_ends_it_once(town, omar, settle, facts):
    declare_status(by=omar, station=town.tower, state="closed", until=timezone.now() + timedelta(hours=1))
    assert lift_status(by=omar, station=town.tower) is True
    assert lift_status(by=omar, station=town.tower) is False
    settle(timezone.now() + timedelta(hours=2))
    ended = [data for kind, _subject, data in facts() if kind == "directory.status_ended"]
    assert ended == [{"state": "closed", "lapsed": False}]


def test_only_those_who_work_there_take_it_back(town, omar, mei):
    declare_status(by=omar, station=town.tower, state="closed", until=timezone.now() + timedelta(hours=1))
    with pytest.raises(Refused):
        lift_status(by=mei, station=town.tower)
