"""An organiser enters a station below a unit of theirs; people find it, and its manager keeps its hours."""

import pytest

from linli.areas import tree
from linli.directory.actions import enter_station
from linli.directory.models import Station
from linli.kit.refs import ref
from linli.kit.rules import Refused
from linli.site.searching import find

WORDS = {"kind": "micro", "name": "南阳路微站", "language": "zh-hans"}


def test_it_stands_below_the_unit_and_is_found(town, gao, today):
    station = enter_station(by=gao, under=town.west, on=today, address="南阳路 12 号", **WORDS)
    assert tree.ancestors(station.unit_id)[0] == town.west.pk
    assert [found.code for found in find("nanyanglu", None).things] == [station.code]


@pytest.mark.parametrize("who", ["mei", "omar", "lena", "kai"])
def test_only_organisers_may(town, who, request, today):
    with pytest.raises(Refused):
        enter_station(by=request.getfixturevalue(who), under=town.west, on=today, **WORDS)
    assert Station.objects.count() == 2


def test_an_organiser_of_the_neighbouring_unit_may_not(town, gao, today):
    with pytest.raises(Refused):
        enter_station(by=gao, under=town.east, on=today, **WORDS)


def test_leaves_its_facts(town, gao, today, facts):
    station = enter_station(by=gao, under=town.west, on=today, **WORDS)
    assert [(kind, subject) for kind, subject, _data in facts()] == [
        ("areas.unit_opened", ref(station.unit)),
        ("directory.station_opened", ref(station)),
    ]


def test_from_the_page_on_to_naming_its_manager(town, gao, browse):
    client = browse(gao, confirmed=True)
    sent = client.post("/areas/310106012/station/", {"name": "南阳路微站", "kind": "micro"})
    station = Station.objects.get(name="南阳路微站")
    assert sent["Location"] == f"/roles/{station.code}/"
    assert client.get(sent["Location"]).status_code == 200


def test_what_is_missing_is_said_and_the_rest_kept(town, gao, browse):
    page = browse(gao).post(
        "/areas/310106012/station/", {"name": "", "kind": "micro", "address": "南阳路 12 号"}
    )
    assert page.status_code == 422
    assert "南阳路 12 号" in page.content.decode()
    assert Station.objects.count() == 2
