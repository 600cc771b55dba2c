"""S02: what anybody is shown about anybody else is on one short list; all the rest stays inside.

Every registered value of every person is looked for in every page that every other person can open. The list says who
sees what of whom; a value found that is not on it fails, and so does a line of the list that nobody sees any more.
"""

import io
import re
import zipfile

import pytest

from linli.kit.personal import registered
from linli.people.browsers import MACHINE_COOKIE
from tests.trust.routes import routes
from tests.trust.world import WHO, World

pytestmark = pytest.mark.any_database

# Shorter than this, or one of a few words everybody has, a value does not tell that it is somebody's.
TELLING = re.compile(r"[^\s/]{8,}")
COMMON = {"role", "purpose", "page", "kind", "limits", "channel", "state"}
# Who has a seat in a session that is on, for those who hold it: names and what somebody needs.
AT_THE_DOOR = {"worker": {"self"}, "manager": {"self"}}
# page → who looks → whose name they read. Nothing else of anybody is shown to anybody else, but what NEEDS_SHOWN and NUMBERS_SHOWN say.
NAMES_SHOWN = {
    "programmes:door": AT_THE_DOOR,
    "programmes:sheet": AT_THE_DOOR,
    "directory:hand_over_desk": {"worker": {"manager"}, "manager": {"worker"}},
    "directory:roster": {"worker": {"manager"}, "manager": {"worker"}},
    "people:roles": {
        "worker": {"manager"},
        "manager": {"worker"},
        "keeper": {"manager"},
        "parent": {"manager"},
    },
}

# The number of somebody whom nobody has told of a change yet, to call them.
NUMBERS_SHOWN = {"programmes:door": AT_THE_DOOR}
NEEDS_SHOWN = {"programmes:door": AT_THE_DOOR, "programmes:sheet": AT_THE_DOOR}
# What a secret in the address opens is left to whoever holds it.
SECRET_ADDRESSES = {
    "people:slip", "notices:stop", "site:complaint", "programmes:ticket", "programmes:decide_ticket", "programmes:answer",
    "programmes:ticket_paper", "programmes:person_calendar",
}  # fmt: skip


def telling_values(person) -> dict[str, str]:
    """Value → field, of everything registered about a person that could tell who they are; their own number too."""
    found = {str(person.pk): "people.Person.id", person.pk.hex: "people.Person.id"}
    for entry in registered():
        for row in entry.rows(person):
            for field in entry.fields:
                value = getattr(row, entry.column(field.name).attname)
                if field.name not in COMMON and isinstance(value, str) and TELLING.fullmatch(value):
                    found.setdefault(value, f"{entry.model}.{field.name}")
    return found


def text_of(response) -> str:
    """All a response says, headers and the inside of a zip included."""
    body = b"".join(response) if response.streaming else response.content
    if response.get("Content-Type") == "application/zip":
        archive = zipfile.ZipFile(io.BytesIO(body))
        body = b"".join(archive.read(name) for name in archive.namelist())
    return str(dict(response.items())) + body.decode(errors="replace")


def known_code(world: World, path: str) -> str:
    """The number of a sheet in the address that asks for it; something that no page holds elsewhere."""
    codes = {world.things.sheet.code, world.things.mended.code}
    return next((part for part in path.split("/") if part in codes), "\0")


def answers(world: World, who: str):
    """(address, text) of all that `who` can read; what a secret in the address opens is left to whoever holds it."""
    for name, address in routes(world).items():
        if name in SECRET_ADDRESSES:
            continue
        # What stands in the address itself was known to whoever asked.
        yield name, text_of(world.client(who).get(address.path)).replace(known_code(world, address.path), "")
        if name == "people:export":
            yield name, text_of(world.client(who).post(address.path))


@pytest.mark.parametrize("who", WHO)
def test_s02_nobody_is_shown_more_of_others_than_the_list_says(who, world, record_property):
    values = {
        other: telling_values(person) for other, person in world.people.items() if person.pk and other != who
    }
    shown, compared = {}, 0
    for name, text in answers(world, who):
        for other, known in values.items():
            compared += len(known)
            for label in {label for value, label in known.items() if value in text}:
                shown.setdefault(name, {}).setdefault(label, set()).add(other)
    listed: dict[str, dict[str, set[str]]] = {}
    shown_of = {
        "people.Person.name": NAMES_SHOWN,
        "programmes.SignUp.needs": NEEDS_SHOWN,
        "people.Contact.value": NUMBERS_SHOWN,
    }
    for label, pages in shown_of.items():
        for page, seen in pages.items():
            if who in seen:
                listed.setdefault(page, {})[label] = seen[who]
    assert shown == listed
    record_property("figure", f"{compared} values looked for as {who}, shown beyond the list 0")


@pytest.mark.parametrize("who", ["visitor", "self", "manager", "parent", "operator"])
def test_s02_public_pages_name_nobody_not_even_the_reader(who, world):
    """What everybody sees alike may be kept by a cache or read over a shoulder."""
    values = {other: telling_values(person) for other, person in world.people.items() if person.pk}
    for name, address in routes(world).items():
        if address.policy == "public" and name not in SECRET_ADDRESSES:
            text = text_of(world.client(who).get(address.path))
            found = {
                (other, label)
                for other, known in values.items()
                for value, label in known.items()
                if value in text
            }
            assert found == set(), name


def test_s02_a_desk_machine_names_its_colleagues_and_nobody_else(world):
    """The switch page of a registered browser is open to whoever stands before it: the names of those with a PIN."""
    client = world.client("visitor")
    client.cookies[MACHINE_COOKIE] = world.things.machine_secret
    text = text_of(client.get("/desk/switch/"))
    found = {
        (other, label)
        for other, person in world.people.items()
        if person.pk
        for value, label in telling_values(person).items()
        if value in text
    }
    assert found <= {("worker", "people.Person.name"), ("worker", "people.Person.id")}
    assert ("worker", "people.Person.name") in found


def test_s02_contacts_are_masked_even_for_their_owner(world):
    """Over a shoulder a whole number is one too many."""
    text = text_of(world.client("self").get("/me/contacts/"))
    assert "138****6666" in text
    assert "+8613877776666" not in text
    assert "self@canary.example" not in text


def test_s02_the_search_looks_for_values_that_are_there(world):
    """Were nothing looked for, nothing would be found: mei's own copy holds what is hidden from all others."""
    known = telling_values(world.people["self"])
    text = text_of(world.client("self").post("/me/export/"))
    held = {label for value, label in known.items() if value in text}
    assert held >= {"people.Person.name", "people.Contact.value"}
