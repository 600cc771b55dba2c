"""Giving a role: by the table, for a year, never to oneself, and it leaves its fact."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.kit.refs import ref
from linli.kit.rules import Problem, Refused
from linli.people.actions import colleague_to_be, grant_role
from linli.people.actions.slips import print_slip
from linli.people.models import Contact, Look, Role
from linli.people.models.contacts import lookup_of
from linli.people.roles import ROLES, roles_at
from linli.people.throttle import FIND_COLLEAGUE, TooMany
from tests.factories import make_person, make_role, make_unit


@pytest.fixture
def manager(town):
    person = make_person("站长")
    make_role(person, town.tower.unit, "manager")
    return person


@pytest.fixture
def operator(town):
    person = make_person("Op")
    make_role(person, town.network, "operator")
    return person


def test_a_manager_gives_a_role_for_a_year(town, manager, mei, today):
    row = grant_role(by=manager, person=mei, unit=town.tower.unit, role="worker")

    assert (row.person, row.unit, row.role) == (mei, town.tower.unit, "worker")
    assert (row.valid_from, row.valid_until) == (today, today + timedelta(days=365))
    assert row.granted_by == manager.pseudonym(ref(town.tower.unit))
    assert mei.holds("worker", town.tower.unit)


def test_a_role_begins_and_ends_by_itself(town, manager, mei, today):
    row = grant_role(
        by=manager, person=mei, unit=town.tower.unit, role="worker", until=today + timedelta(days=30)
    )

    assert not mei.holds("worker", town.tower.unit, today - timedelta(days=1))
    assert mei.holds("worker", town.tower.unit, today + timedelta(days=29))
    assert not mei.holds("worker", town.tower.unit, row.valid_until)


def test_a_renewal_is_a_row_of_its_own_and_the_past_stays(town, manager, mei, today):
    make_role(mei, town.tower.unit, "worker", since=300)

    grant_role(by=manager, person=mei, unit=town.tower.unit, role="worker")
    grant_role(by=manager, person=mei, unit=town.tower.unit, role="worker", until=today + timedelta(days=90))

    spans = Role.objects.filter(person=mei).order_by("valid_from").values_list("valid_from", "valid_until")
    assert list(spans) == [(today - timedelta(days=300), today), (today, today + timedelta(days=90))]


# Who gives what at the tower's unit, at the subdistrict above it, and at the sibling station.
GIVEN = {
    "kai": {},
    "mei": {},
    "omar": {},
    "manager": {"tower": {"worker", "handler"}},
    "gao": {"tower": {"manager", "handler"}, "west": {"handler"}},
    "above": {
        "tower": {"manager", "handler"},
        "night": {"manager", "handler"},
        "west": {"organiser", "steward", "handler"},
    },
    "operator": {"west": {"organiser", "operator"}},
}


@pytest.mark.parametrize("who", sorted(GIVEN))
def test_who_may(who, town, request, manager, operator, mei):
    above = make_person("区")
    make_role(above, town.district, "organiser")
    by = above if who == "above" else request.getfixturevalue(who)
    units = {"tower": town.tower.unit, "west": town.west, "night": town.night.unit}

    for place, unit in units.items():
        given = set()
        for role in ROLES:
            newcomer = make_person("new")
            try:
                grant_role(by=by, person=newcomer, unit=unit, role=role)
            except Refused:
                assert not Role.objects.filter(person=newcomer).exists()
            else:
                given.add(role)
        assert given == GIVEN[who].get(place, set()), place


def test_nobody_gives_themselves_a_role(town, manager, gao):
    """An organiser who could make themselves a manager would see people after all."""
    for person, role in ((manager, "worker"), (gao, "manager")):
        with pytest.raises(Refused):
            grant_role(by=person, person=person, unit=town.tower.unit, role=role)


def test_a_manager_whose_year_is_over_gives_nothing(town, mei):
    former = make_person("former")
    make_role(former, town.tower.unit, "manager", days=30, since=30)
    with pytest.raises(Refused):
        grant_role(by=former, person=mei, unit=town.tower.unit, role="worker")


def test_refuses_what_cannot_be(town, mei, today):
    tower = town.tower.unit
    closed = make_unit(
        "X1", "station", "关", town.west, closed_on=today, closing_recorded_at="2026-01-01T00:00Z"
    )
    gone = make_person("gone", is_active=False)
    wrong = [
        {"person": mei, "unit": town.west, "role": "worker"},
        {"person": mei, "unit": tower, "role": "organiser"},
        {"person": mei, "unit": tower, "role": "session_leader"},
        {"person": mei, "unit": tower, "role": "king"},
        {"person": mei, "unit": closed, "role": "worker"},
        {"person": gone, "unit": tower, "role": "worker"},
        {"person": mei, "unit": tower, "role": "worker", "until": today},
        {"person": mei, "unit": tower, "role": "worker", "until": today + timedelta(days=732)},
    ]
    for what in wrong:
        with pytest.raises(Problem):
            grant_role(by=None, **what)
    assert Role.objects.count() == 0


def test_leaves_its_fact(town, manager, mei, facts, today):
    grant_role(by=manager, person=mei, unit=town.tower.unit, role="worker")

    holder = mei.pseudonym(ref(town.tower.unit))
    until = (today + timedelta(days=365)).isoformat()
    data = {"role": "worker", "until": until, "holder": holder}
    assert facts() == [("people.role_granted", ref(town.tower.unit), data)]


def test_roles_are_seen_by_their_holder_and_the_manager_there(town, manager, gao, omar, mei, lena, kai):
    rows = {row.person_id for row in Role.objects.visible_to(manager)}
    assert rows == {manager.pk, omar.pk}
    for person in (gao, omar, mei, lena):
        assert {row.person_id for row in Role.objects.visible_to(person)} <= {person.pk}
    assert not Role.objects.visible_to(kai).exists()


def test_the_page_gives_a_role_to_a_contact(town, manager, mei, browse, today):
    Contact.objects.create(
        person=mei,
        kind="phone",
        value="+8613800001234",
        lookup=lookup_of("+8613800001234"),
        verified_at="2026-01-01T00:00Z",
        sign_in=True,
    )
    client = browse(manager, confirmed=True)
    until = today + timedelta(days=60)
    asked = {"contact": "１３８ 0000 1234", "role": "worker", "until": until.isoformat()}

    response = client.post("/roles/JA-0101/", asked)

    assert (response.status_code, response["Location"]) == (302, "/roles/JA-0101/")
    assert Role.objects.get(person=mei).valid_until == until
    page = client.get("/roles/JA-0101/").content.decode()
    assert "梅" in page
    assert Look.objects.visible_to(mei).count() == 1


def test_somebody_without_a_phone_is_found_by_the_slip_they_bring(town, manager, mei, omar):
    here = print_slip(mei, town.tower.unit, timedelta(hours=1))
    elsewhere = print_slip(make_person("other"), town.night.unit, timedelta(hours=1))
    assert colleague_to_be(by=manager, unit=town.tower.unit, contact=here.code.lower()) == mei
    for unknown in (elsewhere.code, "somebody", ""):
        with pytest.raises(Problem):
            colleague_to_be(by=manager, unit=town.tower.unit, contact=unknown)
    with pytest.raises(Refused):
        colleague_to_be(by=omar, unit=town.tower.unit, contact=here.code)


def test_the_page_keeps_what_was_typed_and_says_what_is_wrong(town, manager, browse):
    client = browse(manager, confirmed=True)
    asked = {"contact": "nobody@example.org", "role": "worker", "until": "2031-01-01"}
    response = client.post("/roles/JA-0101/", asked)
    assert response.status_code == 422
    assert 'value="nobody@example.org"' in response.content.decode()
    response = client.post("/roles/JA-0101/", asked | {"role": "king"})
    assert response.status_code == 422
    assert 'value="nobody@example.org"' in response.content.decode()
    assert Role.objects.filter(role="worker").count() == 0


def test_the_page_offers_only_what_one_may_give(town, gao, omar, browse):
    page = browse(gao, confirmed=True).get("/roles/JA-0101/").content.decode()
    assert 'value="manager"' in page
    assert 'value="worker"' not in page
    # Omar works at the station: an organiser above learns that there is one more, not who.
    assert "Omar" not in page
    assert 'name="contact"' not in browse(omar, confirmed=True).get("/roles/JA-0101/").content.decode()


def test_the_page_asks_again_who_sits_there(town, manager, browse):
    assert browse(manager).get("/roles/JA-0101/")["Location"] == "/me/confirm/?next=%2Froles%2FJA-0101%2F"
    assert browse(manager, second_factor=False).get("/roles/JA-0101/").status_code == 302


def test_finding_a_colleague_is_limited(town, manager):
    for _ in range(FIND_COLLEAGUE.times):
        with pytest.raises(Problem):
            colleague_to_be(by=manager, unit=town.tower.unit, contact="13900009999")
    with pytest.raises(TooMany):
        colleague_to_be(by=manager, unit=town.tower.unit, contact="13900009999")


def test_the_roles_page_needs_no_more_queries_for_more_people(town, manager, browse):
    client = browse(manager, confirmed=True)
    client.get("/roles/JA-0101/")
    counts = []
    for _ in range(2):
        make_role(make_person("worker"), town.tower.unit, "worker")
        with CaptureQueriesContext(connection) as queries:
            client.get("/roles/JA-0101/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_every_role_of_the_table_names_roles_that_exist():
    for kind in ROLES.values():
        assert set(kind.granted_by) <= set(ROLES), kind.key
    assert [kind.key for kind in roles_at("station")] == ["worker", "manager", "handler"]
    assert [kind.key for kind in roles_at("subdistrict")] == ["handler", "organiser", "steward", "operator"]
    assert [kind.key for kind in roles_at("organisation")] == ["liaison", "handler"]
