"""S08: the operator's pages open to the operator alone, imports run only where the installation stands, no admin."""

import pytest
from django.apps import apps
from django.core.management import get_commands
from django.test import Client
from django.urls import get_resolver

from linli.people.roles import ROLES
from tests.factories import make_person, make_role
from tests.trust.routes import answer, routes
from tests.trust.world import cookie_of

pytestmark = pytest.mark.any_database

ADMIN_DOORS = [
    "/admin/",
    "/admin/login/",
    "/django-admin/",
    "/manage/",
    "/administrator/",
    "/wp-admin/",
    "/__debug__/",
]
HELD = [key for key, kind in ROLES.items() if kind.where]


def somebody_with(role: str, unit) -> Client:
    """Somebody with this role, at the very root of the network, second factor and confirmation shown."""
    person = make_person("Ke")
    make_role(person, unit, role)
    client = Client()
    client.cookies["linli"] = cookie_of(person)
    return client


@pytest.mark.parametrize("role", [key for key in HELD if key != "operator"])
def test_s08_no_lesser_role_opens_an_operators_page(role, world, record_property):
    client = somebody_with(role, world.units.network)
    guarded = [address for address in routes(world).values() if address.policy == "operator"]
    assert len(guarded) >= 3
    for address in guarded:
        assert [answer(client.get(address.path)), answer(client.post(address.path))] == ["403", "403"], (
            address.name
        )
    record_property("figure", f"{len(guarded)} operator's addresses asked as {role}, opened 0")


def test_s08_the_operator_gets_in(world):
    client = somebody_with("operator", world.units.network)
    assert answer(client.get("/operator/")) == "200"


def test_s08_imports_have_no_address(world):
    """Files come in by the command line of the installation; no view leads there, whoever asks."""
    assert {"import_hsds", "import_holidays", "invite", "reapply_erasures"} <= set(get_commands())
    for name, address in routes(world).items():
        assert ".management." not in address.view.__module__, name
        assert not {"import", "upload", "command"} & set(address.path.strip("/").split("/")), name
        assert b'type="file"' not in world.client("operator").get(address.path).getvalue(), name


def test_s08_django_admin_is_not_there(world):
    assert not apps.is_installed("django.contrib.admin")
    assert not [key for key in get_resolver().reverse_dict if "admin" in str(key)]
    client = somebody_with("operator", world.units.network)
    assert {door: answer(client.get(door)) for door in ADMIN_DOORS} == dict.fromkeys(ADMIN_DOORS, "404")


def test_s08_no_person_is_all_powerful(world):
    """There is no superuser: what somebody may do follows from roles that end."""
    person = make_person("Su")
    assert not getattr(person, "is_superuser", False)
    assert not getattr(person, "is_staff", False)
