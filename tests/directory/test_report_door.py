"""A passer-by taps "no water": it shows at once, a second person confirms it, and it ends by the desk or by itself."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone, translation
from tests.factories import make_person, make_role
from tests.people.signing import in_processes

from linli.directory.actions import (
    declare_status,
    end_reports,
    expire_report,
    lapse_status,
    lift_status,
    report_door,
    settle_reports,
)
from linli.directory.hearsay import Said, hearsay, said_of
from linli.directory.models import DoorReport
from linli.kit.refs import ref
from linli.kit.rules import Refused
from linli.ledger.models import Event
from linli.notices.actions import follow
from linli.notices.models import Notice

SHANGHAI = ZoneInfo("Asia/Shanghai")
EVENING = datetime(2026, 11, 25, 22, 10, tzinfo=SHANGHAI)
MINUTE = timedelta(minutes=1)


def say(station, device="phone-1", network="198.51.100.0/24", what="no_water", at=EVENING):
    return report_door(by=None, station=station, what=what, device=device, network=network, now=at)


def sentence(said):
    with translation.override("en"):
        return said.words(SHANGHAI)


def say_as_another(station, **more):
    return say(station, **{"device": "phone-2", "network": "203.0.113.0/24"} | more)


def test_the_first_word_shows_at_once_and_is_not_confirmed(town):
    assert say(town.tower) is False
    said = said_of(town.tower, EVENING)
    assert said == [Said("no_water", EVENING, False, None)]
    assert sentence(said[0]) == "No water: one person, 22:10, not confirmed."
    assert said[0].counts is False


def test_a_second_person_confirms_it(town):
    say(town.tower)
    assert say_as_another(town.tower, at=EVENING + 5 * MINUTE) is True
    said = said_of(town.tower, EVENING + 6 * MINUTE)
    assert said == [Said("no_water", EVENING, True, None)]
    assert sentence(said[0]) == "No water: two people, since 22:10."
    assert said[0].counts is True


@pytest.mark.parametrize(
    "other", [{"network": "203.0.113.0/24"}, {"device": "phone-2"}], ids=["same device", "same network"]
)
def test_the_same_device_or_network_is_no_second_person(town, other):
    say(town.tower)
    assert say(town.tower, **other, at=EVENING + MINUTE) is False
    assert said_of(town.tower, EVENING + MINUTE) == [Said("no_water", EVENING, False, None)]


def test_a_third_person_changes_nothing(town):
    say(town.tower)
    say_as_another(town.tower)
    assert say(town.tower, device="phone-3", network="192.0.2.0/24") is False
    assert said_of(town.tower, EVENING) == [Said("no_water", EVENING, True, None)]


def test_what_is_said_of_one_thing_confirms_no_other(town):
    say(town.tower, what="closed")
    say_as_another(town.tower, what="full")
    say_as_another(town.night, what="closed")
    assert hearsay([town.tower.pk, town.night.pk], EVENING) == {
        town.tower.pk: [Said("closed", EVENING, False, None), Said("full", EVENING, False, None)],
        town.night.pk: [Said("closed", EVENING, False, None)],
    }


def test_nothing_readable_is_stored(town):
    say(town.tower)
    row = DoorReport.objects.get()
    assert [len(row.device), len(row.network)] == [64, 64]
    assert [word for word in ("phone-1", "198.51") if word in str(row.__dict__)] == []


def test_nothing_links_two_days(town):
    say(town.tower)
    say(town.night, at=EVENING + timedelta(days=1))
    first, second = DoorReport.objects.all()
    assert (first.device != second.device, first.network != second.network) == (True, True)


def test_midnight_makes_nobody_two_people(town):
    late = EVENING.replace(hour=23, minute=50)
    say(town.tower, at=late)
    assert say(town.tower, network="203.0.113.0/24", at=late + 20 * MINUTE) is False
    assert say(town.tower, device="phone-2", at=late + 20 * MINUTE) is False
    assert say_as_another(town.tower, device="phone-3", at=late + 30 * MINUTE) is True


def test_it_ends_by_itself_after_two_hours(town, settle):
    with time_machine.travel(EVENING, tick=False):
        say(town.tower)
        settle(EVENING + 120 * MINUTE - timedelta(seconds=1))
        assert said_of(town.tower, EVENING + 119 * MINUTE) == [Said("no_water", EVENING, False, None)]
        assert said_of(town.tower, EVENING + 120 * MINUTE) == []
        assert DoorReport.objects.get().device != ""
        settle(EVENING + 120 * MINUTE)
    row = DoorReport.objects.get()
    assert (row.device, row.network, row.ended_at) == ("", "", row.expires_at)
    assert expire_report(report_id=str(row.pk)) is False


def test_the_same_device_may_say_it_again_once_it_ended(town):
    """Also where the worker is late."""
    say(town.tower)
    say(town.tower, at=EVENING + 121 * MINUTE)
    assert said_of(town.tower, EVENING + 121 * MINUTE) == [
        Said("no_water", EVENING + 121 * MINUTE, False, None)
    ]
    assert list(DoorReport.objects.values_list("ended_at", flat=True)) == [EVENING + 120 * MINUTE, None]


def test_the_second_person_alone_confirms_nothing_once_the_first_ended(town):
    say(town.tower)
    say_as_another(town.tower, at=EVENING + 60 * MINUTE)
    assert said_of(town.tower, EVENING + 130 * MINUTE) == [
        Said("no_water", EVENING + 60 * MINUTE, False, None)
    ]


def test_the_desk_says_that_it_is_mended(town, omar):
    say(town.tower)
    assert end_reports(by=omar, station=town.tower, what="no_water", now=EVENING + 9 * MINUTE) is True
    row = DoorReport.objects.get()
    assert (row.device, row.network, row.ended_at) == ("", "", EVENING + 9 * MINUTE)
    assert said_of(town.tower, EVENING + 9 * MINUTE) == []
    assert end_reports(by=omar, station=town.tower, what="no_water") is False


@pytest.mark.parametrize("who", ["mei", "lena", "gao", "kai"])
def test_only_those_who_work_there_say_so(town, who, request):
    say(town.tower)
    with pytest.raises(Refused):
        end_reports(by=request.getfixturevalue(who), station=town.tower, what="no_water", now=EVENING)
    assert said_of(town.tower, EVENING) == [Said("no_water", EVENING, False, None)]


def test_a_worker_of_another_station_may_not(town, omar):
    with pytest.raises(Refused):
        end_reports(by=omar, station=town.night, what="no_water")


def test_a_station_that_closed_for_good_hears_nothing(town, today):
    town.tower.unit.closed_on = today
    with pytest.raises(Refused):
        say(town.tower)


@pytest.mark.parametrize("state", ["open", "closed", "full"])
def test_what_the_desk_says_of_its_door_settles_what_was_said_of_it(town, omar, state):
    for what in ("closed", "full", "no_water"):
        say(town.tower, what=what)
    now = EVENING + 10 * MINUTE
    declare_status(by=omar, station=town.tower, state=state, until=EVENING + 60 * MINUTE, now=now)
    assert said_of(town.tower, now) == [Said("no_water", EVENING, False, None)]


def test_so_does_going_back_to_the_usual_hours_but_not_a_lapse(town, omar):
    until = EVENING + 60 * MINUTE
    status = declare_status(by=omar, station=town.tower, state="full", until=until, now=EVENING)
    say(town.tower, what="closed", at=EVENING + 35 * MINUTE)
    lapse_status(status_id=str(status.pk), now=until)
    assert [each.what for each in said_of(town.tower, until)] == ["closed"]
    declare_status(by=omar, station=town.tower, state="full", until=until + 60 * MINUTE, now=until)
    say(town.tower, what="closed", at=until + MINUTE)
    lift_status(by=omar, station=town.tower, now=until + 2 * MINUTE)
    assert said_of(town.tower, until + 2 * MINUTE) == []


def test_a_restock_settles_it(town, omar):
    say(town.tower)
    assert settle_reports(by=omar, station=town.tower, what="no_water", now=EVENING + 30 * MINUTE) is True
    assert said_of(town.tower, EVENING + 30 * MINUTE) == []


def test_for_half_an_hour_the_word_of_the_desk_goes_first(town, omar):
    """What is said meanwhile is kept beside it, and counts afterwards."""
    settle_reports(by=omar, station=town.tower, what="no_water", now=EVENING)
    early = EVENING + 5 * MINUTE
    say(town.tower, at=early)
    say_as_another(town.tower, at=early)
    (said,) = said_of(town.tower, EVENING + 29 * MINUTE)
    assert (said, said.counts) == (Said("no_water", early, True, EVENING), False)
    assert sentence(said) == "No water: two people, since 22:15. The desk said otherwise at 22:10."
    (said,) = said_of(town.tower, EVENING + 30 * MINUTE)
    assert (said, said.counts) == (Said("no_water", early, True, None), True)


def test_it_leaves_its_facts_and_nothing_of_the_person(town, omar, mei, facts):
    report_door(by=mei, station=town.tower, what="closed", device="a", network="n", now=EVENING)
    report_door(by=None, station=town.tower, what="closed", device="b", network="m", now=EVENING)
    end_reports(by=omar, station=town.tower, what="closed", now=EVENING)
    end_reports(by=omar, station=town.tower, what="closed", now=EVENING)
    assert facts() == [
        ("directory.door_reported", ref(town.tower), {"what": "closed", "confirmed": False}),
        ("directory.door_reported", ref(town.tower), {"what": "closed", "confirmed": True}),
        ("directory.reports_ended", ref(town.tower), {"what": "closed"}),
    ]
    actors = Event.objects.filter(kind="directory.door_reported").values_list("actor", flat=True)
    assert list(actors) == ["", ""]


def test_those_who_work_there_hear_two_people_and_followers_hear_nothing(town, omar, mei, settle):
    follow(by=mei, subject=town.tower)
    manager, elsewhere = make_person("Ana"), make_person("Bo")
    make_role(manager, town.tower.unit, "manager")
    make_role(elsewhere, town.night.unit, "worker")
    now = timezone.now()
    say(town.tower, at=now)
    settle()
    assert Notice.objects.count() == 0
    say_as_another(town.tower, at=now)
    say(town.tower, device="phone-3", network="192.0.2.0/24", at=now)
    settle()
    assert set(Notice.objects.values_list("person", "kind", "subject")) == {
        (person.pk, "directory.door_reported", ref(town.tower)) for person in (omar, manager)
    }
    assert Notice.objects.count() == 2


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_exactly_one_confirms(town):
    now = timezone.now()
    answers = in_processes(12, lambda n: say(town.tower, device=f"phone-{n}", network=f"network-{n}", at=now))
    assert sorted(answers) == ["False"] * 11 + ["True"]
    assert DoorReport.objects.count() == 12
    kinds = [event.data["confirmed"] for event in Event.objects.filter(kind="directory.door_reported")]
    assert sorted(kinds) == [False] * 11 + [True]


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_one_device_tapping_many_times_at_once_is_one_person(town):
    now = timezone.now()
    answers = in_processes(12, lambda n: say(town.tower, network=f"network-{n}", at=now))
    assert answers == ["False"] * 12
    assert DoorReport.objects.count() == 1


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_a_restock_amid_reports_leaves_each_either_before_or_after_it(town, omar):
    """Whatever stands afterwards still has its digests, and whatever ended has none."""

    def act(number):
        if number == 5:
            return end_reports(by=omar, station=town.tower, what="no_water")
        return say(town.tower, device=f"phone-{number}", network=f"network-{number}", at=timezone.now())

    answers = in_processes(12, act)
    assert set(answers) <= {"True", "False"}
    rows = DoorReport.objects.values_list("ended_at", "device", "network")
    assert len(rows) == 11
    assert all((device == "" and network == "") == (ended is not None) for ended, device, network in rows)
