"""Legal holds: placed and lifted at the machine, seen by whom they are about, and stronger than an erasure."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone, translation

from linli.kit.rules import Problem
from linli.people.actions import erase_person, export_person
from linli.people.actions.holds import lift_hold, place_hold
from linli.people.models import Hold, Person
from tests.people.signing import give_contact


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def held(mei):
    return place_hold(
        person=mei, ordered_by="A court", reason="A case", until=timezone.localdate() + timedelta(days=30)
    )


def test_nothing_is_erased_while_it_lies(mei, held, facts):
    with pytest.raises(Problem, match="authority"):
        erase_person(by=mei, person=mei)
    mei.refresh_from_db()
    assert mei.erased_at is None
    lift_hold(code=held.code)
    erase_person(by=mei, person=mei)
    assert Person.objects.get(pk=mei.pk).name == ""
    assert [kind for kind, *_rest in facts()] == ["people.hold_lifted", "people.person_erased"]


def test_the_page_says_so_in_words(mei, held, browse):
    answer = browse(mei, confirmed=True).post("/me/erase/", {"understood": "on"})
    assert answer.status_code == 422
    assert "By order of an authority" in answer.content.decode()


@pytest.mark.parametrize("days", [-1, 367, 10_000])
def test_its_last_day_is_within_a_year(mei, days):
    until = timezone.localdate() + timedelta(days=days)
    with pytest.raises(Problem):
        place_hold(person=mei, ordered_by="A court", reason="A case", until=until)


def test_only_they_see_it(mei, held, lena, gao):
    assert list(Hold.objects.visible_to(mei)) == [held]
    assert not Hold.objects.visible_to(lena).exists()
    assert not Hold.objects.visible_to(gao).exists()


def test_it_stands_in_their_own_copy(mei, held):
    copy = zipfile.ZipFile(io.BytesIO(b"".join(export_person(by=mei, person=mei))))
    (written,) = [copy.read(name).decode() for name in copy.namelist() if name.endswith(".json")]
    assert "A court" in written
    assert "A case" in written


def test_what_is_stored_of_it_is_encrypted(held):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT reason, ordered_by FROM people_hold")
        (row,) = cursor.fetchall()
    assert not {"A case", "A court"} & set(row)


def test_at_the_machine(mei, capsys):
    give_contact(mei)
    until = str(timezone.localdate() + timedelta(days=30))
    order = ["--until", until, "--ordered-by", "A court", "--reason", "A case"]
    call_command("hold", "place", "mei@example.org", *order)
    code = Hold.objects.get().code
    call_command("hold", "list")
    call_command("hold", "lift", code)
    call_command("hold", "list")
    assert capsys.readouterr().out.splitlines() == [
        f"{code} until {until}",
        f"{code} until {until}, ordered by A court",
        f"{code} lifted",
    ]
    with pytest.raises(CommandError):
        call_command("hold", "lift", code)
    with pytest.raises(CommandError):
        call_command("hold", "place", "nobody@example.org", *order)
