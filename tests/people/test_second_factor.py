import pyotp
import pytest
import time_machine

from linli.kit.rules import Problem, Refused
from linli.people.actions import (
    begin_second_factor,
    confirm_second_factor,
    replace_second_factor,
    use_recovery_code,
    use_second_factor,
)
from linli.people.browsers import has_second_factor
from linli.people.models import RecoveryCode, SecondFactor
from linli.people.throttle import TRY_SECOND_FACTOR, TooMany
from tests.people.signing import in_processes, wrong

NOW = 1_790_000_010


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as travelled:
        yield travelled


@pytest.fixture
def app(omar, clock):
    """omar's authenticator, already set up; the next step of its clock."""
    secret = begin_second_factor(by=omar).secret
    app = pyotp.TOTP(secret)
    app.recovery = confirm_second_factor(by=omar, digits=app.at(NOW))
    clock.shift(30)
    return app


def test_setting_up(omar, clock, facts):
    secret = begin_second_factor(by=omar).secret
    assert begin_second_factor(by=omar).secret == secret
    assert not has_second_factor(omar)
    codes = confirm_second_factor(by=omar, digits=pyotp.TOTP(secret).at(NOW))
    assert has_second_factor(omar)
    assert [len(code) for code in codes] == [10] * 8
    assert facts() == [("people.second_factor_set", "people.person/own", {})]


def test_a_wrong_first_code_sets_nothing_up(omar, clock):
    secret = begin_second_factor(by=omar).secret
    with pytest.raises(Problem):
        confirm_second_factor(by=omar, digits=wrong(pyotp.TOTP(secret).at(NOW)))
    assert not has_second_factor(omar)
    assert RecoveryCode.objects.count() == 0


def test_in_force_it_cannot_be_begun_again(omar, app):
    with pytest.raises(Refused):
        begin_second_factor(by=omar)
    with pytest.raises(Refused):
        confirm_second_factor(by=omar, digits=app.at(NOW + 30))


def test_digits_are_good_once(omar, app):
    digits = app.at(NOW + 30)
    use_second_factor(by=omar, digits=digits)
    with pytest.raises(Problem):
        use_second_factor(by=omar, digits=digits)


def test_the_digits_of_the_set_up_do_not_sign_in(omar, app):
    with pytest.raises(Problem):
        use_second_factor(by=omar, digits=app.at(NOW))


@pytest.mark.parametrize(("offset", "is_good"), [(-60, False), (60, True), (90, False)])
def test_clocks_may_differ_by_half_a_minute(omar, app, clock, offset, is_good):
    clock.shift(60)
    try:
        use_second_factor(by=omar, digits=app.at(NOW + 60 + offset))
        used = True
    except Problem:
        used = False
    assert used is is_good


def test_guessing_ends(omar, app):
    for _try in range(TRY_SECOND_FACTOR.times - 1):
        with pytest.raises(Problem):
            use_second_factor(by=omar, digits="000000")
    with pytest.raises(TooMany):
        use_second_factor(by=omar, digits=app.at(NOW + 30))


def test_without_one_there_is_nothing_to_use(mei):
    with pytest.raises(Refused):
        use_second_factor(by=mei, digits="000000")


def test_recovery_codes_are_good_once_and_kept_hashed(omar, app, facts):
    assert use_recovery_code(by=omar, code=app.recovery[0].lower()) == 7
    with pytest.raises(Problem):
        use_recovery_code(by=omar, code=app.recovery[0])
    assert app.recovery[1] not in str(list(RecoveryCode.objects.values()))
    assert facts()[-1] == ("people.recovery_code_used", "people.person/own", {"remaining": 7})


def test_another_persons_recovery_code_is_none(omar, app, lena):
    with pytest.raises(Problem):
        use_recovery_code(by=lena, code=app.recovery[0])


def test_after_the_last_recovery_code_the_app_is_set_up_afresh(omar, app, clock):
    for code in app.recovery:
        remaining = use_recovery_code(by=omar, code=code)
        clock.shift(900)
    assert remaining == 0
    assert not has_second_factor(omar)


def test_replacing_forgets_everything(omar, app):
    replace_second_factor(by=omar)
    assert (SecondFactor.objects.count(), RecoveryCode.objects.count()) == (0, 0)


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_one_code_in_ten_processes_is_good_once(omar, app):
    digits = app.at(NOW + 30)
    answers = in_processes(9, lambda number: use_second_factor(by=omar, digits=digits))
    assert sorted(answers) == ["None"] + ["Problem"] * 8
