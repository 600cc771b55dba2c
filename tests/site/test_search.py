"""Search by 汉字, pinyin, initials and what is offered, on both databases."""

import pytest
from django.core.management import call_command

from linli.directory.indexing import index_stations
from linli.directory.models import Service, ServiceAtStation, Station
from linli.kit.refs import ref
from linli.kit.search import forget
from linli.news.indexing import index_articles
from linli.site.models import SearchEntry
from linli.site.searching import HITS_PER_PAGE, find
from tests.factories import make_article, make_station, together


@pytest.fixture
def indexed(town):
    tea = Service.objects.create(
        name="免费饮水", language="zh-hans", translations={"en": {"name": "Free water"}}
    )
    ServiceAtStation.objects.create(service=tea, station=town.night)
    index_stations(Station.objects.all())
    return town


def codes(query, person=None):
    return [station.code for station in find(query, person).things]


@pytest.mark.parametrize(
    "query",
    ["云塔", "云塔党群", "yunta", "yun ta", "YUNTA", "yunt", "ytdq", "Cloud", "cloud tow", "JA-0101", "塔"],
)
def test_finds_the_tower(indexed, query):
    assert codes(query) == ["JA-0101"]


@pytest.mark.parametrize("query", ["饮水", "yinshui", "water", "江宁路", "jiangninglu", "jnl", "江宁 饮水"])
def test_finds_the_night_stop_also_by_what_it_offers(indexed, query):
    assert codes(query) == ["JA-0201"]


@pytest.mark.parametrize(
    "query", ["", "   ", "，。", "塔云", "nothing here", "'; DROP TABLE x", '"', "*", "a" * 5000, "\x00"]
)
def test_finds_nothing_in_peace(indexed, query):
    assert codes(query) == []


def test_the_nearest_name_comes_first(indexed, town):
    index_stations([make_station("JA-0103", "micro", "云塔", town.west)])
    assert codes("云塔") == ["JA-0103", "JA-0101"]


def test_pages_hold_thirty(indexed, town):
    with together():
        more = [make_station(f"M-{n:02}", "micro", f"微站{n}", town.west) for n in range(HITS_PER_PAGE + 1)]
    index_stations(more)
    first, second = find("微站", None), find("微站", None, page=2)
    assert (len(first.things), first.more, len(second.things), second.more) == (HITS_PER_PAGE, True, 1, False)


def test_a_change_is_found_and_what_is_gone_is_not(indexed, town):
    town.tower.name = "海燕站"
    town.tower.save()
    index_stations([town.tower])
    assert (codes("海燕"), codes("云塔党群")) == (["JA-0101"], [])
    forget(ref(town.tower))
    assert codes("海燕") == []


def test_a_closed_station_is_not_shown(indexed, town):
    town.tower.unit.closed_on = town.tower.unit.opened_on.replace(year=2021)
    town.tower.unit.closing_recorded_at = "2021-01-01T00:00:00Z"
    town.tower.unit.save()
    assert codes("云塔") == []


def test_rebuilding_gives_the_same(indexed, town, capsys):
    index_articles(make_article(town.tower.unit, "A-1"))
    before = sorted(SearchEntry.objects.values_list("ref", "tokens"))
    SearchEntry.objects.all().delete()
    call_command("reindex")
    assert sorted(SearchEntry.objects.values_list("ref", "tokens")) == before
    assert capsys.readouterr().out == f"{len(before)} entries\n"
