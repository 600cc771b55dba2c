"""S23: no unsafe request without its token, and no row changes by looking at any page.

Every page is looked at in test_every_address.py.
"""

import hashlib

import pytest
from django.apps import apps
from django.test import Client

from tests.trust.addresses import addresses

pytestmark = pytest.mark.any_database

# A session moves its idle end on, and the log of looks tells a person who saw their data.
MAY_CHANGE = {"people.SignedIn", "people.Look"}
# One tap in a mail program ends a notice (RFC 8058): no form stands before it, the secret in its link is the token.
CARRIES_ITS_OWN = {"notices:stop"}
# The open directory asks for no token: a POST there is a search, and nothing below /hsds/ writes.
READS_ONLY = "hsds:"


def rows() -> dict[str, str]:
    """A digest of every row of every table, by model."""
    tables = {
        model._meta.label: model._base_manager.order_by("pk").values_list() for model in apps.get_models()
    }
    return {
        label: hashlib.sha256(repr(list(values)).encode()).hexdigest()
        for label, values in tables.items()
        if label not in MAY_CHANGE
    }


def test_s23_every_address_refuses_a_post_without_its_token(omar, town, record_property):
    client = Client(enforce_csrf_checks=True)
    client.force_login(omar)
    routes = [address for address in addresses() if needs_a_token(address.name)]
    tried = {address.name: client.post(address.path).status_code for address in routes}
    assert {name: status for name, status in tried.items() if status != 403} == {}
    record_property("figure", f"{len(tried)} addresses posted to without a token, let through 0")


def needs_a_token(name: str) -> bool:
    reads = name.startswith(READS_ONLY) and name != "hsds:profile"
    return name not in CARRIES_ITS_OWN and not reads


def test_s23_what_takes_a_post_without_a_token_only_reads(omar, town):
    client = Client(enforce_csrf_checks=True)
    client.force_login(omar)
    before, paths = rows(), [each.path for each in addresses() if each.name.startswith(READS_ONLY)]
    answers = {client.post(path, {"search": "x"}).status_code for path in paths}
    assert answers <= {200, 400, 403, 405}
    after = rows()
    assert [label for label in before if before[label] != after[label]] == []
