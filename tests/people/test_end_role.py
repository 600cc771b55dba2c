"""Ending a role: at once, with its sessions, by its holder or by who could have given it."""

import pytest
from django.utils import translation

from linli.kit.refs import ref
from linli.kit.rules import Problem, Refused
from linli.people.actions import end_role
from linli.people.models import Role
from tests.factories import make_person, make_role


@pytest.fixture
def manager(town):
    person = make_person("站长")
    make_role(person, town.tower.unit, "manager")
    return person


def test_a_manager_ends_a_role_at_once(town, manager, omar, today):
    row = Role.objects.get(person=omar)
    end_role(by=manager, role=row)

    row.refresh_from_db()
    assert row.valid_until == today
    assert not omar.holds("worker", town.tower.unit)
    assert not omar.is_staff_member


def test_its_holder_is_signed_out_everywhere(town, manager, omar, browse):
    client = browse(omar)
    assert client.get("/me/looks/").status_code == 200

    end_role(by=manager, role=Role.objects.get(person=omar))

    assert client.get("/me/looks/").status_code == 302


@pytest.mark.parametrize(
    ("who", "may"),
    [("manager", True), ("omar", True), ("gao", False), ("mei", False), ("lena", False), ("kai", False)],
)
def test_who_may(who, may, request, manager, omar, gao):
    row = Role.objects.get(person=omar)
    by = request.getfixturevalue(who)
    if may:
        end_role(by=by, role=row)
    else:
        with pytest.raises(Refused):
            end_role(by=by, role=row)
    row.refresh_from_db()
    assert row.is_current() is not may


def test_the_last_to_lead_does_not_leave_a_unit_alone(town, manager):
    row = Role.objects.get(person=manager)
    with translation.override("en"), pytest.raises(Problem, match="the only"):
        end_role(by=manager, role=row)

    make_role(make_person("second"), town.tower.unit, "manager")
    end_role(by=manager, role=row)


def test_ending_twice_is_said(manager, omar):
    row = Role.objects.get(person=omar)
    end_role(by=manager, role=row)
    with pytest.raises(Problem):
        end_role(by=manager, role=row)


def test_leaves_its_fact(town, manager, omar, facts):
    end_role(by=manager, role=Role.objects.get(person=omar))
    unit = ref(town.tower.unit)
    assert facts() == [("people.role_ended", unit, {"role": "worker", "holder": omar.pseudonym(unit)})]


def test_the_page_ends_a_role(town, manager, omar, browse):
    row = Role.objects.get(person=omar)
    client = browse(manager, confirmed=True)
    assert str(row.pk) in client.get("/roles/JA-0101/").content.decode()

    response = client.post("/roles/JA-0101/end/", {"role": row.pk})

    assert (response.status_code, response["Location"]) == (302, "/roles/JA-0101/")
    assert not omar.holds("worker", town.tower.unit)


def test_a_row_one_is_not_shown_does_not_exist(town, gao, omar, browse):
    """An organiser above the station cannot even tell whether that row is there."""
    client = browse(gao, confirmed=True)
    row = Role.objects.get(person=omar)
    for pk in (row.pk, "0198b5a0-0000-7000-8000-000000000000", "nonsense"):
        assert client.post("/roles/JA-0101/end/", {"role": pk}).status_code == 404
    assert client.post("/roles/JA-0201/end/", {"role": row.pk}).status_code == 403
    assert omar.holds("worker", town.tower.unit)


def test_the_page_says_why_the_last_to_lead_cannot_leave(town, manager, browse):
    row = Role.objects.get(person=manager)
    response = browse(manager, confirmed=True).post("/roles/JA-0101/end/", {"role": row.pk})
    assert response.status_code == 422
    assert "You are the only manager of Cloud Tower Station." in response.content.decode()
