"""S01: every address, asked by everybody who may come near it; an address that is not in the table fails."""

import pytest
from django.db import transaction

from tests.trust.routes import answer, expected, routes
from tests.trust.world import WHO, World

pytestmark = pytest.mark.any_database


def test_s01_every_address_is_in_the_table(world):
    """A new address: add its line to tests/trust/routes.py, and ask of each column whether they should."""
    assert set(routes(world)) == set(expected())


@pytest.mark.parametrize("who", WHO)
def test_s01_everybody_gets_what_the_table_says(who, world, record_property):
    table, found = expected(), {}
    for name, address in routes(world).items():
        found[name] = (ask(world, who, "get", address.path), ask(world, who, "post", address.path))
    assert found == {name: cells[who] for name, cells in table.items()}
    record_property("figure", f"{2 * len(found)} cells asked as {who}, unexpected answers 0")


def ask(world: World, who: str, method: str, path: str) -> str:
    """One cell, undone afterwards, so that no cell answers for what another did."""
    with transaction.atomic():
        given = {"nonsense": "1"} if method == "post" else {}
        found = answer(getattr(world.client(who), method)(path, given))
        transaction.set_rollback(True)
    return found


def test_s01_the_same_things_under_another_station_are_no_door(world):
    """A thing of the tower asked for through the sibling's address is not there, whoever asks."""
    row = world.things.role.pk
    for who in WHO:
        response = world.client(who).post("/roles/JA-0102/end/", {"role": row})
        assert answer(response) in {"in", "403", "404"}, who
    world.things.role.refresh_from_db()
    assert world.things.role.is_current()
