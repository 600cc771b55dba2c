"""S03: a form takes what it asks for and nothing more, however many names of columns are posted to it."""

from functools import partial
from urllib.parse import urlencode

import pytest
from django.db import models, transaction
from django.http import HttpResponse
from django.test import Client

from tests.trust.deeds import DEEDS
from tests.trust.routes import routes
from tests.trust.rows import numbers, own_models, shapes, state, watched, written
from tests.trust.world import World

pytestmark = pytest.mark.any_database

FORM = "application/x-www-form-urlencoded"
# These take anything a visitor says, by design: a complaint is words.
BY_DESIGN = {"site:complain": {"site.Complaint", "ledger.Event"}}


def every_column(world: World) -> dict[str, str]:
    """Every column there is, by the names a form could be fooled with, each with a value worth smuggling in."""
    found = {}
    for model in own_models():
        for field in model._meta.concrete_fields:
            found[field.name] = found[field.attname] = smuggled(world, field)
            found[f"{model._meta.model_name}.{field.name}"] = found[field.name]
    return found


@pytest.fixture(autouse=True)
def all_at_once(settings):
    """A request with more than 300 fields is refused before anybody reads it; here one carries every column there is."""
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = None


def smuggled(world: World, field: models.Field) -> str:
    """mei where a person is asked for, the whole network where a unit is, the operator's role where a role is."""
    if field.is_relation:
        target = field.related_model._meta.label
        chosen = {"people.Person": world.people["self"].pk, "areas.Unit": world.units.network.pk}
        return str(chosen.get(target, 1))
    if field.name in {"role", "name"}:
        return {"role": "operator", "name": "Smuggled"}[field.name]
    kinds = {"BooleanField": "on", "DateField": "2031-01-01", "DateTimeField": "2031-01-01T00:00:00Z"}
    kind = field.get_internal_type()
    return kinds.get(kind, "7" if "Integer" in kind else "smuggled")


@pytest.mark.parametrize("who", ["visitor", "outsider", "sibling", "parent"])
def test_s03_names_of_columns_posted_by_others_change_nothing(who, world, record_property):
    columns, before = every_column(world), state()
    paths, encoded = routes(world), urlencode(columns)
    own = {deed.route for deed in DEEDS if who in deed.may}
    for name, address in paths.items():
        with transaction.atomic():
            _response, tables = watched(partial(post, world.client(who), address.path, encoded), before)
            if name not in own:
                assert tables == set(), f"{name} as {who}"
            elif name in BY_DESIGN:
                assert tables == BY_DESIGN[name]
            transaction.set_rollback(True)
    record_property("figure", f"{len(columns)} names of columns × {len(paths)} addresses as {who}, changed 0")


def test_s03_a_form_that_works_takes_no_more_than_it_asks(world, record_property):
    """Every deed twice by somebody who may: as it is, and with every column of every table beside it."""
    columns, paths, known = every_column(world), routes(world), numbers()
    before = shapes(known)
    for deed in (deed for deed in DEEDS if deed.may):
        who = sorted(deed.may - {"visitor"})[0]
        plain = outcome(world, who, paths[deed.route].path, deed.body(world), known, before)
        fields = asked(world, who, deed, paths)
        others = {name: value for name, value in columns.items() if name not in fields}
        loaded = outcome(world, who, paths[deed.route].path, others | deed.body(world), known, before)
        assert loaded == plain, f"{deed.name} as {who}: a column that was not asked for was taken"
    record_property("figure", f"{len(columns)} names of columns beside {len(DEEDS)} working forms, taken 0")


def send(client: Client, path: str, fields: dict) -> HttpResponse:
    """As a browser does: in parts only where a file is among them, which takes the server ten times as long to read."""
    if any(hasattr(value, "read") for value in fields.values()):
        return client.post(path, fields)
    return post(client, path, urlencode(fields, doseq=True))


def post(client: Client, path: str, encoded: str) -> HttpResponse:
    return client.post(path, encoded, content_type=FORM)


def outcome(world: World, who: str, path: str, body: dict, known: set, before: dict) -> dict[str, list[str]]:
    """What the database holds after a post where it is not as `before`, without what is drawn afresh; undone afterwards."""
    with transaction.atomic():
        with written() as tables:
            send(world.client(who), path, body)
        found = shapes(known, only=tables)
        transaction.set_rollback(True)
    return {label: rows for label, rows in found.items() if rows != before[label]}


def asked(world: World, who: str, deed, paths) -> set[str]:
    """The names the deed's own form asks for, whichever page it stands on."""
    context = world.client(who).get(paths[deed.route].path).context
    form = context["form"] if context and "form" in context else None
    return {"next", *deed.asks, *(form.fields if form is not None else ())}
