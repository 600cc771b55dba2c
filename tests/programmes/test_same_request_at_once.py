"""One request that arrives two hundred times at once, from an impatient thumb or a line that breaks: one effect."""

from collections import Counter
from datetime import timedelta
from json import dumps, loads

import pytest

from linli.kit.rules import Problem
from linli.ledger.models import Event
from linli.programmes.actions import accept_offer, cancel_sign_up, check_in, sign_up
from linli.programmes.actions.signing_up import Attendee
from linli.programmes.models import SignUp
from tests.factories import make_programme, make_session, make_sign_up
from tests.people.signing import in_processes

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
    ("free", "state", "then"),
    [(1, "confirmed", (2, 0, 0)), (0, "waiting", (1, 1, 0))],
    ids=["a seat", "the queue"],
)
def test_the_same_sign_up(free, state, then, town, mei):
    session = make_session(make_programme(town.tower.unit), town.tower, capacity=1 + free)
    make_sign_up(session, "甲")

    answers = at_once(lambda: sign_up(by=mei, session=session, attendee=Attendee("梅")).state)

    assert answers == {state: 1, "refused": 199}
    assert list(SignUp.objects.filter(holder=mei).values_list("state", flat=True)) == [state]
    assert (counts(session), kinds()) == (then, {"programmes.signed_up": 1})


def test_the_same_yes_to_an_offer(town, mei):
    session = make_session(make_programme(town.tower.unit), town.tower, capacity=1)
    offered = make_sign_up(session, "梅", state="offered", holder=mei)

    answers = at_once(lambda: accept_offer(by=mei, sign_up=offered))

    offered.refresh_from_db()
    assert (answers, offered.state, offered.offered_until) == ({"None": 200}, "confirmed", None)
    assert (counts(session), kinds()) == ((1, 0, 0), {"programmes.offer_accepted": 1})


def test_the_same_arrival(town, mei, omar):
    session = make_session(make_programme(town.tower.unit), town.tower, starts_in=timedelta(minutes=30))
    seat = make_sign_up(session, "梅", holder=mei)

    answers = at_once(lambda: check_in(by=omar, sign_up=seat))

    seat.refresh_from_db()
    assert (answers, seat.arrived_at is not None) == ({"True": 1, "False": 199}, True)
    assert counts(session) == (1, 0, 1)


def test_the_same_seat_given_back(town, mei, lena):
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
