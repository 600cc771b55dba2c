import pytest

from linli.kit.rules import Problem, Refused
from linli.people.actions import add_contact_with_code, confirm_with_code, remove_contact
from linli.people.models import Contact
from tests.people.signing import HERE, ask_code, give_contact, wrong


def add(by, contact="mei@example.org", digits=None):
    attempt, right = ask_code(contact, by=by, purpose="add")
    return add_contact_with_code(by=by, attempt=attempt, digits=digits or right, network=HERE)


def test_a_contact_is_added_once_it_is_shown_to_be_ones_own(mei, facts):
    contact = add(mei)
    assert (contact.value, contact.sign_in, contact.verified_at is None) == ("mei@example.org", True, False)
    assert facts() == [("people.contact_added", "people.person/own", {"contact_kind": "email"})]


def test_a_wrong_code_adds_nothing(mei):
    attempt, digits = ask_code(by=mei, purpose="add")
    with pytest.raises(Problem):
        add_contact_with_code(by=mei, attempt=attempt, digits=wrong(digits), network=HERE)
    assert Contact.objects.count() == 0


def test_anothers_attempt_is_not_ones_own(mei, lena):
    attempt, digits = ask_code(by=mei, purpose="add")
    with pytest.raises(Problem):
        add_contact_with_code(by=lena, attempt=attempt, digits=digits, network=HERE)


def test_a_contact_signs_in_one_person_only(mei, lena):
    give_contact(lena)
    with pytest.raises(Problem):
        add(mei)
    assert Contact.objects.get().person == lena


def test_one_phone_may_reach_several_people(mei, lena):
    for person in (mei, lena):
        give_contact(person, "13800001234", sign_in=False, verified_at=None)
    assert Contact.objects.count() == 2


def test_an_own_contact_that_did_not_sign_in_now_does(mei):
    give_contact(mei, sign_in=False, verified_at=None)
    add(mei)
    assert Contact.objects.get().sign_in


def test_removing(mei, facts):
    first, second = give_contact(mei), give_contact(mei, "mei@example.com")
    remove_contact(by=mei, contact=first)
    assert list(Contact.objects.all()) == [second]
    assert facts() == [("people.contact_removed", "people.person/own", {"contact_kind": "email"})]


def test_the_last_one_that_signs_in_stays(mei):
    with pytest.raises(Problem):
        remove_contact(by=mei, contact=give_contact(mei))


def test_nobody_removes_anothers(mei, lena):
    with pytest.raises(Refused):
        remove_contact(by=lena, contact=give_contact(mei))


def test_confirming_by_a_code_to_oneself(mei, lena, facts):
    give_contact(mei)
    attempt, digits = ask_code(by=mei, purpose="confirm")
    with pytest.raises(Problem):
        confirm_with_code(by=lena, attempt=attempt, digits=digits, network=HERE)
    confirm_with_code(by=mei, attempt=attempt, digits=digits, network=HERE)
    assert facts() == []
