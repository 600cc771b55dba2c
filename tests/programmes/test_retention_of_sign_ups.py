"""Names go three months after the session, or with an account; the counts stay, and no seat stays empty for it."""

import json
from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from linli.kit.retention import rules
from linli.ledger.models import Event
from linli.people.actions import erase_person
from linli.people.actions.holds import place_hold
from linli.people.actions.retention import end_rows
from linli.people.models import Person
from linli.programmes.actions import check_in, sign_up
from linli.programmes.actions.signing_up import Attendee
from linli.programmes.models import Answer, Block, Message, Session, SignUp
from tests.factories import make_organisation, make_programme, make_session, make_sign_up
from tests.programmes.people import NOON, seats, told

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def programme(town):
    return make_programme(town.tower.unit, en="Weekend ride")


@pytest.fixture
def ride(programme, town):
    return make_session(programme, town.tower, capacity=2)


def names() -> list[str]:
    return sorted(row.name for row in SignUp.objects.all())


# By the clock


def test_the_rules_of_programmes():
    ours = {
        (rule.model, rule.since, rule.kept.days) for rule in rules() if rule.model.startswith("programmes.")
    }
    assert ours == {
        ("programmes.SignUp", "session_ends_at", 90),
        ("programmes.Message", "sent_at", 90),
        ("programmes.Answer", "given_on", 400),
    }


def test_after_three_months_the_names_are_gone_and_the_counts_are_not(ride, town, mei, clock):
    block = Block.objects.create(
        session=ride, organisation=make_organisation("ORG-1", "晨星", town.west), seats=2, named=1
    )
    make_sign_up(ride, "公司的人", block=block)
    make_sign_up(ride, "梅", holder=mei, arrived_at=NOON)
    make_sign_up(ride, "候补", "waiting")
    make_sign_up(ride, "走了", "cancelled")
    Session.objects.filter(pk=ride.pk).update(heads=7)
    ride.refresh_from_db()
    counted = (ride.taken, ride.waiting, ride.arrived, ride.heads, ride.came)
    for moment, left in [(ride.ends_at + 90 * DAY, 4), (ride.ends_at + 90 * DAY + timedelta(seconds=1), 0)]:
        clock.move_to(moment)
        end_rows(now=timezone.now())
        assert SignUp.objects.count() == left
    ride.refresh_from_db()
    block.refresh_from_db()
    assert (ride.taken, ride.waiting, ride.arrived, ride.heads, ride.came) == counted == (1, 1, 1, 7, 8)
    assert (block.seats, block.named) == (2, 1)


def test_younger_ones_stay(ride, programme, town, clock):
    later = make_session(programme, town.tower, "SES-2", starts_in=10 * DAY)
    make_sign_up(ride, "早")
    make_sign_up(later, "晚")
    clock.move_to(ride.ends_at + 91 * DAY)
    end_rows(now=timezone.now())
    assert names() == ["晚"]


def test_messages_and_answers_go_too(ride, clock):
    Message.objects.create(session=ride, text="带头盔", sent_at=NOON)
    Answer.objects.create(session=ride, given_on=date(2026, 12, 7), worth=5)
    found = []
    for days in (90, 91, 400, 401):
        clock.move_to(NOON + days * DAY)
        end_rows(now=timezone.now())
        found.append((Message.objects.count(), Answer.objects.count()))
    assert found == [(1, 1), (0, 1), (0, 1), (0, 0)]


def test_a_hold_on_the_holder_keeps_their_row_alone(ride, mei, clock):
    make_sign_up(ride, "梅", holder=mei)
    make_sign_up(ride, "李")
    place_hold(person=mei, ordered_by="court", reason="x", until=date(2027, 6, 1))
    clock.move_to(ride.ends_at + 91 * DAY)
    end_rows(now=timezone.now())
    assert names() == ["梅"]


# With an account


def erase(person, settings, tmp_path) -> None:
    settings.DATA = tmp_path
    erase_person(by=person, person=person)


def test_with_the_account_goes_everything_that_tells_who_it_was(ride, mei, settings, tmp_path):
    attendee = Attendee("梅小雨", needs="轮椅", answers={"Q": "折叠车"})
    made = sign_up(by=mei, session=ride, attendee=attendee)
    SignUp.objects.filter(pk=made.pk).update(contact="+8613800001234")
    erase(mei, settings, tmp_path)
    made.refresh_from_db()
    assert (made.name, made.contact, made.needs, made.answers) == ("", "", "", "")
    assert Person.objects.get(pk=mei.pk).name == ""
    everything = json.dumps(
        [list(SignUp.objects.values()), list(Event.objects.values("data", "subject"))],
        default=str,
        ensure_ascii=False,
    )
    assert [word for word in ("梅小雨", "轮椅", "折叠车", "13800001234") if word in everything] == []


def test_what_they_held_goes_to_those_who_wait(ride, mei, lena, settings, tmp_path, settle):
    for name in ("梅", "梅妈"):
        make_sign_up(ride, name, holder=mei)
    first = make_sign_up(ride, "Lena", "waiting", holder=lena)
    second = make_sign_up(ride, "Tom", "waiting")
    third = make_sign_up(ride, "", "waiting", holder=mei)
    assert seats(ride) == (2, 3)
    erase(mei, settings, tmp_path)
    settle()
    states = [SignUp.objects.get(pk=each.pk).state for each in (first, second, third)]
    assert (states, seats(ride)) == (["offered", "offered", "cancelled"], (2, 0))
    assert list(SignUp.objects.filter(holder=mei).values_list("state", flat=True)) == ["cancelled"] * 3
    assert told(lena) == ["programmes.seat_offered"]


def test_others_keep_their_seats(ride, mei, lena, settings, tmp_path, settle):
    make_sign_up(ride, "梅", holder=mei)
    make_sign_up(ride, "Lena", holder=lena)
    erase(mei, settings, tmp_path)
    settle()
    assert {row.name: row.state for row in SignUp.objects.all()} == {"": "cancelled", "Lena": "confirmed"}
    assert seats(ride) == (1, 0)


def test_what_has_been_stays_counted(programme, town, mei, omar, settings, tmp_path, settle, clock):
    over = make_session(programme, town.tower, "SES-0", starts_in=timedelta(hours=1))
    made = make_sign_up(over, "梅", holder=mei)
    absent = make_sign_up(over, "梅妈", holder=mei)
    clock.move_to(over.starts_at)
    check_in(by=omar, sign_up=made)
    clock.move_to(over.ends_at + DAY)
    erase(mei, settings, tmp_path)
    settle()
    over.refresh_from_db()
    assert (over.taken, over.arrived, over.came) == (2, 1, 1)
    rows = SignUp.objects.filter(pk__in=[made.pk, absent.pk]).order_by("pk")
    assert [(row.name, row.state, row.arrived_at is None) for row in rows] == [
        ("", "confirmed", False),
        ("", "confirmed", True),
    ]
