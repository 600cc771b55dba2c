from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from linli.people.models import Person


def invited(capsys, **options):
    call_command("invite", unit="310106012", **options)
    lines = dict(line.split(":", 1) for line in capsys.readouterr().out.splitlines() if ":" in line)
    return lines["Link"].strip(), lines["Code"].split()[0]


def test_the_first_organiser_signs_in_by_the_link(town, capsys, facts, settings):
    link, _code = invited(capsys, name="高")
    person = Person.objects.get()
    assert (person.name, person.holds("organiser", town.west)) == ("高", True)
    assert link.startswith(f"{settings.ADDRESS}/slip/")
    client, path = Client(), link.removeprefix(settings.ADDRESS)
    assert client.get(path).status_code == 200
    assert client.post(path).status_code == 302
    assert client.get("/me/sessions/").status_code == 200
    assert [kind for kind, _subject, _data in facts()] == ["people.person_joined", "people.role_granted"]


def test_by_the_code_as_well_and_once(town, capsys):
    link, code = invited(capsys)
    assert Client().post("/slip/", {"code": code}).status_code == 302
    assert Client().post("/slip/", {"code": code}).status_code == 422
    assert Client().post(link.removeprefix("http://localhost:8000")).status_code == 422


def test_an_invitation_ends_after_three_days(town, capsys):
    _link, code = invited(capsys)
    with time_machine.travel(timezone.now() + timedelta(days=3, seconds=1)):
        assert Client().post("/slip/", {"code": code}).status_code == 422


def test_an_unknown_unit_or_a_role_that_does_not_fit_makes_nobody(town):
    for options in ({"unit": "nowhere"}, {"unit": "310106012", "role": "worker"}):
        with pytest.raises(CommandError):
            call_command("invite", **options)
    assert Person.objects.count() == 0
