"""The public pages of organisations, buildings and corridors: what they say, and what they say only to some."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from linli.directory.indexing import index_named
from linli.directory.models import (
    CorridorStation,
    Occupancy,
    OrganisationCount,
    Service,
    ServiceAtStation,
    Station,
)
from linli.site.searching import find
from tests.factories import (
    LONG_AGO,
    make_building,
    make_neighbours,
    make_organisation,
    make_person,
    make_role,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def neighbours(town):
    """(firm, building, corridor) around the tower; the firm runs the night stop."""
    firm, building, corridor = make_neighbours(town.west, town.tower)
    Station.objects.filter(pk=town.night.pk).update(operator=firm)
    OrganisationCount.objects.create(organisation=firm, what="workers", number=146, as_of=date(2026, 1, 1))
    OrganisationCount.objects.create(organisation=firm, what="workers", number=77, as_of=date(2025, 1, 1))
    firm.committee, firm.committee_as_of = "joint", date(2026, 2, 2)
    firm.save()
    return firm, building, corridor


@pytest.fixture
def chen(neighbours):
    person = make_person("陆晨")
    make_role(person, neighbours[0].unit, "liaison")
    return person


def said(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_an_organisation_says_what_it_runs_offers_and_belongs_to(neighbours, town, browse):
    tea = Service.objects.create(organisation=neighbours[0], name="Tea", language="en")
    ServiceAtStation.objects.create(service=tea, station=town.tower)
    ServiceAtStation.objects.create(service=tea, station=town.night)
    page = browse().get("/organisations/ORG-1/")
    assert [card.station.code for card in page.context["cards"]] == ["JA-0201"]
    assert [(service.name, service.stations) for service in page.context["services"]] == [("Tea", 2)]
    assert [(term.unit.code, term.is_over) for term in page.context["terms"]] == [("310106012", False)]
    assert [each.building.code for each in page.context["workplaces"]] == ["BLD-1"]


def test_numbers_are_for_its_liaison_and_for_organisers_around_it(neighbours, browse, chen, gao, mei, omar):
    for person, sees in ((None, False), (mei, False), (omar, False), (chen, True), (gao, True)):
        page = browse(person).get("/organisations/ORG-1/")
        assert [count.number for _what, count in page.context["counts"]] == [146] * sees, person
        html = page.content.decode()
        assert ("<dd>146 " in html, "A group shared" in html) == (sees, sees)


def test_nobody_is_told_who_the_liaison_is(neighbours, browse, chen, gao):
    for person in (None, gao):
        assert "陆晨" not in said(browse(person), "/organisations/ORG-1/")


def test_what_it_left_stands_last_and_says_so(neighbours, town, browse):
    neighbours[0].memberships.create(unit=town.east, since=LONG_AGO, until=date(2021, 1, 1))
    terms = browse().get("/organisations/ORG-1/").context["terms"]
    assert [(term.unit.code, term.is_over) for term in terms] == [("310106012", False), ("310106017", True)]


def test_a_building_says_which_station_is_responsible(neighbours, town, browse):
    neighbours[1].served_by.create(station=town.night)
    page = browse().get("/buildings/BLD-1/")
    assert [card.station.code for card in page.context["cards"]] == ["JA-0101", "JA-0201"]
    assert page.context["responsible"] == "JA-0101"
    assert page.content.decode().count("Responsible for it") == 1
    assert "No station is responsible" not in page.content.decode()
    assert "云塔大厦" in page.content.decode()


def test_a_building_nobody_is_responsible_for_says_that(town, browse):
    make_building("BLD-2", "玻璃角").served_by.create(station=town.night)
    page = said(browse(), "/buildings/BLD-2/")
    assert "No station is responsible for this building yet." in page
    assert "None has been named yet." in page


def test_a_building_counts_its_tenants_and_names_none(neighbours, town, browse, today):
    other = make_organisation("ORG-4", "松林设计", town.west)
    for floor in ("3", "4"):
        Occupancy.objects.create(organisation=other, building=neighbours[1], floor=floor, since=LONG_AGO)
    gone = make_organisation("ORG-3", "灯果台", town.west)
    Occupancy.objects.create(organisation=gone, building=neighbours[1], since=LONG_AGO, until=today)
    page = said(browse(), "/buildings/BLD-1/")
    assert "2 known to us" in page
    assert [name in page for name in ("晨星软件", "松林设计", "灯果台")] == [False] * 3


def test_a_corridor_is_walked_in_its_order(neighbours, town, browse, today):
    CorridorStation.objects.create(corridor=neighbours[2], station=town.night, position=0)
    with time_machine.travel(datetime.combine(today, time(12), SHANGHAI)):
        page = browse().get("/corridors/COR-1/")
        assert [card.station.code for card in page.context["cards"]] == ["JA-0201", "JA-0101"]
        assert page.context["open_count"] == 2
        assert "2 of 2 open now" in said(browse(), "/corridors/")
    with time_machine.travel(datetime.combine(today + timedelta(days=1), time(3), SHANGHAI)):
        assert "0 of 2 open now" in said(browse(), "/corridors/")


def test_a_station_that_has_closed_for_good_is_on_no_corridor(neighbours, town, browse, today):
    town.tower.unit.closed_on, town.tower.unit.closing_recorded_at = today, "2026-01-01T00:00Z"
    town.tower.unit.save()
    assert browse().get("/corridors/COR-1/").context["cards"] == []
    assert "0 of 0 open now" in said(browse(), "/corridors/")


def test_no_corridor_yet_says_what_one_is(town, browse):
    assert "An organiser puts stations of several areas together" in said(browse(), "/corridors/")


@pytest.mark.parametrize("path", ["/organisations/X/", "/buildings/X/", "/corridors/X/"])
def test_what_is_not_there_is_not_found(town, browse, path):
    assert browse().get(path).status_code == 404


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("晨星", ["ORG-1"]),
        ("morning st", ["ORG-1"]),
        ("云塔大厦", ["BLD-1"]),
        ("hebian", ["COR-1"]),
        ("hbzl", ["COR-1"]),
    ],
)
def test_all_three_are_found_by_search(neighbours, kai, typed, found):
    index_named(*neighbours)
    assert [thing.code for thing in find(typed, kai).things] == found


def test_the_search_says_what_each_hit_is(neighbours, browse):
    index_named(*neighbours)
    page = said(browse(), "/search/?q=yunta")
    assert 'href="/buildings/BLD-1/"' in page
    assert "building</span>" in page
