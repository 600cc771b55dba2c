"""The day at a desk: walk-ins counted without names, the roster, and what visitors say is wrong."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connections
from django.utils import timezone, translation
from tests.factories import make_person, make_role

from linli.directory.actions import (
    copy_week,
    count_walk_ins,
    end_duty,
    enter_walk_ins_late,
    mend_wrong,
    note_wrong,
    set_duty,
)
from linli.directory.models import Duty, WalkIn, WrongNote
from linli.directory.panels import desk_day
from linli.kit.rules import Problem, Refused
from linli.people.models import Look, Role

SHANGHAI = ZoneInfo("Asia/Shanghai")
TWO = datetime(2026, 11, 25, 14, 20, tzinfo=SHANGHAI)
MONDAY = TWO.date() - timedelta(days=2)


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def test_taps_are_counted_in_their_hour_and_a_slip_is_taken_back(town, omar):
    for number in (1, 5, -1):
        count_walk_ins(by=omar, station=town.tower, number=number, now=TWO)
    count_walk_ins(by=omar, station=town.tower, number=1, now=TWO + timedelta(hours=1))
    assert list(WalkIn.objects.order_by("hour").values_list("hour", "count")) == [(14, 5), (15, 1)]


def test_there_are_never_less_than_none(town, omar):
    count_walk_ins(by=omar, station=town.tower, number=-1, now=TWO)
    assert WalkIn.objects.count() == 0
    count_walk_ins(by=omar, station=town.tower, number=1, now=TWO)
    for _twice in range(2):
        count_walk_ins(by=omar, station=town.tower, number=-1, now=TWO)
    assert WalkIn.objects.get().count == 0


@pytest.mark.django_db(transaction=True)
def test_taps_at_the_same_moment_are_all_counted(town, omar):
    def tap(_number):
        try:
            count_walk_ins(by=omar, station=town.tower, number=1, now=TWO)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(tap, range(40)))
    assert WalkIn.objects.get().count == 40


def test_what_is_entered_late_says_so(town, omar, facts):
    enter_walk_ins_late(by=omar, station=town.tower, on=TWO.date(), hour=13, count=7, now=TWO)
    row = WalkIn.objects.get()
    assert (row.count, row.entered_late_at) == (7, TWO)
    assert facts()[-1][0] == "directory.walk_ins_entered_late"


@pytest.mark.parametrize(
    ("days", "hour", "field"), [(0, 14, "hour"), (0, 20, "hour"), (1, 9, "on"), (-8, 9, "on")]
)
def test_neither_what_is_to_come_nor_what_is_long_past_can_be_entered(town, omar, days, hour, field):
    with pytest.raises(Problem) as refused:
        enter_walk_ins_late(
            by=omar, station=town.tower, on=TWO.date() + timedelta(days=days), hour=hour, count=1, now=TWO
        )
    assert refused.value.field == field


def duty(omar, station, person, day=0, starts=time(8), ends=time(16)):
    return set_duty(
        by=omar, station=station, person=person, on=MONDAY + timedelta(days=day), starts=starts, ends=ends
    )


def test_a_colleague_is_put_on_duty_once(town, omar, facts):
    duty(omar, town.tower, omar)
    with pytest.raises(Problem, match="already"):
        duty(omar, town.tower, omar, ends=time(18))
    assert [data for _kind, _subject, data in facts()] == [{"change": 1}]


def test_nobody_from_elsewhere_stands_on_the_roster(town, omar, lena):
    with pytest.raises(Problem, match="works at this station"):
        duty(omar, town.tower, lena)
    with pytest.raises(Refused):
        duty(lena, town.tower, omar)


def test_a_week_is_filled_from_the_one_before_without_those_who_left(town, omar):
    bo = make_person("Bo")
    role = make_role(bo, town.tower.unit, "worker")
    for person in (omar, bo):
        duty(omar, town.tower, person, day=1)
    role.valid_until = timezone.localdate()
    role.save()
    assert copy_week(by=omar, station=town.tower, monday=MONDAY + timedelta(days=7)) == 1
    assert copy_week(by=omar, station=town.tower, monday=MONDAY + timedelta(days=7)) == 0
    assert list(Duty.objects.filter(on__gte=MONDAY + timedelta(days=7)).values_list("person", "on")) == [
        (omar.pk, MONDAY + timedelta(days=8))
    ]


def test_looking_at_the_roster_is_told_to_those_who_stand_on_it(town, omar, browse, today):
    bo = make_person("Bo")
    make_role(bo, town.tower.unit, "worker")
    set_duty(by=omar, station=town.tower, person=bo, on=today, starts=time(8), ends=time(16))
    page = browse(omar).get("/stations/JA-0101/roster/").content.decode()
    assert "Bo" in page
    assert list(Look.objects.values_list("subject", "viewer")) == [(bo.pk, omar.pk)]
    assert "Cloud Tower Station" in browse(bo).get("/me/duties/").content.decode()


def test_the_roster_is_changed_by_taps(town, omar, browse, today):
    client, page = browse(omar), "/stations/JA-0101/roster/"
    role = Role.objects.get(person=omar)
    client.post(page, {"person": role.pk, "on": today.isoformat(), "starts": "08:00", "ends": "16:00"})
    planned = Duty.objects.get()
    client.post(page, {"copy": "next"})
    client.post(page, {"remove": str(planned.pk)})
    client.post(page, {"remove": "nonsense"})
    assert [each.on for each in Duty.objects.all()] == [today + timedelta(days=7)]
    end_duty(by=omar, duty=Duty.objects.get())
    assert Duty.objects.count() == 0


def test_a_visitor_says_what_is_wrong_and_the_desk_mends_it(town, omar, browse, facts):
    page = browse().post("/stations/JA-0101/wrong/", {"what": "hours", "text": "It opens at ten"})
    assert "The desk has it" in page.content.decode()
    note = WrongNote.objects.get()
    assert "It opens at ten" in browse(omar).get("/stations/JA-0101/wrong/notes/").content.decode()
    browse(omar).post("/stations/JA-0101/wrong/notes/", {"note": note.code})
    assert mend_wrong(by=omar, note=note) is False
    assert [(kind, data) for kind, _subject, data in facts()] == [
        ("directory.wrong_noted", {"what": "hours"}),
        ("directory.wrong_mended", {"what": "hours"}),
    ]


def test_too_many_notes_from_one_network_are_slowed_down(town, browse):
    for _number in range(20):
        browse().post("/stations/JA-0101/wrong/", {"what": "other", "text": "again"})
    page = browse().post("/stations/JA-0101/wrong/", {"what": "other", "text": "and again"})
    assert page.status_code == 429
    assert "and again" in page.content.decode()


def test_the_desk_shows_its_day_in_four_questions(town, omar, django_assert_num_queries):
    now = timezone.now()
    count_walk_ins(by=omar, station=town.tower, number=5, now=now)
    note_wrong(by=None, station=town.tower, what="other", text="x")
    with django_assert_num_queries(4):
        day = desk_day(town.tower, now)
    assert (day.walk_ins, day.wrong, day.low, day.on_duty) == (5, 1, [], [])
