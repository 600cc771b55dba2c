"""The table of open spans says of every minute of the coming week what the rules say."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.factories import make_station, together

from linli.areas.actions.holidays import import_holidays
from linli.areas.holidays import Day, Year
from linli.directory.actions import declare_status, lift_status
from linli.directory.listing import station_card, station_cards
from linli.directory.models import LiveStatus, OpeningException, OpeningRule, OpenSpan, Station
from linli.directory.spans import renew_old_spans, renew_spans

SHANGHAI, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York")
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=SHANGHAI)


@pytest.fixture
def street(town):
    """Doors of every manner, all renewed at NOON."""
    night = make_station("S-NIGHT", "courier", "夜间站", town.east, opens=time(20), closes=time(2))
    always = make_station("S-ALWAYS", "courier", "全天站", town.east, opens=time(0), closes=time(0))
    zone = make_station("S-ZONE", "building", "门厅站", town.west, all_day_zone="门厅")
    silent = make_station("S-SILENT", "micro", "无时间", town.west)
    silent.rules.all().delete()
    monthly = make_station("S-MONTHLY", "micro", "每月一次", town.west)
    monthly.rules.all().delete()
    OpeningRule.objects.create(station=monthly, weekday=5, nth=2, opens=time(9), closes=time(12))
    abroad = make_station("S-ABROAD", "place", "Pier", town.west, time_zone="America/New_York")
    OpeningException.objects.create(station=town.tower, on=NOON.date() + timedelta(days=1), reason="维修")
    said = {"since": NOON - timedelta(hours=1), "until": NOON + timedelta(hours=2)}
    LiveStatus.objects.create(station=town.night, state="closed", **said)
    LiveStatus.objects.create(station=always, state="full", **said)
    LiveStatus.objects.create(station=night, state="open", **said)
    renew_spans(Station.objects.all(), NOON)
    return [town.tower, town.night, night, always, zone, silent, monthly, abroad]


@pytest.mark.parametrize("hours", [0, 1, 2, 3, 9, 14, 21, 26, 47, 60, 100, 168])
def test_a_list_says_the_same_as_the_page(street, hours):
    at = NOON + timedelta(hours=hours, minutes=hours % 7)
    pages = {station.code: station_card(station, at) for station in street}
    rows = {card.station.code: card for card in station_cards(Station.objects.all(), at)}
    assert {code: card.says for code, card in rows.items()} == {
        code: card.says for code, card in pages.items()
    }
    shown_open = set(Station.objects.open_at(at).values_list("code", flat=True))
    assert shown_open == {code for code, card in pages.items() if card.opening.is_open}


def test_a_tap_is_in_the_lists_at_once_and_so_is_taking_it_back(town, omar):
    tower = Station.objects.filter(pk=town.tower.pk)
    noon = datetime.now(SHANGHAI).replace(hour=12, minute=0, second=0, microsecond=0)
    renew_spans(tower, noon)
    declare_status(by=omar, station=town.tower, state="closed", until=noon + timedelta(hours=1), now=noon)
    assert list(tower.open_at(noon)) == []
    assert list(tower.open_at(noon + timedelta(hours=1))) == [town.tower]
    lift_status(by=omar, station=town.tower, now=noon)
    assert list(tower.open_at(noon)) == [town.tower]


def test_the_worker_moves_them_on_and_leaves_fresh_ones_alone(town, django_assert_num_queries):
    renew_spans(Station.objects.all(), NOON)
    later = NOON + timedelta(days=3)
    assert renew_old_spans(later) == 2
    assert not OpenSpan.objects.filter(closes_at__lt=later - timedelta(days=2)).exists()
    with django_assert_num_queries(1):
        assert renew_old_spans(later) == 0


def test_renewing_asks_the_same_few_questions_however_many_doors(town, django_assert_num_queries):
    with together():
        for number in range(30):
            make_station(f"X-{number:03}", "micro", f"微站{number}", town.west)
    stations = list(Station.objects.all())
    with django_assert_num_queries(6):
        renew_spans(stations, NOON)


def test_a_holiday_that_becomes_known_closes_the_doors_that_keep_it(town, settle, today):
    day = today + timedelta(days=2)
    Station.objects.filter(pk=town.tower.pk).update(follows_holidays=True)
    noon = datetime.combine(day, time(12), SHANGHAI)
    assert set(Station.objects.open_at(noon)) == {town.tower, town.night}
    year = Year(day.year, "official", "a test", (Day(day, "holiday", "新节日"),))
    import_holidays(by=None, year=year)
    settle()
    assert set(Station.objects.open_at(noon)) == {town.night}
