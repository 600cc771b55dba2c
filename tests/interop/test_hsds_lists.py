"""Lists: every row once, conditions add up, near is near; and what may come in from outside."""

import json
from itertools import product
from math import isclose
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.directory.models import Service, ServiceAtStation, Station
from linli.interop.hsds.asked import EVERY, MOST
from linli.interop.hsds.kinds import KINDS
from linli.interop.hsds.terms import FACILITIES, SERVICE_KINDS, Term, taxonomy_id, term_id
from linli.kit.coordinates import distance_m
from tests.factories import make_station, together
from tests.interop.conftest import make_many, make_offer

POINT = (31.2304, 121.4737)


def walk(ask, kind, per_page, more=""):
    """The ids of a list from its first page to its last, checked against what each page says of itself."""
    found, number, last = [], 0, False
    while not last:
        number += 1
        page = ask(f"{kind}?page={number}&per_page={per_page}{more}")
        found += [each["id"] for each in page["contents"]]
        last = page["last_page"]
        assert (page["page_number"], page["first_page"], page["size"]) == (
            number,
            number == 1,
            len(page["contents"]),
        )
        assert page["empty"] == (page["contents"] == [])
    assert (page["total_items"], page["total_pages"]) == (len(found), number)
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_pages_of_any_size_give_every_object_once_in_one_order(directory, ask, kind):
    make_many(directory, 7)
    whole = walk(ask, kind, MOST)
    assert len(set(whole)) == len(whole) > 4
    assert [walk(ask, kind, size) for size in (1, 2, 5, len(whole))] == [whole] * 4
    lines = b"".join(ask.response(f"{kind}?format=ndjson")).decode().splitlines()
    assert [json.loads(line)["id"] for line in lines] == whole
    if "full" in KINDS[kind].parameters:
        assert walk(ask, kind, 3, "&full=true") == whole


def test_everything_at_once_comes_in_batches(directory, ask, monkeypatch):
    """A stream is as long as the directory, the memory it takes is not."""
    monkeypatch.setattr("linli.interop.hsds.views.MOST", 2)
    make_many(directory, 5)
    batches = list(ask.response("services?format=ndjson").streaming_content)
    assert [len(batch.splitlines()) for batch in batches] == [2, 2, 2, 2]


def test_a_page_beyond_the_last_is_empty(directory, ask):
    page = ask("services?page=9")
    assert (page["empty"], page["contents"], page["last_page"], page["total_pages"]) == (True, [], True, 1)


def test_a_list_of_nothing_has_one_empty_page(db, ask):
    page = ask("services")
    assert (page["empty"], page["first_page"], page["last_page"], page["total_pages"]) == (
        True,
        True,
        True,
        1,
    )


def test_minimal_says_only_what_it_must(directory, ask):
    assert [sorted(each) for each in ask("services?minimal=true")["contents"]] == [
        ["id", "name", "status"]
    ] * 3


def names(page):
    return [each["name"] for each in page["contents"]]


def test_search_finds_every_word_in_either_language(directory, ask):
    assert names(ask("services?search=legal")) == ["法律咨询"]
    assert names(ask(f"services?{urlencode({'search': '法律 Advice'})}")) == ["法律咨询"]
    assert names(ask(f"services?{urlencode({'search': '法律 rest'})}")) == []
    assert names(ask(f"services?{urlencode({'search': '100%'})}")) == []
    assert names(ask("organizations?search=cloud")) == ["云塔物业"]
    assert names(ask("locations?search=JA-0101")) == ["云塔党群服务站"]
    given = ask("service_at_locations?search=legal")["contents"]
    assert [(each["service"]["name"], each["location"]["name"]) for each in given] == [
        ("法律咨询", "云塔党群服务站")
    ]


def test_conditions_add_up(directory, ask):
    """Every pair of conditions finds what both find alone."""
    make_many(directory, 2)
    law, rest = Term(SERVICE_KINDS, "law"), Term(SERVICE_KINDS, "rest")
    conditions = [
        f"taxonomy_term_id={term_id(law)}",
        f"taxonomy_term_id={term_id(Term(FACILITIES, 'water'))}",
        f"taxonomy_id={taxonomy_id(FACILITIES)}",
        f"organization_id={directory.operator.pk}",
        f"service_id={directory.rest.pk}",
        f"location_id={directory.tower.pk}",
        "search=rest",
        "postcode=200040",
    ]
    alone = {each: set(walk(ask, "service_at_locations", MOST, f"&{each}")) for each in conditions}
    assert [len(found) for found in alone.values()] == [1, 2, 4, 1, 2, 2, 2, 2]
    for one, other in product(conditions, repeat=2):
        if one.partition("=")[0] != other.partition("=")[0]:
            both = set(walk(ask, "service_at_locations", MOST, f"&{one}&{other}"))
            assert both == alone[one] & alone[other], (one, other)
    assert term_id(rest) != term_id(law)


def test_terms_narrow_each_list(directory, ask):
    water, facilities = term_id(Term(FACILITIES, "water")), taxonomy_id(FACILITIES)
    assert names(ask(f"locations?taxonomy_term_id={water}")) == ["云塔党群服务站"]
    assert names(ask(f"locations?taxonomy_id={facilities}")) == ["云塔党群服务站"]
    assert names(ask(f"services?taxonomy_term_id={term_id(Term(SERVICE_KINDS, 'rest'))}")) == ["歇脚"]
    both = names(ask(f"services?taxonomy_id={taxonomy_id(SERVICE_KINDS)}"))
    assert sorted(both) == sorted(["法律咨询", "歇脚"])
    # What has no such terms, and what no taxonomy has.
    assert names(ask(f"services?taxonomy_id={facilities}")) == []
    assert names(ask(f"organizations?taxonomy_term_id={water}")) == []
    assert names(ask("locations?taxonomy_term_id=01930000-0000-7000-8000-000000000000")) == []
    assert [
        each["code"] for each in ask(f"taxonomy_terms?taxonomy_id={taxonomy_id(SERVICE_KINDS)}")["contents"]
    ] == [
        "law",
        "rest",
    ]
    assert ask(f"taxonomy_terms?parent_id={water}")["contents"] == []


def scatter(town):
    """Stations all around a point, at its own latitude, across the line where east meets west, and one without a point."""
    near = [
        (POINT[0] + north / 400, POINT[1] + east / 400) for north in range(-4, 5) for east in range(-4, 5)
    ]
    places = [*near, (0.0, 179.999), (0.0, -179.999), (89.999, 10.0), (89.999, -170.0), (-33.9, 151.2)]
    with together():
        for number, at in enumerate(places):
            make_station(f"P-{number}", "micro", f"点{number}", town.west, at=at)


def test_near_is_what_lies_within_so_many_metres(town, ask):
    scatter(town)
    placed = list(Station.objects.exclude(wgs_latitude=None))
    points = [POINT, (0.0, 180.0), (0.0, -180.0), (90.0, 0.0), (-90.0, 0.0), (-33.9, 151.2)]
    for point, metres in product(points, [1, 250, 1000, 3000, 100_000]):
        asked = urlencode({"latitude": point[0], "longitude": point[1], "proximity": metres})
        found = set(walk(ask, "locations", MOST, f"&{asked}"))
        measured = {str(each.pk): distance_m(point, each.point) for each in placed}
        near = {number for number, distance in measured.items() if distance <= metres}
        assert found == near, (point, metres)
        assert not any(isclose(distance, metres, rel_tol=1e-9) for distance in measured.values())


def test_near_counts_what_is_given_there(town, directory, ask):
    scatter(town)
    here = Station.objects.get(code="P-40")
    offer = make_offer(directory.law, here)
    asked = urlencode({"latitude": POINT[0], "longitude": POINT[1], "proximity": 100})
    assert walk(ask, "service_at_locations", MOST, f"&{asked}") == [str(offer.uid)]


def test_a_postcode_is_a_whole_word_of_the_address(town, ask):
    addresses = ["示例路 1 号 200040", "示例路 2000401 号", "A200040", "200040，示例路", "示例路200040号"]
    for number, address in enumerate(addresses):
        at = (31.2 + number / 1000, 121.4)
        make_station(f"A-{number}", "micro", address, town.west, at=at, address=address)
    assert names(ask("locations?postcode=200040")) == [addresses[0], addresses[3], addresses[4]]
    assert names(ask("locations?postcode=200041")) == []
    # The middle of 0, 3 and 4 lies at 2⅓ thousandths: about 37 metres from 2, 74 from 3.
    assert names(ask("locations?postcode=200040&proximity=50")) == ["A200040"]
    assert names(ask("locations?postcode=200041&proximity=50")) == []


REFUSED = [
    ("services?colour=red", "colour"),
    ("services?page=1&page=2", "page"),
    ("services?page=0", "page"),
    ("services?page=-1", "page"),
    ("services?page=1e3", "page"),
    ("services?page=٣", "page"),
    ("services?page=99999999999999999999", "page"),
    ("services?page=", "page"),
    ("services?per_page=0", "per_page"),
    (f"services?per_page={MOST + 1}", "per_page"),
    ("services?full=true&per_page=26", "per_page"),
    ("services?format=xml", "format"),
    ("services?format=ndjson&page=1", "page"),
    ("services?format=ndjson&per_page=1", "per_page"),
    ("services?full=maybe", "full"),
    ("services?full=true&minimal=true", "minimal"),
    ("services?search=", "search"),
    ("services?search=%20%E2%80%8B", "search"),
    (f"services?search={'a' * 101}", "search"),
    ("services?organization_id=1", "organization_id"),
    ("services?organization_id={01930000-0000-7000-8000-000000000000}", "organization_id"),
    ("services?taxonomy_id=water", "taxonomy_id"),
    ("services?taxonomy_term_id=%00", "taxonomy_term_id"),
    ("services?modified_after=2026-01-01T00:00:00Z", "modified_after"),
    ("service_at_locations?modified_after=yesterday", "modified_after"),
    ("services?proximity=100", "proximity"),
    ("locations?proximity=100", "proximity"),
    ("locations?postcode=2000%2740", "postcode"),
    ("locations?postcode=.*", "postcode"),
    ("locations?latitude=31", "latitude"),
    ("locations?longitude=121&proximity=5", "longitude"),
    ("locations?latitude=31&longitude=121", "proximity"),
    ("locations?latitude=91&longitude=121&proximity=5", "latitude"),
    ("locations?latitude=nan&longitude=121&proximity=5", "latitude"),
    ("locations?latitude=31&longitude=inf&proximity=5", "longitude"),
    ("locations?latitude=31&longitude=121&proximity=100001", "proximity"),
    ("locations?latitude=31&longitude=121&proximity=5&postcode=200040", "postcode"),
    ("organizations?organization_id=01930000-0000-7000-8000-000000000000", "organization_id"),
    ("taxonomy_terms?parent_id=x", "parent_id"),
    ("?page=1", "page"),
    ("openapi.json?page=1", "page"),
    ("services/01930000-0000-7000-8000-000000000000?full=true", "full"),
]


@pytest.mark.parametrize(("path", "parameter"), REFUSED)
def test_s04_what_cannot_be_understood_is_refused_by_name(db, ask, path, parameter):
    response = ask.response(path)
    problem = json.loads(response.content)
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert (problem["status"], problem["parameter"]) == (400, parameter)
    assert problem["detail"] and problem["title"]


@pytest.mark.parametrize(
    "path",
    [
        "nowhere",
        "services/",
        "services/1",
        "services/%00",
        "services/01930000-0000-7000-8000-000000000000",
        "organizations/01930000-0000-7000-8000-000000000000",
        "locations/01930000000070008000000000000000",
        "service_at_locations/urn:uuid:01930000-0000-7000-8000-000000000000",
        "taxonomies/01930000-0000-7000-8000-000000000000",
        "taxonomy_terms/01930000-0000-7000-8000-000000000000",
        "services/01930000-0000-7000-8000-000000000000/more",
    ],
)
def test_s01_what_is_not_there_is_a_problem_too(db, ask, path):
    assert ask(path, 404)["title"]


hostile = st.one_of(
    st.text(max_size=40),
    st.integers().map(str),
    st.floats().map(str),
    st.uuids().map(str),
    st.sampled_from(
        ["true", "ndjson", "200040", "' OR 1=1 --", "\x00", "%", "_", "\\", "()[", "🚲", "ſ", "İ"]
    ),
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    st.sampled_from(sorted(KINDS)),
    st.lists(st.tuples(st.one_of(st.sampled_from(sorted(EVERY)), st.text(max_size=8)), hostile), max_size=4),
    st.booleans(),
)
def test_s04_whatever_is_asked_is_answered_or_refused(directory, ask, kind, pairs, posted):
    """Never an error of ours, and what is refused is named."""
    if posted:
        form = "application/x-www-form-urlencoded"
        response = ask.client.post(f"/hsds/{kind}", urlencode(pairs), content_type=form)
    else:
        response = ask.client.get(f"/hsds/{kind}?{urlencode(pairs)}")
    assert response.status_code in {200, 400}
    if response.status_code == 400:
        assert json.loads(response.content)["parameter"] in {name for name, _value in pairs}
    elif response.streaming:
        assert b"".join(response).count(b"\n") <= 60
    else:
        assert json.loads(response.content)["page_number"] >= 1


QUERIES = {
    "": 0,
    "openapi.json": 0,
    "services?per_page=500": 4,
    "services?minimal=true": 3,
    "services?full=true&per_page=25": 16,
    "organizations?per_page=500": 3,
    "organizations?full=true&per_page=25": 15,
    "organizations?full_service=true&per_page=25": 27,
    "locations?per_page=500": 3,
    "locations?full=true&per_page=25": 9,
    "locations?postcode=200041&proximity=1000": 4,
    "locations?latitude=31.2&longitude=121.4&proximity=100000": 3,
    "service_at_locations?per_page=500": 6,
    "service_at_locations?full=true&per_page=25": 13,
    "taxonomies": 0,
    "taxonomy_terms": 1,
}


@pytest.mark.parametrize("many", [1, 3, 20])
def test_a_page_takes_the_same_queries_however_much_it_shows(directory, ask, many):
    make_many(directory, many)
    asked = {}
    for path in QUERIES:
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            ask(path)
        asked[path] = len(queries)
    assert asked == QUERIES


@pytest.mark.parametrize("kind", ["services", "organizations", "locations", "service_at_locations"])
def test_one_object_takes_no_more_queries_for_more_parts(directory, ask, kind, django_assert_max_num_queries):
    with together():
        for number in range(30):
            make_offer(directory.rest, make_station(f"M-{number}", "micro", f"站{number}", directory.west))
    things = {
        "services": directory.rest.pk,
        "organizations": directory.operator.pk,
        "locations": directory.tower.pk,
        "service_at_locations": directory.rest.places.first().uid,
    }
    with django_assert_max_num_queries(18):
        ask(f"{kind}/{things[kind]}")


def test_how_many_is_counted_once_a_minute(directory, ask, django_assert_num_queries):
    ask("services")
    with django_assert_num_queries(3):
        ask("services?page=1")
    assert (Service.objects.count(), ServiceAtStation.objects.count()) == (3, 3)
