"""Pages ask a constant number of questions, however much there is to show."""

import pytest

from linli.directory.indexing import index_stations
from linli.directory.models import Station
from tests.factories import make_station

PUBLIC = {
    "/": 4,
    "/stations/": 4,
    "/stations/JA-0101/": 9,
    "/search/?q=weizhan": 2,
    "/transparency/": 6,
    "/accessibility/": 0,
}


@pytest.mark.parametrize("many", [1, 3, 60])
@pytest.mark.parametrize("page", PUBLIC)
def test_for_a_visitor(town, browse, page, many, django_assert_num_queries):
    for number in range(many):
        make_station(f"M-{number:02}", "micro", f"微站{number}", town.west)
    index_stations(Station.objects.all())
    client = browse()
    client.get("/accessibility/")
    with django_assert_num_queries(PUBLIC[page]):
        assert client.get(page).status_code == 200
