from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from linli.kit.rules import Problem
from linli.people.actions import sign_in_with_code
from linli.people.models import Contact, Person, Pin, SignInCode, WrongPins
from linli.people.models.signing_in import DeskMachine
from tests.people.signing import ELSEWHERE, HERE, ask_code, give_contact, in_processes, wrong


def enter(attempt, digits, network=HERE):
    return sign_in_with_code(by=None, attempt=attempt, digits=digits, network=network, language="en")


def test_a_new_person_is_made_on_success(db, facts):
    attempt, digits = ask_code("13800001234@example.org")
    assert Person.objects.count() == 0
    person = enter(attempt, digits)
    contact = Contact.objects.get(person=person)
    assert (person.name, person.language, person.is_active) == ("", "en", True)
    assert (contact.kind, contact.value, contact.sign_in) == ("email", "13800001234@example.org", True)
    assert facts() == [("people.person_joined", "people.person/own", {"by_way_of": "email"})]


def test_a_known_person_comes_back_without_a_fact(mei, facts):
    give_contact(mei)
    assert enter(*ask_code()) == mei
    assert Person.objects.count() == 1
    assert facts() == []


def test_a_contact_that_does_not_sign_in_makes_a_person_of_its_own(mei):
    give_contact(mei, verified_at=None, sign_in=False)
    assert enter(*ask_code()) != mei


def test_a_code_is_good_once(db):
    attempt, digits = ask_code()
    enter(attempt, digits)
    with pytest.raises(Problem):
        enter(attempt, digits)


def test_three_wrong_tries_end_a_code(db):
    attempt, digits = ask_code()
    for _try in range(3):
        with pytest.raises(Problem):
            enter(attempt, wrong(digits))
    with pytest.raises(Problem):
        enter(attempt, digits)
    assert SignInCode.objects.get(pk=attempt).tries == 3


def test_a_code_ends_after_ten_minutes(db):
    attempt, digits = ask_code()
    with time_machine.travel(timezone.now() + timedelta(minutes=10, seconds=1)), pytest.raises(Problem):
        enter(attempt, digits)


def test_a_code_for_adding_does_not_sign_in(mei):
    attempt, digits = ask_code(by=mei, purpose="add")
    with pytest.raises(Problem):
        enter(attempt, digits)


def test_a_code_belongs_to_its_own_asking(db):
    first, digits = ask_code()
    second, _other = ask_code()
    if digits == _other:
        return
    with pytest.raises(Problem):
        enter(second, digits)
    enter(first, digits)


def test_others_wrong_tries_do_not_stop_my_right_code(db):
    for number in range(12):
        attempt, digits = ask_code(network=f"203.0.113.{number}")
        for _try in range(4):
            with pytest.raises(Problem):
                enter(attempt, wrong(digits), network=f"203.0.113.{number}")
    assert enter(*ask_code()).is_active


def test_a_closed_account_stays_closed(mei):
    give_contact(mei)
    Person.objects.update(is_active=False)
    with pytest.raises(Problem):
        enter(*ask_code())


def test_signing_in_by_code_switches_the_pin_on_again(omar, town):
    give_contact(omar)
    machine = DeskMachine.objects.create(unit=town.tower.unit, token_hash="x", label="front")
    pin = Pin.objects.create(person=omar, hash="x")
    WrongPins.objects.create(pin=pin, machine=machine, count=5)
    enter(*ask_code())
    assert WrongPins.objects.count() == 0


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_one_right_code_in_fifty_processes_signs_in_once():
    attempt, digits = ask_code()
    answers = in_processes(50, lambda number: enter(attempt, digits, ELSEWHERE))
    person = Person.objects.get()
    assert sorted(answers) == sorted([str(person.pk)] + ["Problem"] * 49)


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_wrong_codes_stop_at_the_limit_across_processes():
    attempt, digits = ask_code()
    answers = in_processes(50, lambda number: enter(attempt, wrong(digits), ELSEWHERE))
    assert answers == ["Problem"] * 50
    assert SignInCode.objects.get(pk=attempt).tries == 3
    with pytest.raises(Problem):
        enter(attempt, digits)


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_two_codes_for_one_new_contact_at_once_make_one_person():
    asked = [ask_code(network=f"203.0.113.{number}") for number in range(8)]
    answers = in_processes(8, lambda number: enter(*asked[number]))
    assert answers == [str(Person.objects.get().pk)] * 8
