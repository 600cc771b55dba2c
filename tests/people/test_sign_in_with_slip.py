from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from linli.kit.rules import Problem
from linli.people.actions import issue_slip, sign_in_with_slip
from linli.people.models import Person
from linli.people.throttle import TRY_SLIP_FROM_NETWORK, TooMany
from tests.people.signing import ELSEWHERE, HERE, in_processes


@pytest.fixture
def printed(omar, town):
    return issue_slip(by=omar, unit=town.tower.unit, name="阿婆")


def test_by_link_or_by_code_and_once(printed):
    assert sign_in_with_slip(by=None, secret=printed.token, network=HERE) == printed.slip.person
    for what in ({"secret": printed.token}, {"code": printed.code}):
        with pytest.raises(Problem):
            sign_in_with_slip(by=None, network=HERE, **what)


def test_the_code_may_be_typed_as_it_is_read(printed):
    typed = f" {printed.code[:5].lower()}-{printed.code[5:].lower().replace('0', 'o')} "
    assert sign_in_with_slip(by=None, code=typed, network=HERE) == printed.slip.person


def test_a_slip_ends_after_a_day(printed):
    with time_machine.travel(timezone.now() + timedelta(hours=24, seconds=1)), pytest.raises(Problem):
        sign_in_with_slip(by=None, code=printed.code, network=HERE)


def test_a_closed_account_stays_closed(printed):
    Person.objects.filter(pk=printed.slip.person_id).update(is_active=False)
    with pytest.raises(Problem):
        sign_in_with_slip(by=None, code=printed.code, network=HERE)


def test_guessing_ends_for_the_network_that_guesses_only(printed):
    for _time in range(TRY_SLIP_FROM_NETWORK.times):
        with pytest.raises(Problem):
            sign_in_with_slip(by=None, code="0000000000", network=HERE)
    with pytest.raises(TooMany):
        sign_in_with_slip(by=None, code=printed.code, network=HERE)
    assert sign_in_with_slip(by=None, code=printed.code, network=ELSEWHERE)


def test_nothing_but_whole_secrets_is_looked_up(printed):
    for what in (
        {"secret": ""},
        {"code": ""},
        {"secret": printed.slip.token_hash},
        {"code": printed.slip.code_hash},
    ):
        with pytest.raises(Problem):
            sign_in_with_slip(by=None, network=HERE, **what)


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_one_slip_in_twenty_processes_signs_in_once(printed):
    answers = in_processes(20, lambda number: sign_in_with_slip(by=None, code=printed.code, network=HERE))
    assert sorted(answers) == sorted([str(printed.slip.person_id)] + ["Problem"] * 19)
