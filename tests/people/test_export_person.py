"""The copy of one's own data: complete, readable three ways, and only for oneself."""

import csv
import io
import json
import zipfile

import pytest

from linli.kit.personal import registered
from linli.kit.rules import Refused
from linli.people.actions import export_person, give_consent, look
from linli.people.actions.export import cell
from tests.factories import make_role


def opened(pieces):
    return zipfile.ZipFile(io.BytesIO(b"".join(pieces)))


def test_everything_registered_is_in_it(town, mei, omar):
    give_consent(by=mei, purpose="notices_by_email")
    look(by=omar, subjects=[mei], page="Desk", unit=town.tower.unit)
    archive = opened(export_person(by=mei, person=mei))

    assert archive.testzip() is None
    tables = json.loads(archive.read("data.json"))["tables"]
    wanted = [(entry.model, [field.name for field in entry.fields]) for entry in registered()]
    assert [(table["model"], [field["name"] for field in table["fields"]]) for table in tables] == wanted
    for table in tables:
        for field in table["fields"]:
            assert all(field[answer] for answer in ("purpose", "basis", "retention", "readers")), field

    rows = {table["model"]: table["rows"] for table in tables if table["rows"]}
    assert rows["people.Person"][0]["name"] == "梅"
    assert rows["people.Consent"][0]["purpose"] == "notices_by_email"
    [seen] = rows["people.Look"]
    assert (seen["viewer"], seen["subject"], seen["unit"]) == ("O*", "self", "JA-0101")


def test_the_three_forms_hold_the_same_rows(mei, town):
    make_role(mei, town.tower.unit, "worker")
    archive = opened(export_person(by=mei, person=mei))
    [row] = list(
        csv.DictReader(io.StringIO(archive.read("tables/people.role-person.csv").decode("utf-8-sig")))
    )
    tables = {table["model"]: table for table in json.loads(archive.read("data.json"))["tables"]}
    assert row == {key: str(value) for key, value in tables["people.Role"]["rows"][0].items()}
    page = archive.read("index.html").decode()
    assert all(value in page for value in row.values())
    assert "<script" not in page


def test_secrets_are_named_and_not_copied(mei):
    archive = opened(export_person(by=mei, person=mei))
    for table in json.loads(archive.read("data.json"))["tables"]:
        copied = {field["name"] for field in table["fields"] if field["copied"]}
        assert all(set(row) == copied for row in table["rows"])
    hidden = [field.name for entry in registered() for field in entry.fields if not field.exported]
    assert "salt" in hidden


def test_nobody_elses_words_are_in_it(mei, lena, omar):
    give_consent(by=lena, purpose="notices_by_text")
    look(by=omar, subjects=[lena], page="Secret page")
    archive = opened(export_person(by=mei, person=mei))
    everything = b"".join(archive.read(name) for name in archive.namelist()).decode()
    for word in ("Lena", "Omar", str(lena.pk), "Secret page"):
        assert word not in everything


def test_who_may(mei, lena, omar, gao, kai):
    for by in (lena, omar, gao, kai):
        with pytest.raises(Refused):
            export_person(by=by, person=mei)


def test_leaves_its_fact(mei, facts):
    export_person(by=mei, person=mei)
    assert facts() == [("people.data_exported", "people.person/own", {})]


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", '"=', " =", "\ufeff="]
)
def test_no_cell_becomes_a_formula(start):
    assert cell(f"{start}1+1").startswith("'")


def test_plain_cells_stay_as_they_are():
    assert [cell(value) for value in (None, 5, True, "梅", {"a": ["b"]})] == [
        "",
        "5",
        "True",
        "梅",
        '{"a": ["b"]}',
    ]


def test_the_page_asks_again_and_then_hands_over_the_copy(mei, browse):
    assert browse(mei).post("/me/export/").status_code == 302
    client = browse(mei, confirmed=True)
    assert client.get("/me/export/").status_code == 200
    response = client.post("/me/export/")
    assert response["Content-Type"] == "application/zip"
    assert "no-store" in response["Cache-Control"]
    assert "data.json" in opened(response.streaming_content).namelist()
