"""The poster: one sheet of A4 whatever is on it, in both languages, with the way to what holds just now."""

import re
from datetime import time

import pytest

from linli.directory.models import Facility, OpeningRule, Phone, Station
from tests.browser.driver import DESK
from tests.factories import make_entrance

LONG = "某某街道某某路某某号某某大厦六楼党群服务站"


def sheets(pdf: bytes) -> int:
    """How many pages a PDF of Chromium's has."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


def poster(browse, code="JA-0101"):
    answer = browse().get(f"/stations/{code}/poster/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_both_languages_and_the_way_in_stand_on_it(town, browse):
    make_entrance(town.tower, "东门", directions="乘电梯到 6 楼", translations={"en": {"name": "East door"}})
    Facility.objects.create(station=town.tower, kind="water", language="zh-hans")
    Phone.objects.create(station=town.tower, number="021-5550-0101")
    shown = poster(browse)
    for words in (
        "云塔党群服务站",
        "Cloud Tower Station",
        "东门：乘电梯到 6 楼",
        "East door",
        "021-5550-0101",
        "JA-0101",
    ):
        assert words in shown, words


def test_the_week_is_the_ordinary_one(town, browse):
    town.tower.rules.filter(weekday=6).delete()
    OpeningRule.objects.create(station=town.tower, weekday=5, nth=2, opens=time(20), closes=time(22))
    sides = browse().get("/stations/JA-0101/poster/").context["sides"]
    assert [side.language for side in sides] == ["zh-hans", "en"]
    assert [hours for _day, hours in sides[1].days] == ["09:00–18:00"] * 6 + ["closed"]
    assert sides[1].besides == ["the second Saturday of the month: 20:00–22:00"]


def test_a_door_without_hours_says_where_to_ask(town, browse):
    town.tower.rules.all().delete()
    assert "For the hours, scan the code or ask inside." in poster(browse)


@pytest.fixture
def full(town):
    """A station that has as much of everything as its columns hold."""
    words = {field: (LONG * 20)[:most] for field, most in (("name", 60), ("directions", 300))}
    english = {"name": "The station on the sixth floor " * 3, "directions": "Through the east door " * 12}
    Station.objects.filter(pk=town.tower.pk).update(
        **words, translations={"en": english}, all_day_zone="门厅", follows_holidays=True
    )
    for kind in Facility.Kind.values:
        Facility.objects.create(
            station=town.tower, kind=kind, language="zh-hans", indoors=kind != "ebike_charging"
        )
    for number in range(4):
        Phone.objects.create(station=town.tower, number=f"021-5550-010{number}", extension="123")
    OpeningRule.objects.bulk_create(
        OpeningRule(station=town.tower, weekday=day, opens=time(19), closes=time(21)) for day in range(7)
    )
    return town.tower


def printed(visit, tmp_path, name):
    page = visit("/stations/JA-0101/poster/", **DESK)
    page.pdf(path=tmp_path / name, prefer_css_page_size=True, print_background=True)
    return (tmp_path / name).read_bytes()


def test_it_fits_on_one_sheet(town, visit, tmp_path):
    assert sheets(printed(visit, tmp_path, "plain.pdf")) == 1


def test_it_fits_on_one_sheet_however_much_there_is(full, visit, tmp_path):
    assert sheets(printed(visit, tmp_path, "full.pdf")) == 1
