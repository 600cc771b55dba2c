"""How the API answers: to any page of the web, to readers who hold the answer already, to methods it does not know."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from jsonschema import Draft202012Validator

from linli.interop.hsds import shapes
from linli.interop.hsds.asked import EVERY
from linli.interop.hsds.kinds import KINDS
from tests.interop.conftest import make_organisation

PATHS = ["", "openapi.json", *KINDS]


@pytest.mark.parametrize("path", PATHS)
def test_any_page_of_the_web_may_ask(directory, ask, path):
    response = ask.response(path, headers={"origin": "https://elsewhere.example"})
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Content-Type"] == "application/json"
    assert "Access-Control-Allow-Credentials" not in response
    assert not response.cookies


def test_problems_too(db, ask):
    for path in ("services?x=1", "nowhere"):
        assert ask.response(path)["Access-Control-Allow-Origin"] == "*"


def test_no_other_page_of_ours_says_so(directory, ask):
    for path in ("/", "/stations/", "/hsds/profile"):
        assert "Access-Control-Allow-Origin" not in ask.client.get(path)


@pytest.mark.parametrize("path", PATHS)
def test_a_reader_who_holds_the_answer_is_told_so(directory, ask, path):
    first = ask.response(path)
    again = ask.response(path, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert (first["Cache-Control"], again["Access-Control-Allow-Origin"]) == ("public, max-age=60", "*")


def test_a_change_changes_the_tag(directory, ask):
    first = ask.response("organizations")["ETag"]
    make_organisation("新单位", "New")
    again = ask.response("organizations", headers={"if-none-match": first})
    assert again.status_code == 200


def test_what_somebody_signed_in_reads_is_not_kept(directory, browse, mei):
    assert browse(mei).get("/hsds/services")["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", PATHS)
def test_head_says_what_get_says(directory, ask, path):
    got, head = ask.response(path), ask.client.head(f"/hsds/{path}")
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", got["ETag"])


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("", "GET, HEAD, OPTIONS"),
        ("services", "GET, HEAD, POST, OPTIONS"),
        ("services/01930000-0000-7000-8000-000000000000", "GET, HEAD, OPTIONS"),
    ],
)
def test_options_says_what_one_may(db, ask, path, allowed):
    response = ask.client.options(f"/hsds/{path}")
    assert (response.status_code, response["Allow"], response["Access-Control-Allow-Methods"]) == (
        204,
        allowed,
        allowed,
    )


@pytest.mark.parametrize(
    "path", ["", "openapi.json", "services/01930000-0000-7000-8000-000000000000", "nowhere"]
)
def test_a_post_elsewhere_is_refused(db, path):
    response = Client(enforce_csrf_checks=True).post(f"/hsds/{path}")
    assert (response.status_code, response["Content-Type"]) == (405, "application/problem+json")
    assert response["Allow"] == "GET, HEAD, OPTIONS"


def test_a_post_to_a_list_is_a_search(directory, ask):
    """What one looks for, and where one stands, then appears in no address and no log."""
    client = Client(enforce_csrf_checks=True)
    found = client.post("/hsds/services", {"search": "legal", "per_page": 1})
    assert json.loads(found.content) == ask("services?search=legal&per_page=1")
    assert json.loads(client.post("/hsds/services?search=legal").content) == ask("services?search=legal")


def test_a_search_says_each_thing_once_wherever(directory):
    response = Client().post("/hsds/services?page=1", {"page": 1})
    assert (response.status_code, json.loads(response.content)["parameter"]) == (400, "page")


def test_a_search_in_another_form_is_not_passed_over(directory):
    response = Client().post("/hsds/services", '{"search": "legal"}', content_type="application/json")
    assert (response.status_code, response["Content-Type"]) == (415, "application/problem+json")


def test_problems_speak_the_readers_language(db, ask):
    asked = "services?page=0"
    english = json.loads(ask.response(asked, headers={"accept-language": "en"}).content)
    chinese = json.loads(ask.response(asked, headers={"accept-language": "zh-CN"}).content)
    assert english["detail"] == "Please give a whole number from 1 to 1000000."
    assert chinese["detail"] == "请填 1 到 1000000 之间的整数。"


def test_the_root_leads_to_profile_and_description(directory, ask):
    root = ask()
    assert root["version"] == "3.1"
    for name in ("profile", "openapi_url"):
        assert root[name].startswith("http://testserver/hsds/")
        assert ask.client.get(root[name]).status_code == 200


def test_the_profile_names_every_addition(db, ask):
    page = ask.response("profile").content.decode()
    ours = {each.name for shape in shapes.TABLES for each in shapes.fields(shape) if each.ours}
    ours |= {each.name for each in EVERY.values() if each.ours} | {"/hsds/locations", "modified_after"}
    assert [name for name in sorted(ours) if name not in page] == []
    assert [kind for kind in KINDS if f'href="{reverse(f"hsds:{kind}")}"' not in page] == []
    assert 'id="problems"' in page


def test_the_description_is_whole(directory, ask):
    """Every address, every parameter, every reference; its schemas are schemas."""
    document = ask("openapi.json")
    paths = {"/"} | {f"/{kind.name}{tail}" for kind in KINDS.values() for tail in ("", "/{id}")}
    assert set(document["paths"]) == paths
    for name, schema in document["components"]["schemas"].items():
        Draft202012Validator.check_schema(schema)
        assert all(each["description"] for each in schema["properties"].values()), name
    references = list(references_in(document))
    assert len(references) > 100
    for reference in set(references):
        found = document
        for part in reference.removeprefix("#/").split("/"):
            found = found[part]
    used = {reference.rpartition("/")[2] for reference in references if "/parameters/" in reference}
    assert used == set(EVERY)
    for kind in KINDS.values():
        listed = document["paths"][f"/{kind.name}"]["get"]["parameters"]
        assert [each["$ref"].rpartition("/")[2] for each in listed] == list(kind.parameters)


def references_in(node):
    if isinstance(node, dict):
        if "$ref" in node:
            yield node["$ref"]
        for value in node.values():
            yield from references_in(value)
    elif isinstance(node, list):
        for value in node:
            yield from references_in(value)
