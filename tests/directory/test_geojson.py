"""Stations for maps: well-formed GeoJSON in WGS-84, with the same filters and the same answers as the list."""

import json
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from tests.factories import make_station, make_unit, together

from linli.directory.models import Facility, LiveStatus, Station
from linli.directory.spans import renew_spans
from linli.kit.coordinates import distance_m, gcj02_to_bd09, wgs84_to_gcj02

SHANGHAI = ZoneInfo("Asia/Shanghai")
PLAZA = (31.2291, 121.4561)
READ = {
    "wgs84": lambda *point: point,
    "gcj02": wgs84_to_gcj02,
    "bd09": lambda *point: gcj02_to_bd09(*wgs84_to_gcj02(*point)),
}


@pytest.fixture(autouse=True)
def noon(today):
    with time_machine.travel(datetime(today.year, today.month, today.day, 12, tzinfo=SHANGHAI), tick=False):
        yield


def fetched(browse, path="/stations.geojson", **asked):
    answer = browse().get(path, asked)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/geo+json")
    found = json.loads(answer.content)
    assert faults(found) == []
    return found


def by_code(found):
    return {feature["id"]: feature["properties"] for feature in found["features"]}


def faults(found) -> list[str]:
    """What RFC 7946 asks of a collection of points, and of ours: what is wrong with this one."""
    wrong = []
    if found["type"] != "FeatureCollection" or "crs" in found:
        wrong.append("no FeatureCollection, or a datum of its own (removed in RFC 7946, 4)")
    points = []
    for feature in found["features"]:
        if set(feature) != {"type", "id", "geometry", "properties"} or feature["type"] != "Feature":
            wrong.append(f"no Feature: {feature}")
        if feature["geometry"] is None:
            continue
        if set(feature["geometry"]) != {"type", "coordinates"} or feature["geometry"]["type"] != "Point":
            wrong.append(f"no Point: {feature['geometry']}")
        longitude, latitude = feature["geometry"]["coordinates"]
        points.append((longitude, latitude))
        if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
            wrong.append(f"off the earth: {points[-1]}")
        if any(round(each, 6) != each for each in (longitude, latitude)):
            wrong.append(f"more than six decimals: {points[-1]}")
    if points:
        east, north = zip(*points, strict=True)
        if found.get("bbox") != [min(east), min(north), max(east), max(north)]:
            wrong.append(f"bbox: {found.get('bbox')}")
    elif "bbox" in found:
        wrong.append("a box around nothing")
    return wrong


@pytest.mark.parametrize("datum", READ)
def test_a_point_comes_out_in_wgs84_whatever_it_was_entered_in(town, browse, datum):
    entered = READ[datum](*PLAZA)
    make_station("JA-0300", "micro", "微站", town.west, at=entered, datum=datum)
    (feature,) = (each for each in fetched(browse)["features"] if each["id"] == "JA-0300")
    longitude, latitude = feature["geometry"]["coordinates"]
    assert distance_m((latitude, longitude), PLAZA) < 1
    if datum != "wgs84":
        assert distance_m(entered, PLAZA) > 400, "otherwise the test would prove nothing"


def test_what_a_map_needs_to_know_of_a_station(town, browse, today):
    make_station(
        "JA-0300", "courier", "街角小站", town.west, en="Corner stop", at=PLAZA, address="南京西路 1 号"
    )
    (feature,) = (each for each in fetched(browse, lang="en")["features"] if each["id"] == "JA-0300")
    assert feature == {
        "type": "Feature",
        "id": "JA-0300",
        "geometry": {"type": "Point", "coordinates": [121.4561, 31.2291]},
        "properties": {
            "code": "JA-0300",
            "name": "Corner stop",
            "kind": "courier stop",
            "open": True,
            "until": f"{today}T18:00:00+08:00",
            "says": "Open until today 18:00",
            "address": "南京西路 1 号",
            "address_lang": "zh-hans",
        },
    }


def test_in_the_language_that_was_asked_for(town, browse):
    names = {lang: by_code(fetched(browse, lang=lang))["JA-0101"]["name"] for lang in ("zh-hans", "en", "xx")}
    assert names == {"zh-hans": "云塔党群服务站", "en": "Cloud Tower Station", "xx": "Cloud Tower Station"}
    assert browse().get("/stations.geojson?lang=zh-hans")["Content-Language"] == "zh-hans"


def test_until_and_opens_at_are_moments_by_the_clock_there(town, browse, today):
    make_station("TYO", "micro", "东京站", town.west, time_zone="Asia/Tokyo")
    unknown = make_station("X", "micro", "没有时间", town.west)
    unknown.rules.all().delete()
    renew_spans([unknown], datetime.now(SHANGHAI))
    closed = make_station("Y", "micro", "关着", town.west)
    since = datetime.now(SHANGHAI)
    LiveStatus.objects.create(station=closed, state="closed", since=since, until=since + timedelta(hours=1))
    LiveStatus.objects.create(station=town.night, state="full", since=since, until=since + timedelta(hours=1))
    renew_spans(Station.objects.filter(code__in=["Y", "JA-0201"]), since)
    found = {
        code: {name: said.get(name) for name in ("open", "full", "until", "opens_at")}
        for code, said in by_code(fetched(browse)).items()
    }
    assert found == {
        "JA-0101": {"open": True, "full": None, "until": f"{today}T18:00:00+08:00", "opens_at": None},
        "JA-0201": {"open": True, "full": True, "until": f"{today}T13:00:00+08:00", "opens_at": None},
        "TYO": {"open": True, "full": None, "until": f"{today}T18:00:00+09:00", "opens_at": None},
        "X": {"open": None, "full": None, "until": None, "opens_at": None},
        "Y": {"open": False, "full": None, "until": None, "opens_at": f"{today}T13:00:00+08:00"},
    }


def test_where_nobody_said_where_it_is_there_is_no_point(town, browse):
    found = fetched(browse)
    assert [feature["geometry"] for feature in found["features"]] == [None, None]
    assert "bbox" not in found


@pytest.mark.parametrize(
    "asked",
    [{}, {"open": "on"}, {"water": "on"}, {"kind": "courier"}, {"area": "310106017"}, {"all_night": "on"}],
)
@pytest.mark.parametrize("hour", [12, 23])
def test_the_same_stations_as_in_the_list(town, browse, asked, hour, today):
    Facility.objects.create(station=town.tower, kind="water", language="en")
    with time_machine.travel(datetime(today.year, today.month, today.day, hour, tzinfo=SHANGHAI)):
        listed = {card.station.code for card in browse().get("/stations/", asked).context["cards"]}
        assert set(by_code(fetched(browse, **asked))) == listed


def test_a_name_that_is_hostile_stays_a_name(town, browse):
    name = '"},"x":{"</script>\u2028\\'
    make_station("H", "micro", name, town.west, address=name)
    said = by_code(fetched(browse, lang="zh-hans"))["H"]
    assert (said["name"], said["address"]) == (name, name)
    assert browse().get("/stations.geojson")["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("many", [1, 3, 60])
def test_two_questions_however_many_there_are(town, browse, many, django_assert_num_queries):
    with together():
        for number in range(many + 1):
            make_station(f"M-{number:02}", "micro", f"微站{number}", town.west, at=PLAZA)
    client = browse()
    with django_assert_num_queries(2):
        assert len(json.loads(client.get("/stations.geojson").content)["features"]) == many + 3
    with django_assert_num_queries(3):
        assert len(json.loads(client.get("/areas.geojson").content)["features"]) == 2


def test_an_area_stands_in_the_middle_of_its_stations(town, browse):
    grid = make_unit("GRID", "grid", "第一网格", town.west, en="Grid 1")
    for number, latitude in enumerate((31.0, 31.2)):
        make_station(f"M-{number}", "micro", f"微站{number}", grid, at=(latitude, 121.0))
    make_station("M-9", "micro", "远处", town.east, at=(32.4, 122.5))
    found = fetched(browse, "/areas.geojson", lang="en")
    places = {
        each["id"]: (each["geometry"]["coordinates"], each["properties"]["level"])
        for each in found["features"]
    }
    # One station alone makes no area, and the network as a whole has no place on the map.
    assert places == {
        "310106": ([121.5, 31.533333], 1),
        "310106012": ([121.0, 31.1], 2),
        "GRID": ([121.0, 31.1], 3),
    }
    assert by_code(found)["GRID"] == {
        "code": "GRID", "name": "Grid 1", "kind": "grid", "level": 3, "stations": 2,
    }  # fmt: skip


def test_a_browser_may_keep_it_for_a_minute_and_what_a_worker_sees_for_none(town, omar, browse):
    kept = {browse(who).get("/stations.geojson")["Cache-Control"] for who in (None, omar)}
    assert kept == {"private, max-age=60", "no-store"}
