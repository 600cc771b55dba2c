"""One walk to every address as everybody, once read and once posted to, and what each answer is held against: the table
of who reaches what (S01), whose data shows (S02), deeds (S07), headers (S21), and that reading changes nothing (S23)."""

from functools import partial
from typing import NamedTuple

import pytest
from django.db import transaction

from tests.trust.deeds import DEEDS
from tests.trust.routes import answer, expected, routes
from tests.trust.rows import NO_DEED, state, watched
from tests.trust.test_s02_whose_data_shows import SECRET_ADDRESSES, is_read, listed_for, shown_in, values_of
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
    """What came of one request: the table's word for it, its status, headers it lacks, the tables it changed, and whose
    values of which field it shows."""

    said: str
    status: int
    lacks: list[str]
    changes: set[str]
    shows: set[tuple[str, str]]


class Walk:
    """Every address asked by somebody, each request undone, so that none answers for what another did. Walked when it
    is first asked for, and kept."""

    def __init__(self, world: World) -> None:
        self.world, self.paths, self.kept = world, routes(world), {}
        self.before, self.values = state(but=READING_WRITES), values_of(world)

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
        path, shows = self.paths[name].path, set()
        with transaction.atomic():
            response, changes = watched(
                partial(getattr(client, method), path, given), self.before, may_change
            )
            if is_read(method, name):
                shows = shown_in(response, path, self.world, self.values)
            transaction.set_rollback(True)
        # Signing out leaves nobody to keep a secret from.
        is_private = who != "visitor" and (method, name) != ("post", "people:sign_out")
        lacks = lacking(response, signed_in=is_private)
        return Answer(answer(response), response.status_code, lacks, changes, shows)


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
def test_s02_nobody_is_shown_more_of_others_than_the_list_says(who, walk, world, record_property):
    found: dict[str, set[tuple[str, str]]] = {}
    for (_method, name), each in walk.of(who).items():
        found.setdefault(name, set()).update(shown for shown in each.shows if shown[0] != who)
    assert {name: shown for name, shown in found.items() if shown} == listed_for(who)
    count = sum(len(known) for other, known in walk.values.items() if other != who)
    record_property(
        "figure", f"{count} values looked for in {len(found)} pages as {who}, shown beyond the list 0"
    )


@pytest.mark.parametrize("who", WHO)
def test_s02_public_pages_name_nobody_not_even_the_reader(who, walk, world):
    """What everybody sees alike may be kept by a cache or read over a shoulder."""
    public = {name for name, address in walk.paths.items() if address.policy == "public"} - SECRET_ADDRESSES
    shown = {name: walk.of(who)["get", name].shows for name in public}
    assert {name: found for name, found in shown.items() if found} == {}


@pytest.mark.parametrize("who", [who for who in WHO if who != "visitor"])
def test_s02_the_walk_looks_for_values_that_are_there(who, walk, world):
    """Were nothing looked for, nothing would be found: everybody's own copy holds what is hidden from all others."""
    held = {label for other, label in walk.of(who)["post", "people:export"].shows if other == who}
    assert held >= {"people.Person.name", "people.Contact.value"}


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
