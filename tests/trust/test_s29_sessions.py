"""S29: sessions change their key with every change of power, end idle and absolutely, and end with the role."""

from datetime import timedelta

import pyotp
import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from linli.people.actions import (
    begin_second_factor,
    confirm_second_factor,
    end_role,
    erase_person,
    issue_slip,
)
from linli.people.models import Person, Role, SignedIn
from tests.people.signing import digits_mailed, give_contact


def is_in(client) -> bool:
    return client.get("/me/sessions/").status_code == 200


def test_s29_key_and_token_change_at_signing_in(mei):
    give_contact(mei)
    client = Client()
    client.post("/sign-in/", {"contact": "mei@example.org"})
    client.get("/sign-in/code/")
    key, token = client.session.session_key, client.cookies["linli-csrf"].value
    client.post("/sign-in/code/", {"digits": digits_mailed()})
    assert client.session.session_key != key
    assert client.cookies["linli-csrf"].value != token
    old = Client()
    old.cookies["linli"] = key
    assert not is_in(old)


def test_s29_a_session_fixed_by_somebody_else_does_not_become_mine(omar, town):
    planted = "a" * 32
    client = Client()
    client.cookies["linli"] = planted
    client.post(f"/slip/{issue_slip(by=omar, unit=town.tower.unit).token}/")
    assert client.session.session_key != planted
    attacker = Client()
    attacker.cookies["linli"] = planted
    assert not is_in(attacker)


def test_s29_the_key_changes_with_the_second_step(omar):
    with time_machine.travel(1_790_000_010, tick=False) as clock:
        app = pyotp.TOTP(begin_second_factor(by=omar).secret)
        confirm_second_factor(by=omar, digits=app.now())
        client = Client()
        client.force_login(omar)
        key = client.session.session_key
        clock.shift(30)
        client.post("/me/second-factor/", {"digits": app.now()})
        old = Client()
        old.cookies["linli"] = key
        assert (is_in(client), is_in(old)) == (True, False)


@pytest.mark.parametrize(
    ("limits", "idle", "absolute"),
    [
        ("resident", timedelta(days=16), timedelta(days=30)),
        ("staff", timedelta(hours=5), timedelta(hours=12)),
        ("desk", timedelta(minutes=11), timedelta(hours=12)),
    ],
)
def test_s29_idle_and_absolute_ends(mei, limits, idle, absolute):
    client = Client()
    client.force_login(mei)
    session = client.session
    session["limits"] = limits
    session.save()
    row = SignedIn.objects.get()
    assert row.expires_at - row.created_at == absolute
    with time_machine.travel(timezone.now() + idle):
        assert not is_in(client)


def test_s29_role_loss_and_erasure_sign_out_everywhere(omar, gao, mei, town):
    browsers = {person: [Client(), Client()] for person in (omar, mei)}
    for person, clients in browsers.items():
        for client in clients:
            client.force_login(person)
    end_role(by=None, role=Role.objects.get(person=omar))
    erase_person(by=mei, person=mei)
    assert [is_in(client) for clients in browsers.values() for client in clients] == [False] * 4


def test_s29_disabling_signs_out(mei):
    client = Client()
    client.force_login(mei)
    Person.objects.filter(pk=mei.pk).update(is_active=False)
    assert not is_in(client)


def test_s29_signing_out_ends_it_on_the_server(mei):
    client = Client()
    client.force_login(mei)
    key = client.session.session_key
    client.post("/sign-out/")
    old = Client()
    old.cookies["linli"] = key
    assert not is_in(old)


def test_s29_what_a_signed_in_person_sees_is_not_stored(browse, mei):
    assert browse(mei).get("/me/sessions/")["Cache-Control"] == "no-store"
