"""S30: staff pages need the second step, weighty deeds a fresh confirmation."""

import pytest
from django.test import Client

from tests.factories import make_role
from tests.trust.addresses import addresses

# Export, erasure, giving roles, and whatever changes how one signs in: each asks once more, of whoever may do it at all.
WEIGHTY = [
    "people:export",
    "people:erase",
    "people:roles",
    "people:contacts",
    "people:contact_remove",
    "people:replace_second_factor",
    "people:machine",
    "people:pin",
]


def test_s30_no_staff_page_without_the_second_step(omar, gao, town, record_property):
    for person in (omar, gao):
        make_role(person, town.network, "operator")
        client = Client()
        client.force_login(person)
        guarded = [address for address in addresses() if address.policy in {"staff", "operator"}]
        assert len(guarded) >= 5
        for address in guarded:
            for answer in (client.get(address.path), client.post(address.path)):
                assert answer.status_code == 302, address.name
                assert answer.url.startswith("/me/second-factor/"), address.name
    record_property("figure", f"{len(guarded)} staff pages, opened without the second step 0")


def test_s30_every_page_has_a_policy():
    assert [address.name for address in addresses() if not address.policy] == []


@pytest.mark.parametrize("name", WEIGHTY)
def test_s30_weighty_deeds_ask_once_more(name, browse, omar, town):
    make_role(omar, town.tower.unit, "manager")
    client = browse(omar)
    paths = [address.path for address in addresses() if address.name == name]
    assert len(paths) == 1
    answer = client.post(paths[0])
    assert answer.status_code == 302
    assert answer.url.startswith("/me/confirm/")


def test_s30_a_confirmation_is_over_after_ten_minutes(browse, omar):
    client = browse(omar, confirmed=True)
    session = client.session
    session["confirmed_at"] -= 601
    session.save()
    assert client.post("/me/second-factor/replace/").url.startswith("/me/confirm/")
