"""Nothing about a person is held that the register does not explain."""

import pytest
from django.apps import apps

from linli.kit.personal import PersonalModel, registered
from linli.kit.secrets import EncryptedTextField
from linli.people.models import Person

OURS = [model for model in apps.get_models() if model.__module__.startswith("linli.")]


def links(model) -> list:
    """The columns of a model that point at another row."""
    return [field for field in model._meta.concrete_fields if field.is_relation]


def about_people() -> dict:
    """Every model with a way to the person, and its columns on that way: pointing at a person, or at such a model."""
    found = {Person: []}
    while True:
        more = {
            model: ways
            for model in OURS
            if model not in found
            and (ways := [field for field in links(model) if field.related_model in found])
        }
        if not more:
            return found
        found |= more


def entries_of(model) -> list[PersonalModel]:
    return [entry for entry in registered() if entry.table is model]


def names(model) -> set[str]:
    """What the register must explain: every column but the row's own number and the registered way to the person."""
    ways = {(entry.person or "").split("__")[0] for entry in entries_of(model)}
    return {field.name for field in model._meta.concrete_fields if not field.primary_key} - ways


@pytest.mark.parametrize(
    "model", sorted(about_people(), key=lambda model: model._meta.label), ids=lambda model: model._meta.label
)
def test_every_field_of_a_model_about_people_is_registered(model):
    explained = {field.name for entry in entries_of(model) for field in entry.fields}
    missing = names(model) - explained
    assert not missing, (
        f"add to the register ({model._meta.app_label}/personal.py): {model._meta.label}.{missing}"
    )


@pytest.mark.parametrize("model", OURS, ids=lambda m: m._meta.label)
def test_every_way_to_a_person_is_registered(model):
    """A row with two people on it is about both, so each finds it in their copy and both erasures reach it."""
    ways = {field.name for field in links(model) if field.related_model is Person}
    known = {(entry.person or "").split("__")[0] for entry in entries_of(model)}
    assert ways <= known, f"register {model._meta.label} for {ways - known}"


@pytest.mark.parametrize("model", OURS, ids=lambda m: m._meta.label)
def test_every_encrypted_column_is_registered(model):
    """What is worth encrypting is worth explaining, also where no account hangs on it."""
    secret = {field.name for field in model._meta.concrete_fields if isinstance(field, EncryptedTextField)}
    explained = {field.name for entry in entries_of(model) for field in entry.fields}
    assert secret <= explained, f"register {model._meta.label}.{secret - explained}"


@pytest.mark.parametrize("entry", registered(), ids=lambda entry: f"{entry.model}-{entry.person}")
def test_every_entry_answers_and_works(entry, db):
    for field in entry.fields:
        entry.column(field.name)
        for answer in (field.purpose, field.basis, field.retention, field.readers):
            assert str(answer).strip(), f"{entry.model}.{field.name}"
        assert not (
            field.exported
            and entry.exportable
            and entry.column(field.name).get_internal_type() == "BinaryField"
        )
    assert entry.on_erase in {"delete", "blank", "keep"}
    if entry.on_erase == "blank":
        entry.blanks()
    assert list(entry.rows(Person(name="nobody"))) == []


def test_what_is_kept_at_erasure_holds_no_words():
    """Rows that stay as they are may hold numbers, moments and keys, but no text somebody wrote."""
    free = [
        f"{entry.model}.{field.name}"
        for entry in registered()
        if entry.on_erase == "keep" and entry.person is not None
        for field in entry.fields
        if isinstance(entry.column(field.name), EncryptedTextField)
        or entry.column(field.name).get_internal_type() in {"TextField", "JSONField", "FileField"}
    ]
    assert free == []


def test_nothing_in_the_register_is_about_a_model_that_is_gone():
    for entry in registered():
        assert entry.table in OURS, entry.model
