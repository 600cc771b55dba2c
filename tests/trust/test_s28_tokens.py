"""S28: codes, slips, invitations and recovery codes are hashed at rest, good once, and end."""

import io
from datetime import timedelta

import pyotp
import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from linli.people.actions import (
    begin_second_factor,
    confirm_second_factor,
    issue_slip,
    register_desk,
    set_pin,
)
from tests.people.signing import ask_code, digits_mailed

TABLES = (
    "people_signincode",
    "people_slip",
    "people_deskmachine",
    "people_pin",
    "people_recoverycode",
    "people_secondfactor",
    "people_signedin",
    "people_throttle",
    "people_contact",
)


def everything_stored() -> str:
    """What somebody reads who steals the tables."""
    with connection.cursor() as cursor:
        texts = []
        for table in TABLES:
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608
            texts += [" ".join(map(str, row)) for row in cursor.fetchall()]
    return "\n".join(texts)


def test_s28_no_secret_can_be_read_from_the_tables(omar, town, record_property):
    secret = begin_second_factor(by=omar).secret
    recovery = confirm_second_factor(by=omar, digits=pyotp.TOTP(secret).now())
    set_pin(by=omar, pin="480273")
    slip = issue_slip(by=omar, unit=town.tower.unit)
    _machine, machine_secret = register_desk(by=omar, unit=town.tower.unit, label="front")
    client = Client()
    client.post("/sign-in/", {"contact": "mei@example.org"})
    digits = digits_mailed()
    client.post("/sign-in/code/", {"digits": digits})
    kept = everything_stored()
    secrets = [
        secret,
        "480273",
        slip.token,
        slip.code,
        machine_secret,
        client.session.session_key,
        "mei@example.org",
    ]
    assert [found for found in (*secrets, *recovery) if found in kept] == []
    record_property(
        "figure", f"{len(secrets) + len(recovery)} secrets looked for in {len(TABLES)} tables, found 0"
    )


def test_s28_a_code_in_the_message_alone_is_no_link(db):
    ask_code()
    assert "http" not in mail.outbox[-1].body


@pytest.mark.parametrize("later", [timedelta(0), timedelta(days=4)])
def test_s28_nothing_revives_an_ended_invitation(town, later):
    said = io.StringIO()
    call_command("invite", unit="310106012", stdout=said)
    code = next(line.split()[1] for line in said.getvalue().splitlines() if line.startswith("Code:"))
    with time_machine.travel(timezone.now() + later):
        # Neither asking for codes nor trying other slips makes it good again.
        Client().post("/sign-in/", {"contact": "gao@example.org"})
        Client().post("/slip/", {"code": "0000000000"})
        assert Client().post("/slip/", {"code": code}).status_code == (422 if later else 302)
        assert Client().post("/slip/", {"code": code}).status_code == 422


def test_s28_a_new_slip_ends_the_one_before(omar, town):
    first = issue_slip(by=omar, unit=town.tower.unit)
    issue_slip(by=omar, unit=town.tower.unit, earlier=first.code)
    assert Client().post(f"/slip/{first.token}/").status_code == 422


def test_s28_opening_a_link_uses_nothing_up(omar, town):
    slip = issue_slip(by=omar, unit=town.tower.unit)
    for _time in range(3):
        assert Client().get(f"/slip/{slip.token}/").status_code == 200
        assert Client().head(f"/slip/{slip.token}/").status_code == 200
    assert Client().post(f"/slip/{slip.token}/").status_code == 302
