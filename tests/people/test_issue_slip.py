import pytest

from linli.kit.ids import digest
from linli.kit.rules import Problem, Refused
from linli.people.actions import issue_slip, sign_in_with_slip
from linli.people.models import Person, Slip
from tests.factories import make_role
from tests.people.signing import HERE


def test_a_worker_prints_a_slip_for_somebody_new(omar, town, facts):
    printed = issue_slip(by=omar, unit=town.tower.unit, name="阿婆")
    person = sign_in_with_slip(by=None, code=printed.code, network=HERE)
    assert person.name == "阿婆"
    assert facts() == [
        ("people.slip_issued", "areas.unit/JA-0101", {"is_new": True}),
        ("people.person_joined", "people.person/own", {"by_way_of": "slip"}),
    ]


def test_who_may(omar, mei, lena, gao, kai, town):
    allowed = []
    for name, person in {"omar": omar, "mei": mei, "lena": lena, "gao": gao, "kai": kai}.items():
        try:
            issue_slip(by=person, unit=town.tower.unit)
            allowed.append(name)
        except Refused:
            pass
    assert allowed == ["omar"]
    with pytest.raises(Refused):
        issue_slip(by=omar, unit=town.night.unit)


def test_an_earlier_slip_finds_its_holder(omar, town):
    first = issue_slip(by=omar, unit=town.tower.unit, name="阿婆")
    second = issue_slip(by=omar, unit=town.tower.unit, earlier=first.code.lower())
    assert second.slip.person_id == first.slip.person_id
    with pytest.raises(Problem):
        sign_in_with_slip(by=None, code=first.code, network=HERE)


def test_a_slip_of_another_station_finds_nobody(omar, town):
    make_role(omar, town.night.unit, "worker")
    printed = issue_slip(by=omar, unit=town.night.unit)
    with pytest.raises(Problem):
        issue_slip(by=omar, unit=town.tower.unit, earlier=printed.code)


def test_nobody_at_the_desk_becomes_a_colleague(omar, town):
    printed = issue_slip(by=omar, unit=town.tower.unit)
    make_role(printed.slip.person, town.tower.unit, "manager")
    with pytest.raises(Problem):
        issue_slip(by=omar, unit=town.tower.unit, earlier=printed.code)


def test_an_unknown_slip_makes_nobody(omar, town):
    before = Person.objects.count()
    with pytest.raises(Problem):
        issue_slip(by=omar, unit=town.tower.unit, earlier="ABCDE12345")
    assert Person.objects.count() == before


def test_only_hashes_are_kept(omar, town):
    printed = issue_slip(by=omar, unit=town.tower.unit)
    row = Slip.objects.values().get()
    assert row["token_hash"] == digest(printed.token)
    assert printed.code not in str(row)
    assert printed.token not in str(row)
