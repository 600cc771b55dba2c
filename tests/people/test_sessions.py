"""The session store: limits, hashed keys, what ends a session, and ending sessions oneself."""

from datetime import timedelta

import pytest
import time_machine
from django.db.models import F
from django.test import Client
from django.utils import timezone

from linli.kit.ids import digest
from linli.kit.rules import Refused
from linli.people.actions import end_all_sessions, end_session
from linli.people.limits import LIMITS
from linli.people.models import Person, SignedIn
from linli.people.sessions import SessionStore


def signed_in(person, limits="resident") -> Client:
    client = Client()
    client.force_login(person)
    session = client.session
    session["limits"] = limits
    session.save()
    return client


def is_in(client) -> bool:
    return client.get("/me/sessions/").status_code == 200


@pytest.mark.parametrize(
    ("limits", "pause", "is_still_in"),
    [
        ("resident", timedelta(days=13), True),
        ("resident", timedelta(days=16), False),
        ("staff", timedelta(hours=3), True),
        ("staff", timedelta(hours=6), False),
        ("desk", timedelta(minutes=9), True),
        ("desk", timedelta(minutes=12), False),
    ],
)
def test_an_unused_session_ends(mei, limits, pause, is_still_in):
    client = signed_in(mei, limits)
    with time_machine.travel(timezone.now() + pause):
        assert is_in(client) is is_still_in


@pytest.mark.parametrize(
    ("limits", "step"), [("resident", "days=5"), ("staff", "hours=1"), ("desk", "minutes=5")]
)
def test_a_used_session_ends_too(mei, limits, step):
    unit, amount = step.split("=")
    client, now, spent = signed_in(mei, limits), timezone.now(), timedelta()
    while spent + timedelta(**{unit: int(amount)}) < LIMITS[limits].absolute:
        spent += timedelta(**{unit: int(amount)})
        with time_machine.travel(now + spent):
            assert is_in(client)
    with time_machine.travel(now + LIMITS[limits].absolute + timedelta(seconds=1)):
        assert not is_in(client)


def test_only_a_digest_of_the_key_is_kept(mei):
    client = signed_in(mei)
    key = client.session.session_key
    row = SignedIn.objects.values().get()
    assert row["key_hash"] == digest(key)
    assert key not in str(row)


def test_last_used_is_a_day(mei):
    client = signed_in(mei)
    first = SignedIn.objects.values("idle_until", "last_seen_on", "expires_at").get()
    client.get("/me/sessions/")
    assert SignedIn.objects.values("idle_until", "last_seen_on", "expires_at").get() == first
    assert timezone.localtime(first["idle_until"]).time().isoformat() == "00:00:00"


def test_looking_at_a_page_writes_at_most_once_a_day(mei, django_assert_num_queries):
    client = signed_in(mei)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        client.get("/sign-in/")
        before = SignedIn.objects.values().get()
        client.get("/sign-in/")
        assert SignedIn.objects.values().get() == before


def test_role_loss_disabling_and_erasure_end_every_session(mei):
    for change in ({"session_epoch": F("session_epoch") + 1}, {"is_active": False}):
        client = signed_in(mei)
        assert is_in(client)
        Person.objects.filter(pk=mei.pk).update(**change)
        assert not is_in(client)
        mei.refresh_from_db()


def test_a_session_ended_from_afar_does_not_come_back(mei):
    client = signed_in(mei)
    store = SessionStore(client.session.session_key)
    store["x"] = 1
    SignedIn.objects.all().delete()
    with pytest.raises(Exception, match=r"^$") as refusal:
        store.save()
    assert refusal.type.__name__ == "UpdateError"


def test_ending_one_of_ones_own(mei, lena, facts):
    here, there = signed_in(mei), signed_in(mei)
    row = SignedIn.objects.get(key_hash=digest(there.session.session_key))
    with pytest.raises(Refused):
        end_session(by=lena, session=row)
    end_session(by=mei, session=row)
    assert (is_in(here), is_in(there)) == (True, False)
    assert facts() == [("people.sessions_ended", "people.person/own", {"count": 1})]


def test_ending_all_others(mei, lena):
    here, there, other = signed_in(mei), signed_in(mei), signed_in(lena)
    assert end_all_sessions(by=mei, except_key=here.session.session_key) == 1
    assert [is_in(client) for client in (here, there, other)] == [True, False, True]


def test_the_page_lists_and_ends_ones_own_only(mei, lena):
    here, there = signed_in(mei), signed_in(lena)
    theirs = SignedIn.objects.get(person=lena)
    assert here.get("/me/sessions/").content.decode().count('<li class="row">') == 1
    assert here.post("/me/sessions/", {"end": theirs.pk}).status_code == 404
    assert here.post("/me/sessions/", {"end": "no-id"}).status_code == 404
    assert is_in(there)
    here.post("/me/sessions/", {"others": "1"})
    assert (is_in(here), is_in(there)) == (True, True)


def test_signing_out_is_a_post(mei):
    client = signed_in(mei)
    assert client.get("/sign-out/").status_code == 405
    assert is_in(client)
    assert client.post("/sign-out/").status_code == 302
    assert not is_in(client)
    assert SignedIn.objects.count() == 0
