from datetime import time

import pytest

from linli.kit.rules import Problem, Refused
from linli.notices.actions import choose_channels
from linli.notices.inbox import choices
from linli.notices.models import Preference
from linli.people.actions.consents import has_consent
from tests.notices.conftest import reach

NIGHT = {"quiet_from": time(22), "quiet_until": time(7)}


def test_switching_a_channel_on_is_the_consent_to_it(mei):
    reach(mei, email="mei@example.org", consent=False)

    choose_channels(by=mei, by_email=True, by_text=False, **NIGHT)

    assert (has_consent(mei, "notices_by_email"), has_consent(mei, "notices_by_text")) == (True, False)
    assert choices(mei) == {"by_email": True, "by_text": False, **NIGHT}


def test_switching_it_off_takes_the_consent_back(mei):
    reach(mei, email="mei@example.org", phone="+8613800001234")

    choose_channels(by=mei, by_email=False, by_text=True, **NIGHT)

    assert (has_consent(mei, "notices_by_email"), has_consent(mei, "notices_by_text")) == (False, True)
    assert Preference.objects.get(person=mei).by_email is False


def test_a_consent_taken_back_elsewhere_shows_as_off(mei):
    from linli.people.actions.consents import withdraw_consent

    reach(mei, email="mei@example.org")
    withdraw_consent(by=mei, purpose="notices_by_email")

    assert choices(mei)["by_email"] is False


def test_who_never_chose_hears_in_the_inbox_only_and_sleeps_from_nine_to_eight(mei):
    quiet = {"quiet_from": time(21), "quiet_until": time(8)}

    assert choices(mei) == {"by_email": False, "by_text": False, **quiet}


@pytest.mark.parametrize(
    ("wanted", "field"),
    [({"by_email": True, "by_text": False}, "by_email"), ({"by_email": False, "by_text": True}, "by_text")],
)
def test_a_channel_without_an_address_is_a_problem_and_nothing_changes(wanted, field, mei):
    with pytest.raises(Problem) as problem:
        choose_channels(by=mei, **wanted, **NIGHT)

    assert problem.value.field == field
    assert Preference.objects.count() == 0


def test_a_visitor_is_refused(kai, db):
    with pytest.raises(Refused):
        choose_channels(by=kai, by_email=False, by_text=False, **NIGHT)


def test_only_the_consent_leaves_a_fact(mei, facts):
    reach(mei, email="mei@example.org", consent=False)

    choose_channels(by=mei, by_email=True, by_text=False, **NIGHT)
    choose_channels(by=mei, by_email=True, by_text=False, quiet_from=time(20), quiet_until=time(9))

    assert [(kind, subject) for kind, subject, _data in facts()] == [
        ("people.consent_given", "people.purpose/notices_by_email")
    ]


def test_the_page_saves_and_says_so(mei, browse):
    reach(mei, email="mei@example.org", consent=False)
    client = browse(mei)

    answer = client.post(
        "/me/follows/", {"by_email": "on", "quiet_from": "22:30", "quiet_until": "07:00"}, follow=True
    )

    assert answer.redirect_chain == [("/me/follows/?saved=1#channels", 302)]
    assert b"Saved." in answer.content
    row = Preference.objects.get(person=mei)
    assert (row.by_email, row.by_text, row.quiet_from, row.quiet_until) == (
        True,
        False,
        time(22, 30),
        time(7),
    )


def test_the_page_comes_back_with_what_was_typed(mei, browse):
    answer = browse(mei).post(
        "/me/follows/", {"by_text": "on", "quiet_from": "22:30", "quiet_until": "26:00"}
    )

    assert answer.status_code == 422
    assert b'value="22:30"' in answer.content
    assert b'value="26:00"' in answer.content
    assert b'href="#id_quiet_until"' in answer.content


def test_the_page_says_which_address_is_missing(mei, browse):
    answer = browse(mei).post(
        "/me/follows/", {"by_text": "on", "quiet_from": "22:00", "quiet_until": "07:00"}
    )

    assert answer.status_code == 422
    assert b"First add a phone number" in answer.content


def test_nobody_chooses_for_another(mei, lena, browse):
    reach(mei, email="mei@example.org")

    browse(lena).post("/me/follows/", {"quiet_from": "22:00", "quiet_until": "07:00"})

    assert choices(mei)["by_email"] is True
