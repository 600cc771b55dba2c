"""S32: one request that arrives two hundred times at once, from an impatient thumb or a line that breaks: one effect.

And deeds that meet: none may see the other half done, and none may wait for the other in a ring.
"""

from collections import Counter
from datetime import timedelta
from json import dumps, loads
from random import Random

import pytest

from linli.kit.rules import Problem
from linli.ledger.models import Event
from linli.programmes.actions import (
    accept_offer,
    cancel_session,
    cancel_sign_up,
    check_in,
    enter_chain,
    name_in_block,
    sign_up,
    take_block,
)
from linli.programmes.actions.signing_up import Attendee, sign_up_at_desk
from linli.programmes.models import Session, SignUp
from tests.factories import (
    make_organisation,
    make_person,
    make_programme,
    make_role,
    make_session,
    make_sign_up,
)
from tests.people.signing import in_processes
from tests.programmes.seats_audit import faults_of

PROCESSES, EACH = 8, 25
pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]


def at_once(deed) -> Counter:
    """How often the deed answered what, or refused, of 200 times in 8 processes that start together."""

    def again_and_again(_number: int) -> str:
        return dumps([answer(deed) for _time in range(EACH)])

    return Counter(each for answers in in_processes(PROCESSES, again_and_again) for each in loads(answers))


def answer(deed) -> str:
    try:
        return str(deed())
    except Problem:
        return "refused"


def counts(session):
    session.refresh_from_db()
    return session.taken, session.waiting, session.arrived


def kinds() -> Counter:
    return Counter(Event.objects.filter(kind__startswith="programmes.").values_list("kind", flat=True))


@pytest.mark.parametrize(
    ("free", "state", "then", "facts"),
    [
        (1, "confirmed", (2, 0, 0), {"programmes.signed_up": 1}),
        (0, "waiting", (1, 1, 0), {"programmes.signed_up": 1, "programmes.queue_joined": 1}),
    ],
    ids=["a seat", "the queue"],
)
def test_s32_the_same_sign_up(free, state, then, facts, town, mei):
    session = make_session(make_programme(town.tower.unit), town.tower, capacity=1 + free)
    make_sign_up(session, "甲")

    answers = at_once(lambda: sign_up(by=mei, session=session, attendee=Attendee("梅")).state)

    assert answers == {state: 1, "refused": 199}
    assert list(SignUp.objects.filter(holder=mei).values_list("state", flat=True)) == [state]
    assert (counts(session), kinds()) == (then, facts)


def test_s32_the_same_yes_to_an_offer(town, mei):
    session = make_session(make_programme(town.tower.unit), town.tower, capacity=1)
    offered = make_sign_up(session, "梅", state="offered", holder=mei)

    answers = at_once(lambda: accept_offer(by=mei, sign_up=offered))

    offered.refresh_from_db()
    assert (answers, offered.state, offered.offered_until) == ({"None": 200}, "confirmed", None)
    assert (counts(session), kinds()) == ((1, 0, 0), {"programmes.offer_accepted": 1})


def test_s32_the_same_arrival(town, mei, omar):
    session = make_session(make_programme(town.tower.unit), town.tower, starts_in=timedelta(minutes=30))
    seat = make_sign_up(session, "梅", holder=mei)

    answers = at_once(lambda: check_in(by=omar, sign_up=seat))

    seat.refresh_from_db()
    assert (answers, seat.arrived_at is not None) == ({"True": 1, "False": 199}, True)
    assert counts(session) == (1, 0, 1)


def test_s32_the_same_seat_given_back(town, mei, lena):
    session = make_session(make_programme(town.tower.unit), town.tower, capacity=1)
    seat = make_sign_up(session, "梅", holder=mei)
    first, second = (make_sign_up(session, "Lena", state="waiting", holder=lena) for _place in range(2))

    answers = at_once(lambda: cancel_sign_up(by=mei, sign_up=seat))

    assert answers == {"True": 1, "False": 199}
    states = dict(SignUp.objects.values_list("pk", "state"))
    assert states == {seat.pk: "cancelled", first.pk: "offered", second.pk: "waiting"}
    assert (counts(session), kinds()) == (
        (1, 1, 0),
        {"programmes.sign_up_cancelled": 1, "programmes.seat_offered": 1},
    )


def test_s32_the_same_names_from_a_chain_from_paper_and_from_an_organisation(town, omar):
    """Each process writes the same names down in an order of its own: all wait for each other, and none in a ring."""
    names = [f"来宾{number}" for number in range(EACH)]
    session = make_session(make_programme(town.tower.unit), town.tower, capacity=60)
    firm = make_organisation("ORG-1", "晨星软件", town.west)
    ada = make_person("Ada")
    make_role(ada, firm.unit, "liaison")
    block = take_block(by=ada, session=session, organisation=firm, seats=EACH)

    def write_down(number: int) -> str:
        order = Random(number).sample(names, EACH)
        ways = [
            lambda place: enter_chain(by=omar, session=session, names=order[place:] + order[:place]),
            lambda place: sign_up_at_desk(by=omar, session=session, attendee=Attendee(order[place])),
            lambda place: name_in_block(by=ada, block=block, name=order[place]),
        ]
        for place in range(EACH):
            answer(lambda place=place: ways[number % 3](place))
        return "done"

    assert in_processes(PROCESSES, write_down) == ["done"] * PROCESSES
    # Once each among those who come by themselves, and once each among the organisation's.
    for rows in (SignUp.objects.filter(block=None), SignUp.objects.filter(block=block)):
        assert sorted(row.name for row in rows.alive()) == sorted(names)
    session.refresh_from_db()
    assert (faults_of(session), session.waiting) == ([], 0)


def test_s32_a_chain_that_comes_just_after_the_session_was_cancelled(town, omar):
    as_it_stood = make_session(make_programme(town.tower.unit), town.tower)
    cancel_session(by=omar, session=Session.objects.get(), reason="下雨")
    with pytest.raises(Problem, match="取消"):
        enter_chain(by=omar, session=as_it_stood, names=["甲", "乙"])
    assert (SignUp.objects.count(), counts(as_it_stood)) == (0, (0, 0, 0))
