"""Afterwards: three answers of who came, apart from who they are, and in words what came of it."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection

from linli.kit.rules import Problem
from linli.programmes.actions import answer_session, say_what_came
from linli.programmes.models import Answer, Session
from tests.factories import make_programme, make_session, make_sign_up
from tests.programmes.people import NOON, everybody, who_may

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def ride(town):
    """Over for an hour."""
    return make_session(make_programme(town.tower.unit, en="Weekend ride"), town.tower, starts_in=-3 * HOUR)


@pytest.fixture
def came(ride, mei):
    return make_sign_up(ride, "梅", holder=mei, arrived_at=ride.starts_at)


def say(by, sign_up, worth=5, again=4, words="", may_be_guessed=False) -> None:
    answer_session(
        by=by, sign_up=sign_up, worth=worth, again=again, words=words, may_be_guessed=may_be_guessed
    )


def said() -> list[tuple]:
    return [(row.session.code, row.worth, row.again, row.words) for row in Answer.objects.all()]


def test_three_answers_and_nothing_that_tells_whose(came, mei, facts):
    say(mei, came, words="路线很好", may_be_guessed=True)
    came.refresh_from_db()
    assert (said(), came.has_answered, facts()) == ([("SES-1", 5, 4, "路线很好")], True, [])
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM programmes_answer")
        row, columns = str(cursor.fetchall()), [column[0] for column in cursor.description]
    assert columns == ["id", "given_on", "worth", "again", "words", "session_id"]
    names = [str(mei.pk), mei.pk.hex, str(came.pk), came.pk.hex, came.code, "梅", "路线很好"]
    assert [name for name in names if name in row] == []


@pytest.mark.parametrize(
    ("worth", "again", "words", "kept"),
    [(1, None, "", (1, None, "")), (None, 5, "", (None, 5, "")), (None, None, "好", (None, None, "好"))],
)
def test_one_of_the_three_is_enough(worth, again, words, kept, came, mei):
    say(mei, came, worth, again, words, may_be_guessed=bool(words))
    assert said() == [("SES-1", *kept)]


def test_none_of_the_three_is_no_answer(came, mei):
    with pytest.raises(Problem):
        say(mei, came, None, None)
    came.refresh_from_db()
    assert (said(), came.has_answered) == ([], False)


def test_words_only_of_who_ticked_that_they_may_be_guessed_from(came, mei):
    with pytest.raises(Problem) as problem:
        say(mei, came, words="路线很好")
    came.refresh_from_db()
    assert (problem.value.field, said(), came.has_answered) == ("words", [], False)


def test_once(came, mei):
    say(mei, came)
    with pytest.raises(Problem):
        say(mei, came, 1, 1)
    assert said() == [("SES-1", 5, 4, "")]


def test_each_attendee_of_one_phone_for_themselves(came, ride, mei):
    other = make_sign_up(ride, "梅妈", holder=mei, arrived_at=ride.starts_at)
    say(mei, came)
    say(mei, other, 2, 2)
    assert sorted(said()) == [("SES-1", 2, 2, ""), ("SES-1", 5, 4, "")]


@pytest.mark.parametrize("state", ["confirmed", "cancelled", "released", "waiting"])
def test_who_did_not_come_is_not_asked(state, ride, mei):
    absent = make_sign_up(ride, "梅", state, holder=mei)
    with pytest.raises(Problem):
        say(mei, absent)
    assert said() == []


def test_nor_anybody_before_the_end(came, ride, mei, clock):
    clock.move_to(ride.ends_at - timedelta(seconds=1))
    with pytest.raises(Problem):
        say(mei, came)
    clock.move_to(ride.ends_at)
    say(mei, came)
    assert len(said()) == 1


def test_only_whoever_holds_the_ticket(request, town, came):
    people = everybody(request, town)
    assert who_may(people, lambda by: say(by, came)) == {"mei", "command line"}


def test_what_came_of_it_stands_there_for_everybody(ride, omar, facts):
    say_what_came(by=omar, session=ride, came_of="骑了二十公里")
    ride.refresh_from_db()
    assert (ride.came_of, ride.changes) == ("骑了二十公里", 0)
    assert facts() == [("programmes.session_changed", "programmes.session/SES-1", {"capacity": 10})]


def test_who_says_what_came_of_it(request, town, ride):
    people = everybody(request, town)
    allowed = who_may(people, lambda by: say_what_came(by=by, session=ride, came_of="x"))
    assert (allowed, Session.objects.get().came_of) == ({"omar", "manager", "command line"}, "")
