"""A message to those who have a seat: on every ticket and in the inbox of whoever has an account, three a day."""

from datetime import datetime, timedelta

import pytest
import time_machine

from linli.kit.rules import Problem
from linli.notices.models import Notice
from linli.programmes.actions import send_message
from linli.programmes.models import Message, Session
from tests.factories import make_programme, make_session, make_sign_up, make_unit
from tests.programmes.people import NOON, SHANGHAI, everybody, staff, told, who_may


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def ride(town, lena):
    programme = make_programme(town.tower.unit, en="Weekend ride")
    return make_session(programme, town.tower, leader=lena)


def test_it_reaches_who_has_a_seat(ride, omar, mei, gao, lena, facts, settle):
    for name, state, holder in [("梅", "confirmed", mei), ("梅妈", "confirmed", mei), ("高", "offered", gao)]:
        make_sign_up(ride, name, state, holder=holder)
    for name, state, holder in [
        ("Lena", "waiting", lena),
        ("Omar", "cancelled", omar),
        ("李", "confirmed", None),
    ]:
        make_sign_up(ride, name, state, holder=holder)
    message = send_message(by=omar, session=ride, text="请带头盔")
    settle()
    assert list(ride.messages.values_list("text", "sent_at")) == [("请带头盔", NOON)]
    assert [told(person) for person in (mei, gao, lena, omar)] == [["programmes.message_sent"]] * 2 + [[], []]
    assert set(Notice.objects.values_list("subject", flat=True)) == {"programmes.session/SES-1"}
    assert [notice.data for notice in Notice.objects.all()] == [{"text": "请带头盔"}] * 2
    # What was written stays out of the ledger.
    assert (facts(), message.session) == ([("programmes.message_sent", "programmes.session/SES-1", {})], ride)


def test_three_a_day_and_no_fourth(ride, omar, mei, town):
    make_sign_up(ride, "梅", holder=mei)
    for number in range(3):
        send_message(by=omar, session=ride, text=f"第{number}条")
    with pytest.raises(Problem):
        send_message(by=omar, session=ride, text="还有一条")
    assert (Message.objects.count(), len(told(mei))) == (3, 3)
    # Another session has its own three.
    other = make_session(ride.programme, town.tower, "SES-2")
    send_message(by=omar, session=other, text="另一场")
    assert Message.objects.filter(session=other).count() == 1


@pytest.mark.parametrize(
    ("hour", "minute", "day", "more"), [(23, 59, 7, 0), (0, 0, 8, 3), (7, 59, 8, 3), (8, 1, 8, 3)]
)
def test_a_day_ends_at_midnight_by_the_clock_of_the_place(hour, minute, day, more, ride, omar, clock):
    for _number in range(3):
        send_message(by=omar, session=ride, text="x")
    clock.move_to(datetime(2026, 12, day, hour, minute, tzinfo=SHANGHAI))
    sent = 0
    for _number in range(4):
        try:
            send_message(by=omar, session=ride, text="y")
            sent += 1
        except Problem:
            break
    assert sent == more


def test_in_the_night_and_after_breakfast_it_is_the_same_day(ride, omar, clock):
    for hour in (1, 7, 9):
        clock.move_to(datetime(2026, 12, 8, hour, tzinfo=SHANGHAI))
        send_message(by=omar, session=ride, text="x")
    with pytest.raises(Problem):
        send_message(by=omar, session=ride, text="y")
    assert Message.objects.count() == 3


def test_who_sends(request, town, ride):
    group = make_unit("GRP-1", "group", "骑行组", town.west)
    people = everybody(request, town) | {"lead": staff("组长", group, "group_lead")}

    def send(by):
        send_message(by=by, session=ride, text="x")

    assert who_may(people, send) == {"omar", "manager", "command line"}
    Session.objects.filter(pk=ride.pk).update(group=group)
    ride.refresh_from_db()
    assert who_may(people, send) == {"omar", "manager", "command line", "lead"}


def test_the_leader_only_around_the_time(town, ride, lena, clock):
    for moment, allowed in [
        (ride.starts_at - timedelta(minutes=61), set()),
        (ride.starts_at - timedelta(minutes=60), {"lena"}),
        (ride.ends_at + timedelta(hours=24), set()),
    ]:
        clock.move_to(moment)
        assert who_may({"lena": lena}, lambda by: send_message(by=by, session=ride, text="x")) == allowed
