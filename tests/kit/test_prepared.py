"""A prepared query answers as its queryset does, for every value and in every thread."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from linli.directory.models import Facility, OpenSpan, Station
from linli.kit.prepared import Prepared, ids, listed

FACILITIES = Prepared(
    lambda stations: (
        Facility.objects.filter(station__in=ids(stations)).order_by("kind").values_list("station_id", "kind")
    )
)


@pytest.fixture
def furnished(town):
    for station, kinds in ((town.tower, ["seat", "water"]), (town.night, ["water"])):
        for kind in kinds:
            Facility.objects.create(station=station, kind=kind, language="en")
    return town


def test_answers_as_the_queryset_does(furnished, django_assert_num_queries):
    tower, night = furnished.tower.pk, furnished.night.pk
    both = FACILITIES.rows(stations=listed([tower, night]))
    assert sorted(both) == sorted([(tower, "seat"), (tower, "water"), (night, "water")])
    with django_assert_num_queries(1):
        assert FACILITIES.rows(stations=listed([night])) == [(night, "water")]
    assert FACILITIES.rows(stations=listed([])) == []


def test_moments_come_back_as_moments(town):
    spans = Prepared(
        lambda station, at: OpenSpan.objects.filter(station=station, closes_at__gt=at).values_list(
            "opens_at", "closes_at"
        )
    )
    now = timezone.now()
    for station in (town.tower, town.night):
        for at in (now, now + timedelta(days=2)):
            plain = OpenSpan.objects.filter(station=station, closes_at__gt=at).values_list(
                "opens_at", "closes_at"
            )
            assert spans.rows(station=station.pk, at=at) == list(plain)
            assert len(spans.rows(station=station.pk, at=at)) > 0


def test_two_values_that_are_equal_at_first_stay_apart(town):
    Station.objects.filter(pk=town.tower.pk).update(
        latitude=1.0, longitude=2.0, wgs_latitude=1.0, wgs_longitude=2.0
    )
    placed = Prepared(
        lambda north, east: Station.objects.filter(wgs_latitude=north, wgs_longitude=east).values_list("code")
    )
    assert placed.rows(north=1.0, east=1.0) == []
    assert placed.rows(north=1.0, east=2.0) == [("JA-0101",)]


def test_a_value_that_the_query_does_not_use_is_an_error(town):
    with pytest.raises(ValueError, match="does not use at"):
        Prepared(lambda at: Station.objects.values_list("code")).rows(at=timezone.now())


@pytest.mark.django_db(transaction=True)
def test_every_thread_has_its_own(furnished):
    def ask(_number):
        try:
            return FACILITIES.rows(stations=listed([furnished.night.pk]))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ask, range(8))) == [[(furnished.night.pk, "water")]] * 8
