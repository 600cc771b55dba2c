"""Pages ask a constant number of questions, however much there is to show."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest
import time_machine

from linli.directory.indexing import index_stations
from linli.directory.models import Station
from tests.factories import make_station

PUBLIC = {
    "/": 4,
    "/stations/": 3,
    "/stations/JA-0101/": 9,
    "/search/?q=weizhan": 2,
    "/transparency/": 6,
    "/accessibility/": 0,
}


SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture(params=[1, 3, 60])
def many(town, request):
    """Stations enough to fill more than a page, or few; each open from nine to six."""
    for number in range(request.param):
        make_station(f"M-{number:02}", "micro", f"微站{number}", town.west)
    index_stations(Station.objects.all())
    return request.param


def at(today, hour):
    return time_machine.travel(datetime.combine(today, time(hour), SHANGHAI), tick=True)


@pytest.mark.parametrize("page", PUBLIC)
def test_for_a_visitor(many, browse, page, today, django_assert_num_queries):
    client = browse()
    with at(today, 12):
        client.get("/accessibility/")
        with django_assert_num_queries(PUBLIC[page]):
            assert client.get(page).status_code == 200


def test_at_night_the_list_asks_once_more_for_the_doors_that_are_closed(
    many, browse, today, django_assert_num_queries
):
    client = browse()
    with at(today, 23):
        client.get("/accessibility/")
        with django_assert_num_queries(4):
            assert client.get("/stations/").status_code == 200
