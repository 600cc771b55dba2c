"""One walk to every address as everybody, once read and once posted to, and what each answer is held against: the table
of who reaches what (S01), deeds (S07), headers (S21), and that reading changes nothing (S23)."""

from functools import partial
from typing import NamedTuple

import pytest
from django.db import transaction

from tests.trust.deeds import DEEDS
from tests.trust.routes import answer, expected, routes
from tests.trust.rows import NO_DEED, state, watched
from tests.trust.test_s21_headers import lacking
from tests.trust.world import WHO, World

pytestmark = pytest.mark.any_database

# HEAD is GET without its body, whoever asks.
METHODS = {who: ["get", "post"] for who in WHO} | {"visitor": ["get", "post", "head"]}
# Says nothing that anybody asks for.
NONSENSE = {"nonsense": "1", "next": "/"}
# A session moves its idle end on, and the log of looks tells a person who saw their data.
READING_WRITES = {"people.SignedIn", "people.Look"}


class Answer(NamedTuple):
    """What came of one request: the table's word for it, its status, headers it lacks, and the tables it changed."""

    said: str
    status: int
    lacks: list[str]
    changes: set[str]


class Walk:
    """Every address asked by somebody, each request undone, so that none answers for what another did. Walked when it
    is first asked for, and kept."""

    def __init__(self, world: World) -> None:
        self.world, self.paths, self.kept = world, routes(world), {}
        self.before = state(but=READING_WRITES)

    def of(self, who: str) -> dict[tuple[str, str], Answer]:
        """(method, name) → answer."""
        if who not in self.kept:
            self.kept[who] = {
                (method, name): self.ask(who, method, name) for name in self.paths for method in METHODS[who]
            }
        return self.kept[who]

    def ask(self, who: str, method: str, name: str) -> Answer:
        client, given = self.world.client(who), NONSENSE if method == "post" else {}
        may_change = NO_DEED if method == "post" else READING_WRITES
        with transaction.atomic():
            asking = partial(getattr(client, method), self.paths[name].path, given)
            response, changes = watched(asking, self.before, may_change)
            transaction.set_rollback(True)
        # Signing out leaves nobody to keep a secret from.
        is_private = who != "visitor" and (method, name) != ("post", "people:sign_out")
        return Answer(
            answer(response), response.status_code, lacking(response, signed_in=is_private), changes
        )


@pytest.fixture(scope="module")
def walk(one_world):
    return Walk(one_world)


@pytest.mark.parametrize("who", WHO)
def test_s01_everybody_gets_what_the_table_says(who, walk, world, record_property):
    table, found = expected(), walk.of(who)
    said = {name: (found["get", name].said, found["post", name].said) for name in walk.paths}
    assert said == {name: cells[who] for name, cells in table.items()}
    record_property("figure", f"{2 * len(said)} cells asked as {who}, unexpected answers 0")


@pytest.mark.parametrize("who", WHO)
def test_s07_addresses_without_a_deed_change_nothing(who, walk, world):
    """A POST to a page that only shows leaves every row as it was, whatever it says."""
    acting = {deed.route for deed in DEEDS} | {"people:sign_in"}
    changing = {name: walk.of(who)["post", name].changes for name in walk.paths if name not in acting}
    assert {name: tables for name, tables in changing.items() if tables} == {}


@pytest.mark.parametrize("who", WHO)
def test_s21_every_address(who, walk, world, record_property):
    found = walk.of(who)
    assert {(*asked, each.status): each.lacks for asked, each in found.items() if each.lacks} == {}
    statuses = sorted({each.status for each in found.values()})
    record_property("figure", f"{len(found)} answers as {who} with statuses {statuses}, headers missing 0")


@pytest.mark.parametrize("who", WHO)
def test_s23_looking_changes_nothing(who, walk, world, record_property):
    read = {asked: each.changes for asked, each in walk.of(who).items() if asked[0] != "post"}
    assert {asked: tables for asked, tables in read.items() if tables} == {}
    record_property("figure", f"{len(read)} pages opened as {who}, rows changed 0")
