"""A courier at 22:40, without a position: finds an open door, reports that the water is out; a second person confirms it,
the desk restocks, and the report is gone."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest
import time_machine
from playwright.sync_api import expect

from linli.directory.indexing import index_named
from linli.directory.models import Facility, Landmark, Supply
from linli.directory.models.base import placed
from linli.kit.pinyin import sort_key
from tests.browser.driver import click_through
from tests.factories import make_role, make_station

EVENING = datetime(2026, 11, 25, 22, 40, tzinfo=ZoneInfo("Asia/Shanghai"))
EXIT = (31.2238, 121.4462)


@pytest.fixture(autouse=True)
def evening():
    with time_machine.travel(EVENING):
        yield


@pytest.fixture
def street(evening, town):
    """A metro exit, a night stop near it with water on a shelf, and a day station nearer."""
    name = "静安寺站 1 号口"
    english = {"en": {"name": "Jing'an Temple Station, Exit 1"}}
    index_named(
        Landmark.objects.create(
            code="M-1", kind="metro", name=name, reading=sort_key(name), language="zh-hans",
            translations=english, **placed(*EXIT),
        )
    )  # fmt: skip
    make_station("JA-1303", "micro", "会客厅", town.west, en="Parlour", at=(EXIT[0] + 0.001, EXIT[1]))
    stop = make_station(
        "JA-1203", "courier", "茂名北路小哥驿站", town.west, en="Maoming North Road Courier Stop",
        opens=time(17), closes=time(2), at=(EXIT[0] + 0.003, EXIT[1]),
    )  # fmt: skip
    Facility.objects.create(station=stop, kind="water", language="en")
    Supply.objects.create(station=stop, name="Water", stock=0, low=2, facility="water")
    return stop


@pytest.fixture
def somewhere(phone, settings):
    """somewhere(network, path) → a phone that calls from there, through the installation's own proxy."""
    settings.PROXY_COUNT = 1

    def call(network, path):
        page = phone(path="/accessibility/")
        page.set_extra_http_headers({"X-Forwarded-For": network})
        page.goto(path)
        return page

    return call


def test_from_a_metro_exit_to_a_restocked_shelf(somewhere, phone, browse, street, omar, settle, axe):
    make_role(omar, street.unit, "worker")
    kai = somewhere("198.51.100.7", "/")
    click_through(kai.locator("main a", has_text="Rest your feet"))
    kai.locator("#near-what").fill("jas")
    click_through(kai.locator("main .search button", has_text="Find"))
    first = kai.locator(".near .row").first
    expect(first).to_contain_text("Maoming North Road Courier Stop")
    expect(first).to_contain_text("about 350 m")
    expect(first).to_contain_text("Open until tomorrow 02:00")
    expect(kai.locator("main")).to_contain_text("Closed, opens tomorrow 09:00")
    axe(kai)
    first.locator("summary").click()
    first.locator("button", has_text="No water").click()
    expect(kai.locator("#door-JA-1203")).to_contain_text("No water: one person, 22:4")
    expect(kai.locator("#door-JA-1203")).to_contain_text("not confirmed")
    settle()

    other = somewhere("203.0.113.9", "/nearby/?from=JA-1203")
    expect(other.locator("#door-JA-1203")).to_contain_text("one person")
    other.locator("#door-JA-1203 summary").click()
    other.locator("#door-JA-1203 button", has_text="No water").click()
    expect(other.locator("#door-JA-1203")).to_contain_text("No water: two people, since 22:4")
    axe(other)
    settle()

    desk = phone(browse(omar), "/me/inbox/")
    row = desk.locator("#inbox .row", has_text="Two people say that there is no water")
    assert row.count() == 1
    desk.goto("/desk/at/JA-1203/")
    expect(desk.locator("main")).to_contain_text("No water: two people, since 22:4")
    expect(desk.locator("main button", has_text="It is mended")).to_be_visible()
    axe(desk)
    desk.goto("/stations/JA-1203/keep/stock/")
    click_through(desk.locator("button", has_text="Ten more"))
    desk.goto("/desk/at/JA-1203/")
    expect(desk.locator("main")).not_to_contain_text("No water")

    for page in (kai, other):
        page.reload()
        expect(page.locator("#door-JA-1203")).to_contain_text("Open until tomorrow 02:00")
        expect(page.locator("#door-JA-1203 .badge", has_text="No water")).to_have_count(0)
