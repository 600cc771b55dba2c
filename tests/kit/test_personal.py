"""The register's own manners: one entry a way, empty means empty, and no way means no rows."""

import pytest

from linli.kit.personal import PersonalField, PersonalModel, register, registered


def entry(name: str, person: str | None = "person", model: str = "people.Contact") -> PersonalModel:
    return PersonalModel(
        model, person, "blank", [PersonalField(name, "why", "basis", "how long", "who")], "title"
    )


def test_one_way_to_a_person_is_registered_once():
    with pytest.raises(ValueError, match="registered twice"):
        register(entry("value"))
    assert registered() == tuple(sorted(registered(), key=lambda one: (one.model.lower(), one.person or "")))


def test_what_a_blanked_field_becomes():
    assert entry("verified_at").blanks() == {"verified_at": None}
    assert entry("value").blanks() == {"value": ""}
    with pytest.raises(ValueError, match="no empty value"):
        entry("sign_in").blanks()


def test_only_a_column_can_be_registered():
    with pytest.raises(TypeError, match="not a column"):
        entry("versions", model="areas.Unit").column("versions")


def test_rows_without_a_way_are_nobodys(mei):
    assert list(entry("value", person=None).rows(mei)) == []
