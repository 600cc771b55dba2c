"""S01: every address stands in the table of who reaches what, and a thing opens at its own address alone.

What everybody gets is asked in test_every_address.py.
"""

import pytest

from tests.trust.routes import answer, expected, routes
from tests.trust.world import WHO

pytestmark = pytest.mark.any_database


def test_s01_every_address_is_in_the_table(world):
    """A new address: add its line to tests/trust/routes.py, and ask of each column whether they should."""
    assert set(routes(world)) == set(expected())


def test_s01_the_same_things_under_another_station_are_no_door(world):
    """A thing of the tower asked for through the sibling's address is not there, whoever asks."""
    row = world.things.role.pk
    for who in WHO:
        response = world.client(who).post("/roles/JA-0102/end/", {"role": row})
        assert answer(response) in {"in", "403", "404"}, who
    world.things.role.refresh_from_db()
    assert world.things.role.is_current()
