from datetime import UTC, datetime, time, timedelta

import pytest
from django.utils import timezone

from linli.notices import panels
from linli.notices.actions import deliver_due, mark_seen, tell
from linli.notices.channels import NotSent
from linli.notices.models import Delivery, Notice, Preference, State
from linli.notices.rules import BACKOFF, LEASE
from linli.people.actions.consents import withdraw_consent
from tests.factories import make_person, make_role
from tests.notices import gateway
from tests.notices.conftest import reach, ways


@pytest.fixture
def waiting(lena, closed):
    """A letter to lena is due."""
    reach(lena, email="lena@example.org")
    tell(event=closed(), people=[lena])
    return lambda: Delivery.objects.get()


@pytest.fixture
def text_waiting(mei, texts, closed):
    reach(mei, phone="+8613800001234")
    tell(event=closed(), people=[mei])
    return lambda: Delivery.objects.get()


def ended(row):
    return (row.state, row.tries, row.error, row.ended_at is not None)


def test_a_letter_goes_out_once_in_the_readers_language(waiting, post_office, settings):
    settings.ADDRESS = "https://linli.example"

    assert deliver_due() == 1
    assert deliver_due() == 0

    (letter,) = post_office.letters
    assert letter["To"] == "lena@example.org"
    assert letter["Subject"].startswith("Cloud Tower Station is closed until ")
    assert letter.get_content_type() == "text/plain"
    assert "You get this because you follow Cloud Tower Station and agreed" in letter.get_content()
    assert ended(waiting()) == ("sent", 1, "", True)


def test_the_letter_carries_one_click_headers_and_the_number_of_its_row(waiting, post_office, settings):
    settings.ADDRESS = "https://linli.example"
    deliver_due()

    (letter,) = post_office.letters
    stop_address = letter["List-Unsubscribe"].strip(" <>")
    assert stop_address.startswith("https://linli.example/stop/")
    assert stop_address in letter.get_content()
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Message-ID"] == f"<{waiting().pk}@linli.example>"


def test_a_text_message_is_a_template_with_parameters(text_waiting, texts, settings):
    settings.ADDRESS = "https://linli.example"
    deliver_due()

    ((template, params, phone),) = texts
    assert (template, phone) == ("notice", "+8613800001234")
    assert sorted(params) == ["address", "stop", "title"]
    assert params["title"].startswith("云塔党群服务站")
    assert ended(text_waiting()) == ("sent", 1, "", True)


def test_a_mail_server_that_is_away_is_tried_again_until_patience_ends(waiting, post_office, time_machine):
    post_office.close()
    waits = []
    for _ in range(len(BACKOFF) + 1):
        before = timezone.now()
        assert deliver_due() == 1
        row = waiting()
        waits.append(row.due_at - before if row.state == "queued" else None)
        time_machine.move_to(max(row.due_at, before) + timedelta(seconds=1))

    assert [round(wait / timedelta(minutes=1)) if wait else None for wait in waits] == [
        1,
        5,
        15,
        60,
        120,
        280,
        None,
    ]
    assert ended(waiting()) == ("failed", 7, "ConnectionRefusedError", True)


@pytest.mark.parametrize(
    ("answers", "state", "error"),
    [
        ({"RCPT": "450 mailbox busy"}, "queued", "SMTPRecipientsRefused"),
        ({"RCPT": "550 no such person"}, "failed", "SMTPRecipientsRefused"),
        ({"MAIL": "451 try later"}, "queued", "SMTPSenderRefused"),
        ({"END": "452 disk full"}, "queued", "SMTPDataError"),
        ({"END": "554 looks like spam"}, "failed", "SMTPDataError"),
        ({"EHLO": "hang up", "HELO": "hang up"}, "unknown", "SMTPServerDisconnected"),
        ({"END": "hang up"}, "unknown", "SMTPServerDisconnected"),
        ({"MAIL": "hang up"}, "unknown", "SMTPServerDisconnected"),
        ({"QUIT": "hang up"}, "sent", ""),
    ],
)
def test_only_a_clear_answer_is_believed(answers, state, error, waiting, post_office):
    post_office.answers = answers

    deliver_due()

    assert ended(waiting()) == (state, 1, error, state != "queued")


def test_an_unknown_fate_is_never_tried_again(waiting, post_office, time_machine):
    post_office.answers = {"END": "hang up"}
    deliver_due()
    post_office.answers = {}
    time_machine.move_to(timezone.now() + timedelta(days=2))

    assert deliver_due() == 0
    assert len(post_office.letters) == 1


@pytest.mark.parametrize(
    ("answer", "state", "error"),
    [
        (NotSent(temporary=True, reason="Busy"), "queued", "Busy"),
        (NotSent(temporary=False, reason="NoSuchTemplate"), "failed", "NoSuchTemplate"),
        (TimeoutError("13800001234 did not answer"), "unknown", "TimeoutError"),
    ],
)
def test_what_the_gateway_answers(answer, state, error, text_waiting, texts, caplog):
    gateway.answers.append(answer)

    deliver_due()

    assert ended(text_waiting()) == (state, 1, error, state != "queued")
    assert "13800001234" not in caplog.text


def test_a_retry_reaches_the_reader_and_forgets_the_error(text_waiting, texts, time_machine):
    gateway.answers.append(NotSent(temporary=True))
    deliver_due()
    time_machine.move_to(timezone.now() + timedelta(minutes=2))
    deliver_due()

    assert len(texts) == 1
    assert ended(text_waiting()) == ("sent", 2, "", True)


def test_a_sender_that_died_leaves_an_unknown_fate(waiting, post_office, time_machine):
    Delivery.objects.update(state=State.SENDING, due_at=timezone.now() + LEASE)

    assert deliver_due() == 0
    assert waiting().state == "sending"
    time_machine.move_to(timezone.now() + LEASE + timedelta(seconds=1))
    assert deliver_due() == 0

    assert ended(waiting()) == ("unknown", 0, "SenderGone", True)
    assert post_office.letters == []


def test_the_operator_sees_it_and_not_whose_it_was(waiting, post_office, town):
    post_office.answers = {"END": "hang up"}
    deliver_due()
    olga = make_person("Olga")
    make_role(olga, town.network, "operator")

    shown = panels.deliveries(olga)

    row = waiting()
    assert shown.counts == {"queued": 0, "sending": 0, "sent": 0, "failed": 0, "unknown": 1}
    assert shown.unknown == [
        panels.UnknownDelivery(
            row.pk, "email", "directory.status_declared", row.ended_at, "SMTPServerDisconnected"
        )
    ]


def test_nobody_else_does(mei, omar, gao, kai):
    from linli.kit.rules import Refused

    for person in (mei, omar, gao):
        with pytest.raises(Refused):
            panels.deliveries(person)


def test_what_is_not_wanted_any_more_does_not_go_out(mei, lena, omar, gao, post_office, closed):
    for person in (mei, lena, omar, gao):
        reach(person, email=f"{person.pk}@example.org")
    event = closed()
    tell(event=event, people=[mei, lena, omar, gao])
    withdraw_consent(by=mei, purpose="notices_by_email")
    Preference.objects.filter(person=lena).update(by_email=False)
    mark_seen(by=omar, until=Notice.objects.of(omar).get())
    type(gao).objects.filter(pk=gao.pk).update(is_active=False)

    assert deliver_due() == 4

    assert post_office.letters == []
    assert Delivery.objects.count() == 0


def test_nothing_goes_out_in_quiet_hours_though_it_was_due_before(waiting, lena, post_office, time_machine):
    Preference.objects.filter(person=lena).update(quiet_from=time(21), quiet_until=time(8))
    night = datetime(2027, 11, 23, 15, tzinfo=UTC)  # 23:00 in Shanghai
    time_machine.move_to(night, tick=False)

    deliver_due()

    assert post_office.letters == []
    row = waiting()
    assert (row.state, row.due_at, row.tries) == ("queued", night + timedelta(hours=9), 0)


def test_the_next_try_waits_for_the_end_of_the_quiet_hours(text_waiting, mei, texts, time_machine):
    Preference.objects.filter(person=mei).update(quiet_from=time(21), quiet_until=time(8))
    evening = datetime(2027, 11, 23, 12, 59, 30, tzinfo=UTC)  # 20:59:30 in Shanghai
    time_machine.move_to(evening, tick=False)
    gateway.answers.append(NotSent(temporary=True))

    deliver_due()

    assert text_waiting().due_at == datetime(2027, 11, 24, 0, tzinfo=UTC)


def test_each_goes_its_own_way(mei, texts, post_office, closed):
    reach(mei, email="mei@example.org", phone="+8613800001234")
    tell(event=closed(), people=[mei])
    post_office.answers = {"RCPT": "550 no"}

    assert deliver_due() == 2

    assert ways(Delivery.objects.all()) == [("email", "failed"), ("text", "sent")]


def test_a_message_that_cannot_be_worded_fails_before_anything_leaves(lena, closed, post_office):
    reach(lena, email="lena@example.org")
    tell(event=closed(), people=[lena], data={"state": "no such state"})

    deliver_due()

    assert ended(Delivery.objects.get()) == ("failed", 1, "KeyError", True)
    assert post_office.letters == []


def test_a_name_cannot_add_a_header(lena, town, closed, post_office):
    town.tower.translations = {"en": {"name": "Tower\r\nBcc: evil@example.org"}}
    town.tower.save()
    reach(lena, email="lena@example.org")
    tell(event=closed(), people=[lena])

    deliver_due()

    (letter,) = post_office.letters
    assert letter["Bcc"] is None
    assert letter["Subject"].startswith("Tower Bcc: evil@example.org is closed")


def test_what_the_reader_may_not_see_any_more_is_neither_named_nor_linked(
    lena, town, closed, post_office, today
):
    reach(lena, email="lena@example.org")
    tell(event=closed(), people=[lena])
    town.tower.unit.closed_on, town.tower.unit.closing_recorded_at = today, timezone.now()
    town.tower.unit.save()

    deliver_due()

    (letter,) = post_office.letters
    assert letter["Subject"].startswith("A station you follow is closed until")
    assert "Cloud Tower" not in letter.as_string()
    assert "/me/inbox/" in letter.get_content()


def test_the_worker_sends_once_its_own_work_is_committed(
    waiting, post_office, settle, django_capture_on_commit_callbacks
):
    from linli.ledger.work import plan_periodic

    plan_periodic(timezone.now(), {})
    with django_capture_on_commit_callbacks(execute=True):
        settle()

    assert waiting().state == "sent"
    assert len(post_office.letters) == 1


def test_a_run_ends_when_its_time_is_over(waiting, post_office):
    assert deliver_due(seconds=0) == 0
    assert waiting().state == "queued"
