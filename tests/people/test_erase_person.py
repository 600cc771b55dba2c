"""Erasure: nothing tells who it was, every count stays, every proof still holds, and a restore forgets nothing."""

import json

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.utils import timezone, translation

from linli.kit.personal import registered
from linli.kit.rules import Problem, Refused
from linli.ledger.models import Event
from linli.people import tombstones
from linli.people.actions import erase_person, give_consent, grant_role, has_consent, look
from linli.people.models import Consent, Contact, Erasure, Look, Person, Role, SignedIn
from linli.people.models.contacts import lookup_of
from tests.factories import make_person, make_role

KEPT = [Person, Role, Consent, Look, Event]


@pytest.fixture
def lived(town, mei, omar, browse, settings, tmp_path):
    """Mei with a bit of everything."""
    settings.DATA = tmp_path
    Contact.objects.create(
        person=mei,
        kind="phone",
        value="+8613800001234",
        lookup=lookup_of("+8613800001234"),
        verified_at=timezone.now(),
        sign_in=True,
    )
    make_role(mei, town.tower.unit, "worker")
    give_consent(by=mei, purpose="notices_by_email")
    look(by=omar, subjects=[mei], page="Desk")
    look(by=mei, subjects=[omar], page="Desk")
    browse(mei)
    return mei


def test_nothing_tells_who_it_was(lived):
    number, name = str(lived.pk), lived.name
    erase_person(by=lived, person=lived)

    row = Person.objects.get(pk=lived.pk)
    assert (row.name, row.salt, row.is_active, row.erased_at is None) == ("", None, False, False)
    assert not Contact.objects.filter(person=lived).exists()
    assert not SignedIn.objects.filter(person=lived).exists()
    for model in apps.get_models():
        if model._meta.label.startswith("linli") or model.__module__.startswith("linli."):
            text = json.dumps(list(model._base_manager.values()), default=str, ensure_ascii=False)
            assert name not in text, model
            if model is Event:
                assert number not in text


def test_every_count_stays(lived):
    before = {model: model.objects.count() for model in KEPT}
    erase_person(by=lived, person=lived)
    after = {model: model.objects.count() for model in KEPT}
    # Three facts were added: the role ended, the consent was withdrawn, the account erased.
    assert after == before | {Event: before[Event] + 3}


def test_roles_and_consents_end(lived, town, today):
    erase_person(by=lived, person=lived)
    assert Role.objects.get(person=lived).valid_until == today
    assert not Person.objects.get(pk=lived.pk).holds("worker", town.tower.unit)
    assert not has_consent(Person.objects.get(pk=lived.pk), "notices_by_email")


def test_the_register_is_walked(lived):
    erase_person(by=lived, person=lived)
    for entry in registered():
        rows = entry.rows(lived)
        if entry.on_erase == "delete":
            assert not rows.exists(), entry
        elif entry.on_erase == "blank":
            for row in rows:
                assert {name: getattr(row, name) for name in entry.blanks()} == entry.blanks(), entry


def test_who_may(mei, lena, omar, gao, kai):
    for by in (lena, omar, gao, kai):
        with pytest.raises(Refused):
            erase_person(by=by, person=mei)
    assert Person.objects.get(pk=mei.pk).name == "梅"


def test_the_last_to_lead_hands_over_first(town, mei, gao):
    make_role(mei, town.tower.unit, "manager")
    with translation.override("en"), pytest.raises(Problem, match="the only manager of Cloud Tower Station"):
        erase_person(by=mei, person=mei)
    assert Person.objects.get(pk=mei.pk).name == "梅"
    assert Erasure.objects.count() == 0

    grant_role(by=gao, person=make_person("next"), unit=town.tower.unit, role="manager")
    erase_person(by=mei, person=mei)
    assert Person.objects.get(pk=mei.pk).name == ""


def test_leaves_its_fact_without_a_personal_word(mei, facts, settings, tmp_path):
    settings.DATA = tmp_path
    erase_person(by=mei, person=mei)
    assert facts() == [("people.person_erased", "people.person/own", {})]


def test_after_a_restore_it_is_done_again(lived, settle, capsys):
    name = lived.name
    erase_person(by=lived, person=lived)
    settle()
    assert list(tombstones.read(tombstones.own_file())) == [lived.pk]

    # What a backup from before would bring back.
    Erasure.objects.all().delete()
    Person.objects.filter(pk=lived.pk).update(name=name, salt=b"salt", erased_at=None, is_active=True)
    Contact.objects.create(person=lived, kind="email", value="m@example.org", lookup="x")
    call_command("reapply_erasures")

    assert "1 accounts were back" in capsys.readouterr().out
    row = Person.objects.get(pk=lived.pk)
    assert (row.name, row.salt, row.is_active) == ("", None, False)
    assert not Contact.objects.filter(person=lived).exists()
    assert Erasure.objects.get().person_id == lived.pk
    call_command("reapply_erasures", str(tombstones.own_file()))
    assert "0 accounts were back" in capsys.readouterr().out


def test_a_damaged_list_is_named(tmp_path):
    path = tmp_path / "list"
    path.write_text("nonsense\n")
    for wrong in (path, tmp_path / "missing"):
        with pytest.raises(CommandError):
            call_command("reapply_erasures", str(wrong))


def test_the_page_needs_the_box_ticked(mei, browse, settings, tmp_path):
    settings.DATA = tmp_path
    assert browse(mei).get("/me/erase/").status_code == 302
    client = browse(mei, confirmed=True)
    assert client.post("/me/erase/").status_code == 422
    assert Person.objects.get(pk=mei.pk).name == "梅"
    assert client.post("/me/erase/", {"understood": "on"}).status_code == 200
    assert Person.objects.get(pk=mei.pk).name == ""
    assert client.get("/me/erase/").status_code == 302


def test_the_page_says_what_must_be_handed_over_first(town, mei, browse):
    make_role(mei, town.tower.unit, "manager")
    response = browse(mei, confirmed=True).post("/me/erase/", {"understood": "on"})
    assert response.status_code == 422
    assert "You are the only manager of Cloud Tower Station." in response.content.decode()
    assert Person.objects.get(pk=mei.pk).name == "梅"
