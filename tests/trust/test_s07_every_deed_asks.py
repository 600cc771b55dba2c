"""S07: a deed asks for the very thing it is done to, not only whether somebody is signed in."""

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


@pytest.mark.parametrize("who", WHO)
def test_s07_a_deed_is_done_by_those_who_may_and_by_nobody_else(who, world, record_property):
    paths, done = routes(world), set()
    before = state()
    bystanders = {
        other: about(person) for other, person in world.people.items() if person.pk and other != who
    }
    for deed in DEEDS:
        with transaction.atomic():
            client, path, body = world.client(who), paths[deed.route].path, deed.body(world)
            response, tables = watched(partial(client.post, path, body), before)
            if tables:
                done.add(deed.name)
            else:
                assert answer(response) in {"in", "->", "403", "404", "422"}, deed.name
            if tables and deed.may >= {"outsider", "self"} and "visitor" not in deed.may:
                touched = [other for other, rows in bystanders.items() if about(world.people[other]) != rows]
                assert touched == [], f"{deed.name} changed rows about somebody else"
            transaction.set_rollback(True)
    assert done == {deed.name for deed in DEEDS if who in deed.may}
    record_property("figure", f"{len(DEEDS)} deeds tried as {who}, done without right 0")


def test_s07_addresses_without_a_deed_change_nothing(world):
    """A POST to a page that only shows leaves every row as it was, whatever it says."""
    paths, before = routes(world), state()
    acting = {deed.route for deed in DEEDS} | {"people:sign_in"}
    for name, address in paths.items():
        if name in acting:
            continue
        for who in ("visitor", "self", "manager", "parent", "operator"):
            with transaction.atomic():
                client, said = world.client(who), {"nonsense": "1", "next": "/"}
                _response, tables = watched(partial(client.post, address.path, said), before)
                assert tables == set(), f"{name} as {who}"
                transaction.set_rollback(True)
