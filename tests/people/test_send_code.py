from datetime import timedelta

import pytest
from django.core import mail
from django.utils import translation

from linli.kit.contacts import read_contact
from linli.kit.rules import Problem, Refused
from linli.people.actions import send_code
from linli.people.models import SignInCode
from linli.people.throttle import SEND_TO_CONTACT_FROM_NETWORK, TooMany
from tests.people.signing import ELSEWHERE, HERE, ask_code, give_contact

SENT = []


def gateway(template, params, phone):
    SENT.append((template, params, phone))


@pytest.fixture
def texts(settings):
    """A gateway for text messages that keeps what it was asked to send."""
    settings.TEXT_MESSAGES = f"{__name__}.gateway"
    SENT.clear()
    return SENT


def test_a_code_goes_to_an_address(db):
    sent = send_code(by=None, contact=read_contact("Mei@Example.org"), network=HERE)
    code = SignInCode.objects.get(pk=sent.attempt)
    assert (sent.masked, sent.shown) == ("m***@example.org", "")
    assert mail.outbox[0].to == ["mei@example.org"]
    assert code.expires_at - code.sent_at == timedelta(minutes=10)
    assert (code.tries, code.used_at, code.person) == (0, None, None)


@pytest.mark.parametrize(
    "typed", ["13800001234", "+86 138 0000 1234", "１３８００００１２３４", "138-0000-1234"]
)
def test_a_number_may_be_typed_in_many_ways(db, texts, typed):
    send_code(by=None, contact=read_contact(typed), network=HERE)
    [(template, params, phone)] = texts
    assert (template, list(params), phone) == ("sign_in_code", ["code"], "+8613800001234")
    assert len(params["code"]) == 6


def test_without_a_gateway_a_phone_is_told_what_to_do_instead(db):
    with translation.override("en"), pytest.raises(Problem, match="slip") as problem:
        send_code(by=None, contact=read_contact("13800001234"), network=HERE)
    assert problem.value.field == "contact"
    assert SignInCode.objects.count() == 0


def test_the_demonstration_shows_the_code_and_sends_nothing(db, settings):
    settings.DEMONSTRATION = True
    sent = send_code(by=None, contact=read_contact("13800001234"), network=HERE)
    assert len(sent.shown) == 6
    assert mail.outbox == []


def test_a_mail_server_that_is_away_is_said(db, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with translation.override("en"), pytest.raises(Problem, match="could not be sent"):
        send_code(by=None, contact=read_contact("mei@example.org"), network=HERE)


def test_only_who_is_signed_in_adds_and_confirms(mei):
    with pytest.raises(Refused):
        ask_code(purpose="add")
    with pytest.raises(Refused):
        ask_code(by=mei)


def test_asking_again_and_again_ends_but_not_for_others(db):
    for _time in range(SEND_TO_CONTACT_FROM_NETWORK.times):
        ask_code()
    with pytest.raises(TooMany) as refusal:
        ask_code()
    assert 0 < refusal.value.retry_after <= SEND_TO_CONTACT_FROM_NETWORK.seconds
    ask_code(network=ELSEWHERE)
    ask_code("lena@example.org")


def test_known_and_unknown_contacts_cost_the_same_queries(mei, django_assert_num_queries, settings):
    give_contact(mei, "mei@example.org")
    ask_code("other@example.org")
    for contact in ("mei@example.org", "new@example.org"):
        ask_code(contact)
        with django_assert_num_queries(12):
            ask_code(contact)


def test_neither_code_nor_contact_can_be_read_from_the_row(db):
    attempt, digits = ask_code("mei@example.org")
    row = SignInCode.objects.filter(pk=attempt)
    raw = str(row.values("code_hash", "lookup").get())
    assert digits not in raw
    assert "mei" not in raw
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM people_signincode")
        assert "mei" not in cursor.fetchone()[0]


def test_asking_leaves_no_fact(db, facts):
    ask_code()
    assert facts() == []
