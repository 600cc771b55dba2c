"""S07: a deed asks for the very thing it is done to, not only whether somebody is signed in.

Addresses without a deed are posted to in test_every_address.py.
"""

from functools import partial

import pytest
from django.db import transaction

from tests.trust.deeds import DEEDS, WITHOUT_DEED
from tests.trust.routes import answer, expected, routes
from tests.trust.rows import about, state, watched
from tests.trust.world import WHO

pytestmark = pytest.mark.any_database


def takes_a_post(cells: dict[str, tuple[str, str]]) -> bool:
    """Whether somebody's POST is answered otherwise than their GET, or a GET is not answered at all."""
    return any(got != posted or got in {"->", "405"} for got, posted in cells.values())


def test_s07_every_address_that_takes_a_post_is_looked_at(world):
    """A new deed: write its working form into tests/trust/deeds.py, and who may."""
    unsafe = {name for name, cells in expected().items() if takes_a_post(cells)}
    looked_at = {deed.route for deed in DEEDS} | set(WITHOUT_DEED)
    calendars = {f"programmes:{kind}_calendar" for kind in ("session", "programme", "station", "person")}
    doors = {"programmes:door", "programmes:door_list", "programmes:sheet", "programmes:my_ticket"}
    reading = {"site:desk", "site:set_up_first", "notices:inbox"} | calendars | doors
    assert unsafe - looked_at == reading
    assert {deed.route for deed in DEEDS} <= set(expected())


@pytest.fixture(scope="module")
def as_it_was(one_world):
    """Every row, and the rows about each person, before anybody does anything."""
    people = {who: person for who, person in one_world.people.items() if person.pk}
    return state(), {who: about(person) for who, person in people.items()}


def alters(before: dict[str, list], after: dict[str, list]) -> bool:
    return any(before[label] != rows for label, rows in after.items())


@pytest.mark.parametrize("who", WHO)
def test_s07_a_deed_is_done_by_those_who_may_and_by_nobody_else(who, world, as_it_was, record_property):
    paths, done = routes(world), set()
    before, rows_about = as_it_was
    bystanders = {other: rows for other, rows in rows_about.items() if other != who}
    for deed in DEEDS:
        with transaction.atomic():
            client, path, body = world.client(who), paths[deed.route].path, deed.body(world)
            response, tables = watched(partial(client.post, path, body), before)
            if tables:
                done.add(deed.name)
            else:
                assert answer(response) in {"in", "->", "403", "404", "422"}, deed.name
            if tables and deed.may >= {"outsider", "self"} and "visitor" not in deed.may:
                touched = [
                    other
                    for other, rows in bystanders.items()
                    if alters(rows, about(world.people[other], tables))
                ]
                assert touched == [], f"{deed.name} changed rows about somebody else"
            transaction.set_rollback(True)
    assert done == {deed.name for deed in DEEDS if who in deed.may}
    record_property("figure", f"{len(DEEDS)} deeds tried as {who}, done without right 0")
