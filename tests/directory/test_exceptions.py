"""A worker says that a day differs: closed for a training, only until four; visitors and followers know at once."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from linli.directory.actions import close_early, set_exception, take_back_exception
from linli.directory.models import OpeningException, OpeningRule, Station
from linli.kit.refs import ref
from linli.kit.rules import Problem, Refused
from linli.notices.actions import follow
from linli.notices.models import Notice

SHANGHAI = ZoneInfo("Asia/Shanghai")
TODAY, TOMORROW = date(2026, 11, 20), date(2026, 11, 21)
PAGE = "/stations/JA-0101/exceptions/"


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(datetime(2026, 11, 20, 12, tzinfo=SHANGHAI), tick=True):
        yield


def rows(station):
    return list(station.exceptions.values_list("on", "opens", "closes", "reason"))


def open_at(station, *moment):
    at = datetime(2026, 11, *moment, tzinfo=SHANGHAI)
    return Station.objects.open_at(at).filter(pk=station.pk).exists()


def test_a_day_off_closes_the_door(town, omar):
    assert open_at(town.tower, 21, 12)
    assert set_exception(by=omar, station=town.tower, on=TOMORROW, hours=[], reason="Training") == 0
    assert rows(town.tower) == [(TOMORROW, None, None, "Training")]
    assert not open_at(town.tower, 21, 12)
    assert open_at(town.tower, 22, 12)


def test_other_hours_replace_what_was_said_of_that_day_before(town, omar):
    set_exception(by=omar, station=town.tower, on=TOMORROW, hours=[])
    hours = [(time(19), time(21)), (time(8), time(9))]
    assert set_exception(by=omar, station=town.tower, on=TOMORROW, hours=hours) == 2
    assert rows(town.tower) == [(TOMORROW, time(8), time(9), ""), (TOMORROW, time(19), time(21), "")]
    assert open_at(town.tower, 21, 20)
    assert not open_at(town.tower, 21, 12)


def test_taking_it_back_brings_the_usual_hours_again(town, omar, facts):
    set_exception(by=omar, station=town.tower, on=TOMORROW, hours=[])
    assert take_back_exception(by=omar, station=town.tower, on=TOMORROW) is True
    assert take_back_exception(by=omar, station=town.tower, on=TOMORROW) is False
    assert rows(town.tower) == []
    assert open_at(town.tower, 21, 12)
    assert facts()[1:] == [("directory.exception_taken_back", ref(town.tower), {"on": "2026-11-21"})]


def test_closing_early_keeps_what_lies_before(town, omar):
    OpeningRule.objects.create(station=town.tower, weekday=4, opens=time(20), closes=time(2))
    assert close_early(by=omar, station=town.tower, on=TODAY, at=time(16)) == 1
    assert rows(town.tower) == [(TODAY, time(9), time(16), "")]


def test_closing_early_cuts_a_night_at_its_evening(town, omar):
    OpeningRule.objects.filter(station=town.tower).update(opens=time(20), closes=time(2))
    assert close_early(by=omar, station=town.tower, on=TODAY, at=time(23)) == 1
    assert rows(town.tower) == [(TODAY, time(20), time(23), "")]


def test_closing_early_refuses_what_would_change_nothing(town, omar):
    with pytest.raises(Problem):
        close_early(by=omar, station=town.tower, on=TODAY, at=time(18))
    assert rows(town.tower) == []


@pytest.mark.parametrize("who", ["mei", "lena", "gao", "kai"])
def test_only_those_who_work_there_may(town, omar, who, request):
    set_exception(by=omar, station=town.tower, on=TOMORROW, hours=[])
    other = request.getfixturevalue(who)
    with pytest.raises(Refused):
        set_exception(by=other, station=town.tower, on=TODAY, hours=[])
    with pytest.raises(Refused):
        close_early(by=other, station=town.tower, on=TODAY, at=time(16))
    with pytest.raises(Refused):
        take_back_exception(by=other, station=town.tower, on=TOMORROW)
    with pytest.raises(Refused):
        set_exception(by=omar, station=town.night, on=TOMORROW, hours=[])
    assert rows(town.tower) == [(TOMORROW, None, None, "")]


@pytest.mark.parametrize("distance", [-1, 367])
def test_refuses_a_day_that_has_passed_or_is_too_far(town, omar, distance):
    day = TODAY + timedelta(days=distance)
    with pytest.raises(Problem) as problem:
        set_exception(by=omar, station=town.tower, on=day, hours=[])
    assert problem.value.field == "on"
    with pytest.raises(Problem):
        take_back_exception(by=omar, station=town.tower, on=day)


def test_today_is_the_stations_today(town, omar):
    Station.objects.filter(pk=town.tower.pk).update(time_zone="Pacific/Auckland")
    town.tower.refresh_from_db()
    with time_machine.travel(datetime(2026, 11, 20, 23, tzinfo=SHANGHAI)), pytest.raises(Problem):
        set_exception(by=omar, station=town.tower, on=TODAY, hours=[])


def test_two_that_begin_together_are_refused(town, omar):
    with pytest.raises(Problem) as problem:
        hours = [(time(9), time(10)), (time(9), time(11))]
        set_exception(by=omar, station=town.tower, on=TOMORROW, hours=hours)
    assert problem.value.field == "hours"


def test_leaves_its_fact_without_the_reason(town, omar, facts):
    hours = [(time(13, 30), time(16)), (time(9), time(12))]
    set_exception(by=omar, station=town.tower, on=TODAY, hours=hours, reason="Omar is ill")
    data = {"on": "2026-11-20", "hours": "09:00-12:00 13:30-16:00"}
    assert facts() == [("directory.exception_set", ref(town.tower), data)]


def test_followers_hear_it_and_nobody_else(town, omar, mei, lena, settle, browse):
    follow(by=lena, subject=town.tower)
    follow(by=mei, subject=town.night)
    set_exception(by=omar, station=town.tower, on=TOMORROW, hours=[])
    set_exception(by=omar, station=town.tower, on=TODAY, hours=[(time(9), time(16))])
    take_back_exception(by=omar, station=town.tower, on=TOMORROW)
    settle()
    assert list(Notice.objects.values_list("person", flat=True).distinct()) == [lena.pk]
    inbox = browse(lena).get("/me/inbox/").content.decode()
    for sentence in [
        "is closed tomorrow",
        "is open today: 09:00–16:00",
        "keeps its usual hours tomorrow after all",
    ]:
        assert f"Cloud Tower Station {sentence}" in inbox


def test_the_page_keeps_what_was_typed(town, omar, browse):
    client = browse(omar)
    answer = client.post(PAGE, {"on": "2026-11-19", "hours": "9 to 5", "reason": "why"})
    assert answer.status_code == 422
    assert "“9” is not understood" in answer.content.decode()
    answer = client.post(PAGE, {"on": "2026-11-19", "hours": "9:00-17:00", "reason": "why"})
    assert answer.status_code == 422
    assert "This day has passed already" in answer.content.decode()
    assert 'value="9:00-17:00"' in answer.content.decode()
    assert rows(town.tower) == []


def test_the_page_keeps_a_day_and_takes_it_back(town, omar, browse):
    client = browse(omar)
    answer = client.post(PAGE, {"on": "2026-11-25", "hours": "9:00-12:00", "reason": "Training"}, follow=True)
    assert "25 November (Wed): 09:00–12:00" in answer.content.decode()
    assert "Training" in client.get("/stations/JA-0101/").content.decode()
    assert client.post(f"{PAGE}take-back/", {"on": "2026-11-25"}).status_code == 302
    assert rows(town.tower) == []


@pytest.mark.parametrize(
    ("tap", "row"),
    [
        ("closed 2026-11-20", (TODAY, None, None, "")),
        ("closed 2026-11-21", (TOMORROW, None, None, "")),
        ("until 2026-11-20T16:00", (TODAY, time(9), time(16), "")),
    ],
)
def test_one_tap_at_the_desk(town, omar, browse, tap, row):
    client = browse(omar)
    assert f'value="{tap}"' in client.get("/desk/at/JA-0101/").content.decode()
    assert client.post(PAGE, {"choice": tap}).url == "/desk/at/JA-0101/"
    assert rows(town.tower) == [row]
    assert f'value="{tap}"' not in client.get("/desk/at/JA-0101/").content.decode()


@pytest.mark.parametrize(
    "tap", ["", "closed", "closed today", "until 2026-11-20", "open 2026-11-20", "until x"]
)
def test_a_tap_that_is_none_of_ours_changes_nothing(town, omar, browse, tap):
    assert browse(omar).post(PAGE, {"choice": tap}).status_code == 422
    assert OpeningException.objects.count() == 0
