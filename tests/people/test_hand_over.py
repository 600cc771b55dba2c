"""Handing over: a role passes to a colleague in one step, so that a unit is never without."""

import pytest

from linli.kit.refs import ref
from linli.kit.rules import Problem, Refused
from linli.people.actions import end_role, hand_over
from linli.people.models import Role
from tests.factories import make_person, make_role


@pytest.fixture
def manager(town):
    person = make_person("站长")
    make_role(person, town.tower.unit, "manager", days=100)
    return person


def test_a_manager_hands_over_to_a_colleague(town, manager, omar, today):
    own = Role.objects.get(person=manager)
    passed = hand_over(by=manager, role=own, to=omar)

    assert (passed.person, passed.role, passed.valid_from) == (omar, "manager", today)
    assert passed.valid_until == own.valid_until
    assert not manager.holds("manager", town.tower.unit)
    assert omar.holds("manager", town.tower.unit)
    assert omar.holds("worker", town.tower.unit)


def test_who_may(town, manager, omar, gao, mei, lena):
    own = Role.objects.get(person=manager)
    stranger_here = [(manager, mei), (manager, manager), (omar, omar), (lena, mei), (gao, gao)]
    for by, to in stranger_here:
        with pytest.raises(Refused):
            hand_over(by=by, role=own, to=to)
    assert manager.holds("manager", town.tower.unit)
    # The organiser, who gives the role, may pass it to anybody but themselves.
    hand_over(by=gao, role=own, to=mei)
    assert mei.holds("manager", town.tower.unit)


def test_refuses_a_role_that_is_over_and_an_account_that_is_closed(town, manager, omar, gao):
    own = Role.objects.get(person=manager)
    closed = make_person("closed", is_active=False)
    with pytest.raises(Problem):
        hand_over(by=gao, role=own, to=closed)
    assert manager.holds("manager", town.tower.unit)
    end_role(by=gao, role=own)
    with pytest.raises(Problem):
        hand_over(by=gao, role=own, to=omar)


def test_leaves_its_fact(town, manager, omar, facts):
    unit = ref(town.tower.unit)
    hand_over(by=manager, role=Role.objects.get(person=manager), to=omar)
    data = {"role": "manager", "holder": manager.pseudonym(unit), "successor": omar.pseudonym(unit)}
    assert facts() == [("people.role_handed_over", unit, data)]


def test_the_page_hands_over(town, manager, omar, mei, browse):
    own = Role.objects.get(person=manager)
    client = browse(manager, confirmed=True)
    elsewhere = make_role(mei, town.night.unit, "worker")
    assert client.post("/roles/JA-0101/hand-over/", {"role": own.pk, "to": elsewhere.pk}).status_code == 404
    colleague = Role.objects.get(person=omar)
    assert client.post("/roles/JA-0101/hand-over/", {"role": own.pk, "to": colleague.pk}).status_code == 302
    assert omar.holds("manager", town.tower.unit)
    assert client.get("/roles/JA-0101/").status_code == 302
