"""S02: what anybody is shown about anybody else is on one short list; all the rest stays inside.

Every registered value of every person is looked for in every page that every other person can open. The list says who
sees what of whom; a value found that is not on it fails, and so does a line of the list that nobody sees any more.
The pages are read in test_every_address.py.
"""

import io
import re
import zipfile

import pytest

from linli.kit.personal import registered
from linli.people.browsers import MACHINE_COOKIE
from tests.trust.world import World

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


def is_read(method: str, name: str) -> bool:
    """Whether this is among all that one can read; what a secret in the address opens is left to whoever holds it."""
    return (method == "get" and name not in SECRET_ADDRESSES) or (method, name) == ("post", "people:export")


def shown_in(response, path: str, world: World, values: dict[str, dict[str, str]]) -> set[tuple[str, str]]:
    """Whose values of which field a response holds."""
    # What stands in the address itself was known to whoever asked.
    return labels_in(text_of(response).replace(known_code(world, path), ""), values)


def labels_in(text: str, values: dict[str, dict[str, str]]) -> set[tuple[str, str]]:
    return {
        (other, label) for other, known in values.items() for value, label in known.items() if value in text
    }


def values_of(world: World) -> dict[str, dict[str, str]]:
    """For everybody, what could tell who they are."""
    return {who: telling_values(person) for who, person in world.people.items() if person.pk}


def listed_for(who: str) -> dict[str, set[tuple[str, str]]]:
    """Page → whose values of which field it may show to them."""
    listed: dict[str, set[tuple[str, str]]] = {}
    shown_of = {
        "people.Person.name": NAMES_SHOWN,
        "programmes.SignUp.needs": NEEDS_SHOWN,
        "people.Contact.value": NUMBERS_SHOWN,
    }
    for label, pages in shown_of.items():
        for page, seen in pages.items():
            listed.setdefault(page, set()).update((other, label) for other in seen.get(who, ()))
    return {page: found for page, found in listed.items() if found}


def test_s02_a_desk_machine_names_its_colleagues_and_nobody_else(world):
    """The switch page of a registered browser is open to whoever stands before it: the names of those with a PIN."""
    client = world.client("visitor")
    client.cookies[MACHINE_COOKIE] = world.things.machine_secret
    text = text_of(client.get("/desk/switch/"))
    found = labels_in(text, values_of(world))
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
