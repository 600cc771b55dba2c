"""/nearby with a script: the position is asked for with a tap only, leaves the phone rounded, and sorts what came back."""

import re
from datetime import time, timedelta
from urllib.parse import unquote

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from linli.directory.indexing import index_stations
from linli.directory.models import DoorReport, Facility, Station
from linli.directory.views import reports
from linli.people.throttle import Limit
from tests.browser.driver import PHONE
from tests.factories import make_station

# Where somebody stands, and the middle of their hundredth of a degree: 420 m apart.
EXACT = {"latitude": 31.2331947, "longitude": 121.4527386}
ROUNDED = (31.23, 121.45)
PLAIN = {**PHONE, "language": "en"}
COUNT_ASKING = """
window.linliAsked = 0;
const ask = navigator.geolocation.getCurrentPosition.bind(navigator.geolocation);
navigator.geolocation.getCurrentPosition = (...all) => { window.linliAsked += 1; ask(...all); };
"""


@pytest.fixture
def doors(town):
    """Three doors that never close: at the middle, beside where somebody stands, and between the two."""

    def door(code, name, at, *facilities):
        station = make_station(
            code, "courier", name, town.west, en=name, opens=time(0), closes=time(0), at=at
        )
        for kind in facilities:
            Facility.objects.create(station=station, kind=kind, language="en")

    door("D-MID", "Middle", ROUNDED, "water")
    door("D-BESIDE", "Beside", (31.2336, 121.4530))
    door("D-BETWEEN", "Between", (31.2315, 121.4513), "water")
    index_stations(Station.objects.all())
    return town


def stand(page: Page, place: dict | None = EXACT) -> None:
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation(place)


def rows(page: Page) -> list[tuple[str, str]]:
    names = page.locator(".near .row > a").all_inner_texts()
    return list(zip(names, page.locator(".near .far").all_inner_texts(), strict=True))


def sent(page: Page) -> list[str]:
    """Everything that leaves the page from now on: addresses, what is posted, every header."""
    texts: list[str] = []

    def see(request):
        texts.append(f"{unquote(request.url)} {request.post_data} {request.headers}")

    page.on("request", see)
    return texts


def use_position(page: Page) -> None:
    page.locator("[data-position]").click()
    expect(page.locator("#as-of")).to_be_visible()


def test_only_the_rounded_position_leaves_the_phone(visit, doors):
    page = visit("/nearby/", **PLAIN)
    stand(page)
    texts = sent(page)
    use_position(page)
    assert page.url.endswith("/nearby/?at=31.23,121.45")
    page.locator(".wishes a", has_text="water").click()
    expect(page).to_have_url(re.compile(r"at=31.23,121.45&water=on$"))
    page.locator("#door-D-MID summary").click()
    page.locator("#door-D-MID button", has_text="Full").click()
    expect(page.locator("#door-D-MID")).to_contain_text("Full: one person")
    assert len(texts) >= 3
    assert [text for text in texts if re.search(r"31\.233|121\.452", text)] == []


def test_the_exact_one_sorts_and_measures_on_the_phone(visit, doors):
    page = visit("/nearby/?at=31.23,121.45", **PLAIN)
    assert rows(page) == [
        ("Middle", "within about 1 km"),
        ("Between", "within about 1 km"),
        ("Beside", "within about 1 km"),
    ]
    stand(page)
    page.locator("details.from > summary").click()
    use_position(page)
    expect(page.locator(".near .far").first).to_have_text("about 50 m")
    assert rows(page) == [("Beside", "about 50 m"), ("Between", "about 250 m"), ("Middle", "about 450 m")]
    page.locator(".wishes a", has_text="water").click()
    expect(page.locator(".wishes a[aria-current]")).to_have_count(1)
    assert rows(page) == [("Between", "about 250 m"), ("Middle", "about 450 m")]
    page.reload()
    assert [far for _name, far in rows(page)] == ["within about 1 km"] * 2


def test_nobody_is_asked_before_they_tap(visit, doors):
    page = visit("/accessibility/", **PLAIN)
    page.context.add_init_script(COUNT_ASKING)
    stand(page)
    for path in ("/nearby/", "/nearby/?from=D-MID", "/nearby/?at=31.23,121.45"):
        page.goto(path)
        assert page.evaluate("window.linliAsked") == 0, path
    page.goto("/nearby/")
    use_position(page)
    assert page.evaluate("window.linliAsked") == 1


def says(page: Page):
    return page.locator("#nearby-says")


def test_refused_it_says_so_and_the_other_ways_stay(visit, doors):
    page = visit("/nearby/", **PLAIN)
    page.context.clear_permissions()
    page.locator("[data-position]").click()
    expect(says(page)).to_have_text(
        "Your phone does not give its position to this page. Type what is near you instead."
    )
    page.locator("#near-what").fill("beside")
    page.locator("#near-what").press("Enter")
    expect(page).to_have_url(re.compile(r"from=D-BESIDE$"))
    assert rows(page)[0] == ("Beside", "about 50 m")


def test_where_the_phone_does_not_know_it_says_so(visit, doors):
    page = visit("/nearby/", **PLAIN)
    stand(page, None)
    page.locator("[data-position]").click()
    expect(says(page)).to_have_text(
        "Your phone does not know where it is just now. Type what is near you instead."
    )


@pytest.mark.parametrize("why", ["plain http", "old phone"])
def test_where_it_cannot_be_had_nobody_is_offered_it(visit, doors, why):
    page = visit("/accessibility/", **PLAIN, floor=why == "old phone")
    if why == "plain http":
        page.context.add_init_script("Object.defineProperty(window, 'isSecureContext', { value: false });")
    page.goto("/nearby/")
    assert page.locator("[data-position]").is_visible() is False
    expect(says(page)).to_have_text(
        "Over this connection a phone keeps its position to itself. Type what is near you instead."
    )
    page.goto("/nearby/?from=D-MID")
    assert says(page).is_visible() is False
    assert rows(page)[0] == ("Middle", "about 50 m")


def test_a_tap_does_not_leave_the_page(visit, doors):
    page = visit("/nearby/?from=D-MID", **PLAIN)
    page.evaluate("window.linliSame = true")
    page.locator("#door-D-BETWEEN summary").click()
    page.locator("#door-D-BETWEEN button", has_text="No water").click()
    expect(page.locator("#door-D-BETWEEN")).to_contain_text("No water: one person")
    expect(page.locator("#door-D-BETWEEN")).to_be_focused()
    assert page.evaluate("window.linliSame") is True
    assert DoorReport.objects.count() == 1


def test_what_is_refused_is_said_where_one_is(visit, doors, monkeypatch):
    monkeypatch.setattr(reports, "REPORTS_FROM_NETWORK", Limit("report-network", 0, 3600))
    page = visit("/nearby/?from=D-MID", **PLAIN)
    page.locator("#door-D-MID summary").click()
    page.locator("#door-D-MID button", has_text="Closed").click()
    expect(says(page)).to_contain_text("This was tried many times in a short while.")
    assert len(rows(page)) == 3


def test_without_a_script_one_tap_comes_back_to_its_door(visit, doors):
    page = visit("/nearby/?from=D-MID&water=on", **PHONE, language="en", scripts=False)
    page.locator("#door-D-MID summary").click()
    page.locator("#door-D-MID button", has_text="No water").click()
    expect(page).to_have_url(re.compile(r"/nearby/\?from=D-MID&water=on#door-D-MID$"))
    expect(page.locator("#door-D-MID")).to_contain_text("No water: one person")
    assert page.locator("[data-position]").is_visible() is False


def test_what_was_seen_long_ago_says_so(visit, doors):
    page = visit("/nearby/?from=D-MID", **PLAIN)
    assert says(page).is_visible() is False
    page.clock.set_fixed_time(timezone.now() + timedelta(minutes=11))
    page.reload()
    expect(says(page)).to_have_text("This is how it was then. Doors may have changed.")


def test_the_first_door_is_on_the_first_screen(visit, doors):
    """Of a phone of 360 × 740: where from, what one wants, and which door, above the menu."""
    page = visit("/nearby/?from=D-MID", **PLAIN)
    menu = page.locator(".menu").bounding_box()["y"]
    for part in (".from", ".wishes", "#door-D-MID > a", "#door-D-MID .badge", "#door-D-MID .usable"):
        box = page.locator(part).first.bounding_box()
        assert box["y"] + box["height"] <= menu, part
