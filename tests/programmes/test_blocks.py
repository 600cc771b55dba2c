"""Blocks of seats: a liaison takes so many for an organisation, gives some back, and may say who comes."""

from datetime import timedelta

import pytest
import time_machine

from linli.kit.rules import Problem
from linli.programmes.actions import (
    cancel_sign_up,
    check_in,
    give_block_back,
    name_in_block,
    release_unused,
    take_block,
)
from linli.programmes.models import Block, SignUp
from tests.factories import make_organisation, make_programme, make_session, make_sign_up
from tests.programmes.people import NOON, everybody, seats, staff, who_may


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def firm(town):
    return make_organisation("ORG-1", "晨星软件", town.west)


@pytest.fixture
def liaison(firm):
    return staff("联络员", firm.unit, "liaison")


@pytest.fixture
def ride(town):
    return make_session(make_programme(town.tower.unit, en="Weekend ride"), town.tower, capacity=6)


@pytest.fixture
def block(ride, firm, liaison):
    return take_block(by=liaison, session=ride, organisation=firm, seats=4)


def numbers(block) -> tuple[int, int]:
    block.refresh_from_db()
    return block.seats, block.named


def make_sign_up_beside(session, state="confirmed", **fields) -> SignUp:
    """A sign-up beside a block: the seats of the block stay counted."""
    made = make_sign_up(session, state=state, **fields)
    session.taken += sum(Block.objects.filter(session=session).values_list("seats", flat=True))
    session.save(update_fields=["taken"])
    return made


def test_so_many_seats_without_a_name(ride, firm, liaison, facts):
    block = take_block(by=liaison, session=ride, organisation=firm, seats=4)
    assert (numbers(block), seats(ride), SignUp.objects.count()) == ((4, 0), (4, 0), 0)
    assert facts() == [("programmes.block_taken", "programmes.session/SES-1", {"seats": 4})]


def test_more_later_are_the_same_block(block, ride, firm, liaison):
    assert take_block(by=liaison, session=ride, organisation=firm, seats=2) == block
    assert (numbers(block), seats(ride), Block.objects.count()) == ((6, 0), (6, 0), 1)


def test_never_more_than_are_free(block, ride, firm, liaison):
    make_sign_up_beside(ride)
    with pytest.raises(Problem) as problem:
        take_block(by=liaison, session=ride, organisation=firm, seats=2)
    assert (problem.value.field, numbers(block), seats(ride)) == ("seats", (4, 0), (5, 0))


def test_a_block_never_waits_and_passes_nobody_who_does(ride, firm, liaison):
    make_sign_up(ride, state="waiting")
    with pytest.raises(Problem):
        take_block(by=liaison, session=ride, organisation=firm, seats=1)
    assert (seats(ride), Block.objects.count()) == ((0, 1), 0)


@pytest.mark.parametrize("wanted", [-1, 0, 51])
def test_from_one_to_fifty(wanted, town, firm, liaison):
    hall = make_session(make_programme(town.tower.unit), town.tower, capacity=500)
    with pytest.raises(Problem) as problem:
        take_block(by=liaison, session=hall, organisation=firm, seats=wanted)
    assert (problem.value.field, seats(hall), Block.objects.count()) == ("seats", (0, 0), 0)
    block = take_block(by=liaison, session=hall, organisation=firm, seats=50)
    with pytest.raises(Problem):
        take_block(by=liaison, session=hall, organisation=firm, seats=1)
    assert (numbers(block), seats(hall)) == ((50, 0), (50, 0))


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "cancelled", "reason": "下雨"},
        {"state": "proposed"},
        {"capacity": None},
        {"starts_in": -timedelta(minutes=1)},
    ],
    ids=["cancelled", "proposed", "drop-in", "begun"],
)
def test_where_nobody_can_sign_up_no_block_is_taken(fields, town, firm, liaison):
    session = make_session(make_programme(town.tower.unit), town.tower, **fields)
    with pytest.raises(Problem):
        take_block(by=liaison, session=session, organisation=firm, seats=1)
    assert (seats(session), Block.objects.count()) == ((0, 0), 0)


def test_seats_given_back_go_to_those_who_wait(block, ride, liaison, facts):
    make_sign_up_beside(ride)
    make_sign_up_beside(ride)
    waits = make_sign_up_beside(ride, "waiting")
    give_block_back(by=liaison, block=block, seats=3)
    waits.refresh_from_db()
    assert (waits.state, numbers(block), seats(ride)) == ("offered", (1, 0), (4, 0))
    kinds = [(kind, data.get("seats")) for kind, _subject, data in facts()][-2:]
    assert kinds == [("programmes.block_given_back", 3), ("programmes.seat_offered", None)]


def test_only_seats_without_a_name_go_back(block, ride, liaison):
    name_in_block(by=liaison, block=block, name="小周")
    for number in (4, 0, -1):
        with pytest.raises(Problem) as problem:
            give_block_back(by=liaison, block=block, seats=number)
        assert problem.value.field == "seats"
    give_block_back(by=liaison, block=block, seats=3)
    assert (numbers(block), seats(ride)) == ((1, 1), (1, 0))


def test_once_it_has_begun_nothing_goes_back(block, ride, liaison, clock):
    clock.move_to(ride.starts_at)
    with pytest.raises(Problem):
        give_block_back(by=liaison, block=block, seats=1)
    assert (numbers(block), seats(ride)) == ((4, 0), (4, 0))


def test_somebody_gets_one_of_the_seats_by_name(block, ride, liaison, omar, clock):
    made = name_in_block(by=liaison, block=block, name="小周")
    assert (made.state, made.name, made.holder, made.block) == ("confirmed", "小周", None, block)
    # No further seat is taken for it.
    assert (numbers(block), seats(ride)) == ((4, 1), (4, 0))
    clock.move_to(ride.starts_at)
    assert check_in(by=omar, sign_up=made) is True
    ride.refresh_from_db()
    assert ride.arrived == 1


def test_no_more_names_than_seats_and_no_name_twice(ride, firm, liaison):
    block = take_block(by=liaison, session=ride, organisation=firm, seats=2)
    name_in_block(by=liaison, block=block, name="小周")
    with pytest.raises(Problem):
        name_in_block(by=liaison, block=block, name=" 小 周")
    name_in_block(by=liaison, block=block, name="小吴")
    with pytest.raises(Problem) as problem:
        name_in_block(by=liaison, block=block, name="小郑")
    assert (problem.value.field, numbers(block), SignUp.objects.count()) == ("name", (2, 2), 2)


def test_who_cancels_leaves_the_seat_to_the_organisation(block, ride, liaison):
    made = name_in_block(by=liaison, block=block, name="小周")
    assert cancel_sign_up(by=None, sign_up=made) is True
    assert (numbers(block), seats(ride)) == ((4, 0), (4, 0))
    assert name_in_block(by=liaison, block=block, name="小周").state == "confirmed"
    assert numbers(block) == (4, 1)


def test_a_block_is_never_released(block, ride, liaison, omar, clock):
    name_in_block(by=liaison, block=block, name="小周")
    clock.move_to(ride.starts_at + timedelta(minutes=5))
    assert release_unused(by=omar, session=ride) == 0
    assert (numbers(block), seats(ride)) == ((4, 1), (4, 0))


def test_only_the_organisations_own_liaison(request, town, ride, firm, liaison, block):
    other = make_organisation("ORG-2", "灯果台", town.west)
    people = everybody(request, town) | {"liaison": liaison, "other": staff("另一位", other.unit, "liaison")}
    del people["command line"]
    deeds = {
        "take": lambda by: take_block(by=by, session=ride, organisation=firm, seats=1),
        "give back": lambda by: give_block_back(by=by, block=block, seats=1),
        "name": lambda by: name_in_block(by=by, block=block, name="小周"),
    }
    assert {name: who_may(people, deed) for name, deed in deeds.items()} == {
        name: {"liaison"} for name in deeds
    }


def test_an_organisation_without_a_unit_has_no_liaison(ride, liaison, firm):
    firm.unit = None
    firm.save(update_fields=["unit"])
    assert (
        who_may({"liaison": liaison}, lambda by: take_block(by=by, session=ride, organisation=firm, seats=1))
        == set()
    )
