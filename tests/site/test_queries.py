"""Pages ask a constant number of questions, however much there is to show."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.directory.indexing import index_stations
from linli.directory.models import (
    CorridorStation,
    Difficulty,
    Entrance,
    Facility,
    Membership,
    Occupancy,
    Room,
    ServedBuilding,
    Service,
    ServiceAtStation,
    Station,
)
from tests.factories import (
    LONG_AGO,
    make_building,
    make_neighbours,
    make_poll,
    make_programme,
    make_session,
    make_station,
    together,
)

PUBLIC = {
    "/": 8,
    "/stations/": 5,
    "/stations/JA-0101/": 21,
    "/organisations/ORG-1/": 10,
    "/buildings/BLD-1/": 7,
    "/corridors/": 1,
    "/corridors/COR-1/": 4,
    "/search/?q=weizhan": 2,
    "/transparency/": 6,
    "/accessibility/": 0,
}


SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture(params=[1, 3, 60])
def many(town, request):
    """Stations enough to fill more than a page, or few; each open from nine to six."""
    with together():
        for number in range(request.param):
            make_station(f"M-{number:02}", "micro", f"微站{number}", town.west)
    index_stations(Station.objects.all())
    furnish(town, request.param)
    return request.param


def furnish(town, many):
    """As many things behind the tower's door, firms in its building and stations along its corridor."""
    firm, _building, corridor = make_neighbours(town.west, town.tower)
    Station.objects.filter(pk=town.tower.pk).update(operator=firm)
    for kind in Facility.Kind.values[:many]:
        Facility.objects.create(
            station=town.tower, kind=kind, indoors=False, language="en", note="by the door"
        )
    for number in range(many):
        words = {"language": "en", "name": f"No. {number}"}
        Entrance.objects.create(station=town.tower, steps=number, **words)
        Room.objects.create(station=town.tower, **words)
        Difficulty.objects.create(station=town.tower, language="en", what="Noise", since=LONG_AGO)
        service = Service.objects.create(organisation=firm, **words)
        ServiceAtStation.objects.create(service=service, station=town.tower)
        served = make_building(f"B-{number}", f"楼{number}")
        ServedBuilding.objects.create(building=served, station=town.tower)
        Occupancy.objects.create(organisation=firm, building=served, since=LONG_AGO)
        Membership.objects.create(
            organisation=firm,
            unit=town.west,
            since=date(1900 + number, 1, 1),
            until=date(1970, 1, 1),
        )
    programme = make_programme(town.tower.unit)
    for number in range(many):
        make_session(programme, town.tower, f"SES-{number}")
        make_poll(town.tower.unit, f"POLL-{number}")
    stations = Station.objects.filter(kind="micro")
    CorridorStation.objects.bulk_create(
        CorridorStation(corridor=corridor, station=station, position=place)
        for place, station in enumerate(stations, start=2)
    )


def at(today, hour):
    return time_machine.travel(datetime.combine(today, time(hour), SHANGHAI), tick=True)


def test_for_a_visitor(many, browse, today):
    asked = {}
    with at(today, 12):
        for page in PUBLIC:
            cache.clear()
            client = browse()
            client.get("/accessibility/")
            with CaptureQueriesContext(connection) as queries:
                assert client.get(page).status_code == 200
            asked[page] = len(queries)
    assert asked == PUBLIC


def test_at_night_the_list_asks_once_more_for_the_doors_that_are_closed(
    many, browse, today, django_assert_num_queries
):
    client = browse()
    with at(today, 23):
        client.get("/accessibility/")
        with django_assert_num_queries(6):
            assert client.get("/stations/").status_code == 200
