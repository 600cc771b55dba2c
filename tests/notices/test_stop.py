import re

import pytest
from django.test import Client

from linli.kit.refs import ref
from linli.notices.actions import stop
from linli.notices.inbox import choices
from linli.notices.models import Follow
from linli.notices.stops import read_stop, stop_token
from linli.people.actions.consents import has_consent
from tests.notices.conftest import make_follow, reach


@pytest.fixture
def token(mei, town):
    reach(mei, email="mei@example.org")
    make_follow(mei, town.tower)
    make_follow(mei, town.night)
    return stop_token(mei.pk, "email", ref(town.tower))


def test_one_tap_stops_the_channel_and_takes_the_consent_back(mei, token):
    stop(of=read_stop(token), whole_channel=True)

    assert choices(mei)["by_email"] is False
    assert not has_consent(mei, "notices_by_email")
    assert Follow.objects.count() == 2


def test_or_only_the_one_subject(mei, town, token):
    stop(of=read_stop(token), whole_channel=False)

    assert list(Follow.objects.values_list("subject", flat=True)) == [ref(town.night)]
    assert choices(mei)["by_email"] is True


def test_stopping_twice_is_stopping_once(mei, token, facts):
    for _ in range(2):
        stop(of=read_stop(token), whole_channel=True)

    assert [kind for kind, _subject, _data in facts()].count("people.consent_withdrawn") == 1


def test_looking_at_the_page_stops_nothing_and_says_what_would(mei, token, browse):
    page = browse().get(f"/stop/{token}/")

    assert page.status_code == 200
    assert re.findall(r'<button[^>]*name="what"[^>]*>([^<]*)</button>', page.content.decode()) == [
        "Stop all e-mails",
        "Only stop following Cloud Tower Station",
    ]
    assert (Follow.objects.count(), choices(mei)["by_email"]) == (2, True)


def test_the_page_names_no_person(mei, token, browse):
    page = browse().get(f"/stop/{token}/").content.decode()

    assert "梅" not in page
    assert "mei@example.org" not in page


def test_the_button_stops_without_signing_in_or_any_token_of_a_form(mei, token):
    answer = Client(enforce_csrf_checks=True).post(f"/stop/{token}/", {"what": "channel"})

    assert answer.status_code == 200
    assert not has_consent(mei, "notices_by_email")


def test_a_mail_programs_own_button_stops_the_channel(mei, token):
    """RFC 8058: a POST of exactly this, without cookies, answered without a redirect."""
    answer = Client(enforce_csrf_checks=True).post(
        f"/stop/{token}/", "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
    )

    assert answer.status_code == 200
    assert not has_consent(mei, "notices_by_email")
    assert Follow.objects.count() == 2


def test_the_page_stops_only_the_subject(mei, town, token, browse):
    answer = browse().post(f"/stop/{token}/", {"what": "subject"})

    assert "You no longer follow Cloud Tower Station" in answer.content.decode()
    assert list(Follow.objects.values_list("subject", flat=True)) == [ref(town.night)]


def test_a_text_message_stops_text_messages(mei, town):
    reach(mei, email="mei@example.org", phone="+8613800001234")

    stop(of=read_stop(stop_token(mei.pk, "text", ref(town.tower))), whole_channel=True)

    assert {name: choices(mei)[name] for name in ("by_email", "by_text")} == {
        "by_email": True,
        "by_text": False,
    }


@pytest.mark.parametrize(
    "change", [lambda t: t[:-1], lambda t: "A" + t[1:], lambda t: "x", lambda t: t + "=="]
)
def test_a_token_we_did_not_sign_is_not_found(change, mei, token):
    assert Client().post(f"/stop/{change(token)}/").status_code == 404
    assert has_consent(mei, "notices_by_email")


def test_a_signature_of_another_purpose_does_not_count(mei, token):
    from django.core import signing

    forged = signing.dumps([mei.pk.hex, "email", "directory.station/JA-0101"], salt="people.export")

    assert Client().get(f"/stop/{forged}/").status_code == 404


def test_the_link_of_somebody_who_is_gone_is_not_found(mei, token):
    mei.is_active = False
    mei.save()

    assert Client().get(f"/stop/{token}/").status_code == 404


def test_an_old_message_can_still_be_stopped(mei, town, token, time_machine):
    from datetime import timedelta

    from django.utils import timezone

    time_machine.move_to(timezone.now() + timedelta(days=3000))

    assert read_stop(token).person == mei


def test_a_link_signed_with_the_key_before_still_works(mei, token, settings):
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = (
        [settings.SECRET_KEY],
        "another key, long enough to be accepted",
    )

    assert read_stop(token).subject == "directory.station/JA-0101"
