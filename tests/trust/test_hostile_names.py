"""Every name gets a clear answer in every field of the site: kept, cleaned, or refused in words; never a broken page."""

import unicodedata
from urllib.parse import quote

import pytest
from django.db import transaction
from django.test import Client
from django.utils.html import escape

from linli.areas.models import Unit, UnitVersion
from linli.directory.models import LiveStatus, OpeningException, Station
from linli.people.models import DeskMachine, Person
from linli.programmes.models import Poll, Programme, ProgrammePicture, Question, Session, SignUp
from linli.site.models import Complaint
from tests.trust.hostile import FIELDS, NAMES, Field, path_of
from tests.trust.routes import routes
from tests.trust.rows import written

ANSWERS = {200, 302, 404, 422, 429}
# After any other answer nothing was written.
WRITES = {200, 302}


@pytest.fixture
def world(world, settings):
    settings.DEMONSTRATION = False
    return world


def field_name(field: Field) -> str:
    return f"{field.path} {field.name}"


def send(client: Client, field: Field, path: str, typed: str):
    return getattr(client, field.method)(path, {**field.others, field.name: typed})


def broken_words(text: str) -> list[str]:
    """Characters that no stored or shown name may carry."""
    return [
        f"U+{ord(character):04X}"
        for character in text
        if unicodedata.category(character) in {"Cc", "Cs", "Co", "Cf"} and character not in "\n\u200c\u200d"
    ]


# What the database holds of what was typed here.
KEPT = {
    Person: ["name"],
    UnitVersion: ["name"],
    Unit: ["kind"],
    LiveStatus: ["note"],
    OpeningException: ["reason"],
    Station: ["all_day_zone", "name", "about", "address"],
    DeskMachine: ["label"],
    Complaint: ["text", "answer"],
    Programme: ["name", "came_of"],
    ProgrammePicture: ["alt", "credit"],
    Session: ["name", "about", "where", "reason", "emergency"],
    SignUp: ["name", "needs"],
    Question: ["text"],
    Poll: ["question"],
}


def texts_kept(tables: set[str]) -> list[str]:
    """The texts in those of them that were written to."""
    models = [model for model in KEPT if model._meta.label in tables]
    return [text for model in models for row in model.objects.values_list(*KEPT[model]) for text in row]


@pytest.mark.any_database
@pytest.mark.parametrize("field", FIELDS, ids=field_name)
def test_every_name_gets_a_clear_answer(field, world, record_property):
    client = world.client(field.who)
    client.raise_request_exception = False
    path = path_of(field, world)
    for title, typed in NAMES.items():
        with transaction.atomic():
            with written() as tables:
                response = send(
                    client, field, path, typed.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
                )
            assert response.status_code in ANSWERS, (title, response.status_code)
            if field.method == "post" and response.status_code in WRITES:
                assert [broken for text in texts_kept(tables) if (broken := broken_words(text))] == [], title
            if response.status_code == 422 and len(typed) < 1000:
                check_kept(response, field, typed, title)
            transaction.set_rollback(True)
    record_property("figure", f"{len(NAMES)} names in {field_name(field)}, broken pages 0")


def check_kept(response, field: Field, typed: str, title: str) -> None:
    """What was typed comes back, with a sentence about it."""
    forms = [each["form"] for each in response.context or [] if "form" in each]
    # Of several on a page it is the one with something to mend.
    form = next((each for each in forms if each.errors), forms[0] if forms else None)
    if (
        form is None
        or field.name not in form.fields
        or getattr(form.fields[field.name].widget, "input_type", "") in {"password", "hidden"}
    ):
        return
    assert form.errors, title
    if (
        form.fields[field.name].widget.__class__.__name__ in {"TextInput", "Textarea"}
        and "\ud83d" not in typed
    ):
        assert escape(typed) in response.content.decode(), title


def test_every_form_is_in_the_table(world):
    """An address that takes a POST and is not asked here: add its fields to tests/trust/hostile.py."""
    asked = {path_of(field, world) for field in FIELDS}
    takes_no_words = {
        "people:sign_out", "people:slip", "people:export", "people:contact_remove", "people:second_factor",
        "people:replace_second_factor", "people:switch", "notices:stop", "site:retry", "site:set_up", "directory:lift_status",
        "directory:stock", "directory:thing", "directory:set_photo",
        "programmes:door",  # its forms lead to the addresses below it
    }  # fmt: skip
    takes = {
        name: address.path
        for name, address in routes(world).items()
        if name not in takes_no_words
        and name.split(":")[1] not in {"complaint", "station", "desk_of", "unit"}
    }
    client = world.client("manager")
    others = {name: path for name, path in takes.items() if path not in asked}
    forms = {name for name, path in others.items() if b'<form class="form"' in client.get(path).getvalue()}
    assert {name: others[name] for name in forms} == {}


@pytest.mark.parametrize(("typed", "kept"), [
    ("𠮷野家", "𠮷野家"), ("古丽·买买提", "古丽·买买提"), ("Café", "Café"), ("静​安‮寺", "静安寺"), ("  阿\u3000婆 ", "阿 婆"),
])  # fmt: skip
def test_rare_names_stay_as_they_are_and_tricks_go(typed, kept, world):
    world.client("worker").post("/desk/JA-0101/slips/", {"name": typed})
    assert kept in {person.name for person in Person.objects.all()}


def test_a_name_too_long_is_refused_in_words_with_both_numbers(world):
    response = world.client("worker").post("/desk/JA-0101/slips/", {"name": "名" * 10_000})
    assert response.status_code == 422
    assert "Please keep this within" in response.content.decode()


@pytest.mark.parametrize("title", [title for title, name in NAMES.items() if len(name) < 1000])
def test_names_in_the_address_itself(title, world):

    client = Client(raise_request_exception=False)
    text = quote(NAMES[title].encode("utf-8", "replace"), safe="")
    for path in (
        f"/stations/{text}/",
        f"/areas/{text}/",
        f"/complaints/{text}/",
        f"/stop/{text}/",
        f"/slip/{text}/",
        f"/setup/{text}/",
    ):
        assert client.get(path).status_code in {200, 404, 301}, path
        assert client.post(path).status_code in {200, 302, 403, 404, 422, 429}, path
