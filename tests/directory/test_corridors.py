"""Organisers put stations of several areas together, in the order one walks them, and one of theirs leads."""

import pytest
from tests.factories import make_person, make_role

from linli.directory.actions import Naming, change_corridor, enter_corridor
from linli.directory.models import Corridor
from linli.kit.refs import ref
from linli.kit.rules import Problem, Refused
from linli.site.searching import find

NAMING = Naming("河边走廊", "zh-hans", {"en": "Riverside"})


@pytest.fixture
def dong(town):
    person = make_person("东")
    make_role(person, town.east, "organiser")
    return person


def stops(corridor):
    return list(corridor.stops.values_list("station__code", "position"))


def made(gao, town):
    stations = [town.night, town.tower, town.night]
    return enter_corridor(by=gao, naming=NAMING, about="一起值班", lead=town.tower, stations=stations)


def test_stations_of_two_areas_in_their_order(town, gao, facts):
    corridor = made(gao, town)
    assert stops(corridor) == [("JA-0201", 1), ("JA-0101", 2)]
    assert [each.code for each in find("riverside", None).things] == [corridor.code]
    assert facts() == [("directory.corridor_entered", ref(corridor), {"stations": 2})]


@pytest.mark.parametrize("who", ["mei", "omar", "dong", "kai"])
def test_the_lead_is_of_one_s_own_area(town, who, request):
    with pytest.raises(Refused):
        made(request.getfixturevalue(who), town)
    assert not Corridor.objects.exists()


def test_the_lead_is_one_of_them(town, gao):
    with pytest.raises(Problem) as problem:
        enter_corridor(by=gao, naming=NAMING, about="", lead=town.tower, stations=[town.night])
    assert problem.value.field == "lead"


def test_it_is_handed_over_with_its_lead(town, gao, dong, facts):
    corridor = made(gao, town)
    said = {"corridor": corridor, "naming": NAMING, "about": "", "stations": [town.tower, town.night]}
    with pytest.raises(Refused):
        change_corridor(by=dong, lead=town.night, **said)
    change_corridor(by=gao, lead=town.night, **said)
    corridor = Corridor.objects.get()
    assert (stops(corridor), corridor.lead) == ([("JA-0101", 1), ("JA-0201", 2)], town.night)
    with pytest.raises(Refused):
        change_corridor(by=gao, lead=town.tower, **said | {"corridor": corridor})
    assert facts()[-1] == ("directory.corridor_changed", ref(corridor), {"stations": 2})


def test_from_the_page_and_back_to_it(town, gao, browse):
    client = browse(gao)
    form = {"name_en": "Riverside", "stations": "JA-0201\nJA-0101", "lead": "JA-0101"}
    sent = client.post("/areas/310106012/corridors/new/", form)
    corridor = Corridor.objects.get()
    assert sent["Location"] == f"/corridors/{corridor.code}/"
    first = client.get(f"/corridors/{corridor.code}/edit/").context["form"]
    assert first["stations"].value().split("\n")[0].split()[0] == "JA-0201"
    again = client.post(f"/corridors/{corridor.code}/edit/", form | {"stations": first["stations"].value()})
    assert (again.status_code, stops(corridor)) == (302, [("JA-0201", 1), ("JA-0101", 2)])


def test_a_list_longer_than_anybody_types_is_refused(town, gao, browse):
    form = {"name_en": "Riverside", "stations": "JA-0101\n" * 201, "lead": "JA-0101"}
    page = browse(gao).post("/areas/310106012/corridors/new/", form)
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["stations"])
