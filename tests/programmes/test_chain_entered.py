"""A chain of names out of a group becomes sign-ups: seats first, then the waiting list, all or nothing, and once."""

from datetime import timedelta

import pytest
import time_machine

from linli.kit.rules import Problem
from linli.programmes.actions import cancel_sign_up, enter_chain, sign_up
from linli.programmes.actions.signing_up import Attendee, sign_up_at_desk
from linli.programmes.chains import read_chain
from linli.programmes.models import Session, SignUp
from tests.factories import make_programme, make_session, make_sign_up
from tests.programmes.people import NOON, everybody, seats, who_may

NAMES = ["梅小雨", "高远", "李和平", "古丽·买买提", "Omar Haddad"]


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def ride(town):
    return make_session(make_programme(town.tower.unit, en="Weekend ride"), town.tower, capacity=3)


def entered() -> list[tuple[str, str]]:
    return [(row.name, row.state) for row in SignUp.objects.order_by("signed_at", "id")]


EXPECTED = [(name, "confirmed" if place < 3 else "waiting") for place, name in enumerate(NAMES)]


def test_seats_first_then_the_waiting_list_in_their_order(ride, omar, facts):
    made = enter_chain(by=omar, session=ride, names=NAMES)
    assert (entered(), seats(ride), len(made)) == (EXPECTED, (3, 2), 5)
    assert [row.name for row in SignUp.objects.queue()] == NAMES[3:]
    assert {(row.holder, row.by_desk, row.holder_key, row.slot) for row in SignUp.objects.all()} == {
        (None, True, "", None)
    }
    assert len(set(SignUp.objects.values_list("spoken", flat=True))) == 5
    assert facts() == [("programmes.chain_entered", "programmes.session/SES-1", {"seats": 5})]


@pytest.mark.parametrize(
    "again", [NAMES, NAMES[::-1], ["梅 小雨", "古丽买买提", "OMAR haddad", "ＯＭＡＲ　Haddad"]]
)
def test_again_changes_nothing(again, ride, omar):
    enter_chain(by=omar, session=ride, names=NAMES)
    before = list(SignUp.objects.order_by("pk").values())
    assert enter_chain(by=omar, session=ride, names=again) == []
    assert (list(SignUp.objects.order_by("pk").values()), seats(ride)) == (before, (3, 2))


def test_a_name_twice_in_one_chain_is_one_attendee(ride, omar):
    enter_chain(by=omar, session=ride, names=["梅小雨", "高远", "梅 小雨", "梅小雨"])
    assert (sorted(name for name, _state in entered()), seats(ride)) == (sorted(["梅 小雨", "高远"]), (2, 0))


def test_a_longer_chain_adds_those_who_are_new(ride, omar, lena):
    enter_chain(by=omar, session=ride, names=NAMES[:2])
    sign_up(by=lena, session=ride, attendee=Attendee("Lena"))
    made = enter_chain(by=omar, session=ride, names=NAMES)
    assert [(row.name, row.state) for row in made] == [(name, "waiting") for name in NAMES[2:]]
    assert seats(ride) == (3, 3)


def test_whom_the_desk_wrote_down_by_name_is_there_already(ride, omar):
    sign_up_at_desk(by=omar, session=ride, attendee=Attendee("高远"))
    assert [row.name for row in enter_chain(by=omar, session=ride, names=NAMES[:2])] == ["梅小雨"]
    assert seats(ride) == (2, 0)


def test_who_cancelled_comes_in_again(ride, omar):
    first, _second = enter_chain(by=omar, session=ride, names=NAMES[:2])
    cancel_sign_up(by=None, sign_up=first)
    assert [row.name for row in enter_chain(by=omar, session=ride, names=NAMES[:2])] == [NAMES[0]]
    assert seats(ride) == (2, 0)


def test_nobody_of_a_chain_passes_those_who_wait(ride, omar, clock):
    waits = make_sign_up(ride, "等", "waiting")
    clock.move_to(ride.starts_at - timedelta(hours=1))
    enter_chain(by=omar, session=ride, names=NAMES[:2])
    # So close to the start the desk calls: nothing is offered, and the free seats are theirs to give.
    assert (seats(ride), SignUp.objects.queue().first()) == ((0, 3), waits)


def test_all_or_nothing(ride, omar):
    # Whose account is being erased at this very moment leaves no fact, and so no deed either.
    omar.salt = None
    with pytest.raises(ValueError, match="erased"):
        enter_chain(by=omar, session=ride, names=NAMES)
    assert (SignUp.objects.count(), seats(ride)) == (0, (0, 0))


def test_a_chain_as_it_was_pasted(ride, omar):
    chain = read_chain("#接龙 周六骑行\n1. 梅小雨\n2. 高远 13800000002\n3. 李和平+1\n4. 梅 小雨")
    names = [line.name for line in chain.lines if line.state == "clear"]
    enter_chain(by=omar, session=ride, names=names)
    assert (entered(), seats(ride)) == ([("梅小雨", "confirmed"), ("高远", "confirmed")], (2, 0))
    assert set(SignUp.objects.values_list("contact", flat=True)) == {""}


def test_while_it_is_on_somebody_may_still_be_entered_and_afterwards_not(ride, omar, clock):
    clock.move_to(ride.starts_at + timedelta(minutes=10))
    enter_chain(by=omar, session=ride, names=NAMES[:1])
    clock.move_to(ride.ends_at)
    with pytest.raises(Problem):
        enter_chain(by=omar, session=ride, names=NAMES)
    assert seats(ride) == (1, 0)


@pytest.mark.parametrize(
    "fields", [{"state": "cancelled", "reason": "下雨"}, {"state": "submitted"}, {"capacity": None}]
)
def test_where_nobody_can_sign_up_no_chain_is_entered(fields, ride, omar):
    Session.objects.filter(pk=ride.pk).update(**fields)
    ride.refresh_from_db()
    with pytest.raises(Problem):
        enter_chain(by=omar, session=ride, names=NAMES)
    assert SignUp.objects.count() == 0


def test_an_empty_chain_enters_nobody(ride, omar):
    assert enter_chain(by=omar, session=ride, names=[]) == []
    assert seats(ride) == (0, 0)


def test_only_the_desk(request, town, ride):
    people = everybody(request, town)
    allowed = who_may(people, lambda by: enter_chain(by=by, session=ride, names=NAMES))
    assert allowed == {"omar", "manager", "command line"}
