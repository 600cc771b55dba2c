"""`check_hsds` reads every page and finds what is wrong. The schemas here are our own small ones."""

import json
import shutil

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from linli.directory.models import Station
from linli.interop.hsds import kinds, shapes
from linli.interop.hsds.checking import holds, is_uri
from tests.interop.conftest import make_many


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def official(shape):
    """What a schema of the standard says of an object: fields, demands, references by the name of a file."""
    fields = [each for each in shapes.fields(shape) if not each.ours]
    properties = {each.name: in_files(each.schema) for each in fields}
    return {
        "type": "object",
        "properties": properties,
        "required": [each.name for each in fields if each.required],
    }


def in_files(schema):
    text = json.dumps(schema).replace("#/components/schemas/", "")
    return json.loads(text, object_hook=named_after_a_file)


def named_after_a_file(node):
    return node | {"$ref": f"{node['$ref']}.json"} if "$ref" in node else node


@pytest.fixture
def repository(tmp_path):
    """A folder laid out like the standard's repository."""
    folder = tmp_path / "schema"
    (folder / "compiled").mkdir(parents=True)
    for shape in shapes.TABLES:
        (folder / f"{shape}.json").write_text(json.dumps(official(shape)), "utf-8")
    page = {"type": "object", "required": ["empty"], "properties": {"total_items": {"type": "integer"}}}
    openapi = {"components": {"schemas": {"Page": page}}}
    (folder / "openapi.json").write_text(json.dumps(openapi), "utf-8")
    return tmp_path


def demand(repository, file, **changes):
    path = repository / "schema" / file
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | changes), "utf-8")


def run(repository, capsys):
    """What the command said, and what it failed with."""
    failed = ""
    try:
        call_command("check_hsds", schemas=repository)
    except CommandError as error:
        failed = str(error)
    return capsys.readouterr(), failed


def test_every_page_is_read_and_nothing_is_wrong(directory, repository, capsys, monkeypatch):
    monkeypatch.setattr("linli.interop.hsds.checking.MOST", 2)
    monkeypatch.setattr("linli.interop.hsds.checking.MOST_WHOLE", 3)
    make_many(directory, 4)
    said, failed = run(repository, capsys)
    assert failed == ""
    lines = {line.split()[0]: line.split()[1:] for line in said.out.splitlines()}
    # list → pages and one object by itself, objects, errors
    assert lines["services"] == ["4", "7", "0"]
    assert lines["services?full=true"] == ["4", "7", "0"]
    assert lines["locations"] == ["3", "6", "0"]
    assert lines["taxonomies"] == ["4", "5", "0"]


def test_the_schema_folder_itself_will_do(directory, repository, capsys):
    assert run(repository / "schema", capsys)[1] == ""


@pytest.mark.parametrize(
    ("file", "changes", "found"),
    [
        ("service.json", {"required": ["fees"]}, "'fees' is a required property (service.json)"),
        ("phone.json", {"required": ["contact_id"]}, "$.phones[0]: 'contact_id' is a required property"),
        (
            "schedule.json",
            {"properties": {"wkst": {"enum": ["SU"]}}},
            "schedules[0].wkst: 'MO' is not one of ['SU']",
        ),
        (
            "service.json",
            {
                "properties": {
                    "assured_date": {"type": "string", "datapackage_type": "date"},
                    "name": {"format": "uri"},
                }
            },
            "$.name: '法律咨询' is not a 'uri'",
        ),
        (
            "openapi.json",
            {"components": {"schemas": {"Page": {"required": ["pages"]}}}},
            "services page 1: 'pages'",
        ),
        ("address.json", {"properties": {"id": {}}}, "address: city is not as the standard has it"),
    ],
)
def test_what_is_wrong_is_named(directory, repository, capsys, file, changes, found):
    demand(repository, file, **changes)
    said, failed = run(repository, capsys)
    assert found in said.err
    assert failed.endswith(" errors.") and " 0 errors" not in failed


def test_the_brief_objects_are_held_against_the_standards_lists(directory, repository, capsys):
    path = repository / "schema" / "compiled" / "service_list.json"
    path.write_text(json.dumps({"required": ["program"]}), "utf-8")
    assert "'program' is a required property (compiled/service_list.json)" in run(repository, capsys)[0].err


def test_a_list_that_loses_rows_is_found(directory, repository, capsys, monkeypatch):
    """What the header announces and what the pages hold are counted apart."""
    monkeypatch.setattr(kinds, "brief_locations", lambda found, show=kinds.brief_locations: show(found)[:-1])
    assert "locations: 1 different objects in 1, 2 announced" in run(repository, capsys)[0].err
    assert Station.objects.count() == 2


def test_a_folder_without_schemas_and_a_wrong_address_are_said(db, tmp_path, repository):
    with pytest.raises(CommandError, match="holds no schemas"):
        call_command("check_hsds", schemas=tmp_path / "nothing")
    with pytest.raises(CommandError, match="http"):
        call_command("check_hsds", schemas=repository, address="file:///etc")
    shutil.rmtree(repository / "schema")
    with pytest.raises(CommandError, match="holds no schemas"):
        call_command("check_hsds", schemas=repository)


@pytest.mark.django_db(transaction=True)
def test_an_installation_elsewhere_can_be_asked(live_server, repository, capsys):
    call_command("check_hsds", schemas=repository, address=live_server.url)
    assert capsys.readouterr().out.splitlines()[-1].endswith(", 0 errors.")
    with pytest.raises(CommandError):
        call_command("check_hsds", schemas=repository, address=f"{live_server.url}/nowhere")


def test_what_counts_as_an_address():
    assert (is_uri("https://a.example/b"), is_uri("a.example"), is_uri("https://a b")) == (True, False, False)
    assert (holds(int, "1"), holds(int, "x")) == (True, False)
