"""The nearest stations are the nearest: the same as measuring every one of them, anywhere on earth."""

from itertools import cycle
from random import Random

import pytest
from tests.factories import LONG_AGO

from linli.areas.models import Unit
from linli.directory.models import Station
from linli.directory.models.base import placed
from linli.directory.nearest import box_around, nearest, search
from linli.kit.coordinates import distance_m

DATUMS = ["wgs84", "gcj02", "bd09"]
# Where it is easy to be wrong: a city, both sides of the antimeridian, both poles, the meridian of Greenwich.
CORNERS = [(31.23, 121.45), (0, 180), (-17, -179.99), (89.99, 40), (-89.9, -120), (51.48, 0), (31.2, -58.6)]


def scattered(chance: Random, count: int) -> list[tuple[float, float]]:
    """Half of them anywhere, half of them around the corners."""
    anywhere = [(chance.uniform(-90, 90), chance.uniform(-180, 180)) for _n in range(count // 2)]
    spread = cycle([0.001, 0.01, 0.1, 1, 5])
    around = [
        (
            min(90, max(-90, latitude + chance.gauss(0, by))),
            (longitude + chance.gauss(0, by) + 180) % 360 - 180,
        )
        for (latitude, longitude), by, _n in zip(
            cycle(CORNERS), spread, range(count - count // 2), strict=False
        )
    ]
    return [*anywhere, *around]


def planned(chance: Random, count: int) -> list[dict]:
    """Stations as people enter them, in each of the datums in turn."""
    points = zip(scattered(chance, count), cycle(DATUMS), strict=False)
    return [placed(*point, datum) for point, datum in points]


def brute(point, rows, limit):
    return sorted(distance_m(point, (row["wgs_latitude"], row["wgs_longitude"])) for row in rows)[:limit]


def test_equal_to_brute_force_on_ten_thousand_points(record_property):
    chance = Random(7)
    rows = planned(chance, 150)
    kept = [(number, row["wgs_latitude"], row["wgs_longitude"]) for number, row in enumerate(rows)]
    asked = []

    def ask(box):
        asked.append(box)
        return [row for row in kept if box.holds(row[1:])]

    for point in scattered(chance, 10_000):
        limit, before = chance.choice([1, 3, 20]), len(asked)
        found = [metres for _number, metres in search(point, limit, ask)]
        assert found == brute(point, rows, limit), point
        assert len(asked) - before <= 4
    record_property("figure", f"10,000 points, 150 stations in three datums, wrong 0, boxes {len(asked)}")


@pytest.fixture
def stations(db):
    rows = planned(Random(11), 300)
    units = Unit.objects.bulk_create(
        Unit(code=f"N-{number}", kind="station", opened_on=LONG_AGO) for number in range(len(rows))
    )
    return Station.objects.bulk_create(
        Station(unit=unit, code=unit.code, kind="micro", name=unit.code, language="en", **row)
        for unit, row in zip(units, rows, strict=True)
    )


def test_the_database_gives_the_same(stations, django_assert_max_num_queries):
    rows = [vars(station) for station in stations]
    by_id = {station.pk: station for station in stations}
    for point in [*CORNERS, *scattered(Random(13), 200)]:
        with django_assert_max_num_queries(4):
            found = nearest(point, Station.objects.all(), 20)
        assert [metres for _pk, metres in found] == brute(point, rows, 20), point
        assert [distance_m(point, by_id[pk].point) for pk, _metres in found] == [m for _pk, m in found]


def test_fewer_than_asked_are_all_there_are(stations):
    few = Station.objects.filter(pk__in=[station.pk for station in stations[:3]])
    assert {pk for pk, _metres in nearest((31.23, 121.45), few, 20)} == {s.pk for s in stations[:3]}
    assert nearest((31.23, 121.45), Station.objects.none(), 20) == []


def test_a_station_without_a_point_is_nowhere(stations):
    Station.objects.filter(pk=stations[0].pk).update(**placed(None, None))
    found = {pk for pk, _metres in nearest(stations[0].point, Station.objects.all(), 1000)}
    assert found == {station.pk for station in stations[1:]}


def test_both_names_of_the_antimeridian_are_one_place(stations):
    Station.objects.filter(pk=stations[0].pk).update(**placed(10, 180))
    for longitude in (180, -180):
        pk, metres = nearest((10, longitude), Station.objects.all(), 1)[0]
        assert (pk, round(metres, 3)) == (stations[0].pk, 0)


@pytest.mark.parametrize("metres", [1, 1500, 400_000, 9_000_000, 21_000_000])
def test_the_box_holds_all_within_its_circle(metres):
    chance = Random(17)
    for point in scattered(chance, 200):
        box = box_around(point, metres)
        within = [other for other in scattered(chance, 60) if distance_m(point, other) <= metres]
        assert [other for other in within if not box.holds(other)] == [], point
