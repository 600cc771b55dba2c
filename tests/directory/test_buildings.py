"""Organisers enter buildings, say which stations serve them, and which area and station are responsible."""

import pytest
from tests.factories import make_building, make_person, make_role

from linli.directory.actions import Naming, change_building, enter_building, serve_building
from linli.directory.models import Building, ServedBuilding
from linli.directory.models.base import placed
from linli.kit.refs import ref
from linli.kit.rules import Problem, Refused
from linli.site.searching import find

NAMING = Naming("玻璃角", "zh-hans", {"en": "Glass Corner"})


@pytest.fixture
def dong(town):
    """Organises the subdistrict beside."""
    person = make_person("东")
    make_role(person, town.east, "organiser")
    return person


@pytest.fixture
def house(town):
    return make_building("BLD-1", "云塔", unit=town.west)


def serving(building):
    rows = building.served_by.order_by("station__code")
    return list(rows.values_list("station__code", "responsible"))


def test_a_building_of_the_area(town, gao, facts):
    made = enter_building(
        by=gao,
        under=town.west,
        naming=NAMING,
        address="延安中路 1180 号",
        aliases=["小玻璃"],
        stations=[town.tower, town.night, town.tower],
        responsible=town.tower,
        **placed(31.2262, 121.4502, "gcj02"),
    )
    assert made.unit == town.west
    assert serving(made) == [("JA-0101", True), ("JA-0201", False)]
    assert [each.code for each in find("小玻璃", None).things] == [made.code]
    assert facts() == [
        ("directory.building_entered", ref(made), {}),
        ("directory.building_served", ref(made), {"stations": 2, "responsible": "JA-0101"}),
    ]


def test_a_building_across_two_areas_waits_for_the_responsible_one(town, gao, dong):
    made = enter_building(
        by=gao,
        under=town.west,
        naming=NAMING,
        is_responsible=False,
        stations=[town.tower, town.night],
    )
    assert made.unit is None
    change_building(by=dong, building=made, naming=NAMING, unit=town.east)
    made.refresh_from_db()
    assert made.unit == town.east
    with pytest.raises(Refused):
        change_building(by=gao, building=made, naming=NAMING, unit=town.west)


def test_nobody_s_building_is_refused(town, gao):
    for stations in ([], [town.night]):
        with pytest.raises(Problem) as problem:
            enter_building(by=gao, under=town.west, naming=NAMING, is_responsible=False, stations=stations)
        assert problem.value.field == "stations"
    assert not Building.objects.exists()


@pytest.mark.parametrize("who", ["mei", "omar", "dong", "kai"])
def test_only_organisers_of_the_area(town, house, who, request):
    person = request.getfixturevalue(who)
    with pytest.raises(Refused):
        enter_building(by=person, under=town.west, naming=NAMING)
    with pytest.raises(Refused):
        change_building(by=person, building=house, naming=NAMING, unit=town.west)
    with pytest.raises(Refused):
        serve_building(by=person, building=house, stations=[town.tower])
    assert (Building.objects.get().name, ServedBuilding.objects.count()) == ("云塔", 0)


def test_an_area_is_named_by_its_own_organisers_and_never_none(town, house, gao):
    with pytest.raises(Refused):
        change_building(by=gao, building=house, naming=NAMING, unit=town.east)
    with pytest.raises(Problem) as problem:
        change_building(by=gao, building=house, naming=NAMING, unit=None)
    assert problem.value.field == "unit"


def test_a_change_is_found_and_leaves_its_fact_once(town, house, gao, facts):
    for _time in range(2):
        change_building(by=gao, building=house, naming=NAMING, unit=town.west, floors=18)
        house.refresh_from_db()
    assert [each.code for each in find("glass", None).things] == ["BLD-1"]
    assert facts() == [("directory.building_changed", ref(house), {})]


def test_one_station_at_most_is_responsible_and_it_serves(town, house, gao):
    serve_building(by=gao, building=house, stations=[town.tower, town.night], responsible=town.night)
    serve_building(by=gao, building=house, stations=[town.tower], responsible=town.tower)
    assert serving(house) == [("JA-0101", True)]
    with pytest.raises(Problem) as problem:
        serve_building(by=gao, building=house, stations=[town.tower], responsible=town.night)
    assert problem.value.field == "responsible"
    serve_building(by=gao, building=house, stations=[])
    assert serving(house) == []


def test_a_building_without_an_area_keeps_a_station(town, gao):
    loose = make_building("BLD-2", "玻璃角")
    loose.served_by.create(station=town.tower)
    with pytest.raises(Problem) as problem:
        serve_building(by=gao, building=loose, stations=[])
    assert problem.value.field == "stations"
    assert serving(loose) == [("JA-0101", False)]


def test_the_pages_lead_from_the_list_to_the_building(town, gao, browse):
    client = browse(gao)
    form = {
        "name_zh_hans": "玻璃角",
        "aliases": "小玻璃；Glass",
        "point": "31.2262，121.4502",
        "datum": "gcj02",
        "is_responsible": "on",
        "stations": "JA-0101 anything behind the code\n江宁路小哥驿站",
        "responsible": "JA-0101",
    }
    sent = client.post("/areas/310106012/buildings/new/", form)
    made = Building.objects.get()
    assert sent["Location"] == f"/buildings/{made.code}/"
    assert (made.aliases, made.latitude, made.datum) == (["小玻璃", "Glass"], 31.2262, "gcj02")
    assert serving(made) == [("JA-0101", True), ("JA-0201", False)]
    assert "Cloud Tower Station" in client.get("/areas/310106012/buildings/").content.decode()
    first = client.get(f"/buildings/{made.code}/edit/").context["form"]
    assert [first[name].value() for name in ("name_zh_hans", "point", "unit")] == [
        "玻璃角",
        "31.2262, 121.4502",
        "310106012",
    ]


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("point", "31.2"),
        ("point", "91, 10"),
        ("point", "here"),
        ("stations", "JA-9999"),
        ("responsible", "JA-0201"),
        ("floors", "-1"),
        ("property_company", "nobody"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_kept(town, gao, browse, field, typed):
    form = {"name_en": "Glass", "datum": "wgs84", "is_responsible": "on", "stations": "JA-0101"}
    page = browse(gao).post("/areas/310106012/buildings/new/", form | {field: typed})
    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert page.context["form"][field].value() == typed
    assert not Building.objects.exists()
