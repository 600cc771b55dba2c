"""S39, the part of signing in: what happened is logged in UTC, and no contact, code, token or name with it."""

import logging
import re

import pytest
from django.test import Client

from linli.kit.logs import Impersonal, UtcFormatter
from linli.people.actions import issue_slip, register_desk, set_pin, switch_person
from linli.people.actions.slips import Printed
from tests.people.signing import digits_mailed, give_contact, wrong


class Kept(logging.Handler):
    """Keeps lines as the console would show them, and the bare records as well."""

    def __init__(self):
        super().__init__(logging.DEBUG)
        self.bare, self.shown = [], []
        self.setFormatter(UtcFormatter("{asctime}Z {levelname} {name} {message}", style="{"))

    def emit(self, record):
        self.bare.append(record.getMessage())
        Impersonal().filter(record)
        self.shown.append(self.format(record))


@pytest.fixture
def log():
    kept, root = Kept(), logging.getLogger()
    level = root.level
    root.addHandler(kept)
    root.setLevel(logging.DEBUG)
    yield kept
    root.removeHandler(kept)
    root.setLevel(level)


def go_wrong_and_right(omar, town) -> list[str]:
    """Every way of signing in, refused and allowed; the secrets it used."""
    client = Client()
    client.post("/sign-in/", {"contact": "mei@example.org"})
    digits = digits_mailed()
    client.post("/sign-in/code/", {"digits": wrong(digits)})
    client.post("/sign-in/code/", {"digits": digits})
    client.post("/sign-in/", {"contact": "13800001234"})
    slip: Printed = issue_slip(by=omar, unit=town.tower.unit, name="阿婆")
    client.post("/slip/", {"code": "0000000000"})
    client.post(f"/slip/{slip.token}/")
    client.post(f"/slip/{slip.token}/")
    set_pin(by=omar, pin="480273")
    machine, secret = register_desk(by=omar, unit=town.tower.unit, label="front")
    switch_person(by=None, machine=machine, person_id=omar.pk, pin="480273")
    secrets = [
        "mei@example.org",
        "13800001234",
        digits,
        wrong(digits),
        slip.code,
        slip.token,
        "480273",
        secret,
    ]
    return [*secrets, "阿婆", "Omar", str(omar.pk), str(slip.slip.person_id)]


def test_s39_signing_in_is_logged_without_a_personal_word(mei, omar, town, log, record_property):
    give_contact(mei)
    canaries = go_wrong_and_right(omar, town)
    access = [line for line in log.bare if re.match(r"(allowed|refused) [a-z-]+ ([0-9a-f]{8}|-)$", line)]
    said = [line.rsplit(" ", 1)[0] for line in access]
    assert said == [
        "allowed sign-in-code-sent",
        "refused sign-in-code",
        "allowed sign-in-code",
        "refused slip",
        "allowed sign-in-slip",
        "refused slip",
        "allowed pin",
    ]
    everything = "\n".join(log.shown)
    assert [canary for canary in canaries if canary in everything] == []
    assert all(re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}Z ", line) for line in log.shown)
    record_property(
        "figure", f"{len(canaries)} secrets and names looked for in {len(log.shown)} log lines, found 0"
    )


def test_s39_who_is_another_pseudonym_every_day(mei):
    assert mei.pseudonym("log/2026-11-22") != mei.pseudonym("log/2026-11-23")
