"""The map in a real browser: what is drawn, how one reaches it without a mouse, and that nothing else is loaded."""

import pytest

from linli.areas.models import UnitVersion
from linli.directory.models import Station
from linli.kit.coordinates import wgs84_to_gcj02
from tests.browser.driver import DESK, PHONE, WECHAT, tab_to
from tests.factories import make_station
from tests.trust.scripts import PAYLOADS

PLAZA = (31.2291, 121.4561)
TILES = "https://tiles.example.org"


def place(town, many=1, **fields):
    return [
        make_station(f"M-{n:03}", "micro", f"微站{n}", town.west, at=(31.2 + n / 1000, 121.4), **fields)
        for n in range(many)
    ]


def rows(page):
    page.locator("#map-rows li").first.wait_for()
    return page.locator("#map-rows li a").all_inner_texts()


def centre(page):
    box = page.locator("#map").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@pytest.mark.parametrize("device", [PHONE, DESK], ids=["phone", "desk"])
def test_a_tap_on_a_circle_says_which_door_it_is(town, visit, device):
    make_station("M-1", "courier", "街角小站", town.west, at=PLAZA, address="南京西路 1 号")
    page = visit("/stations/map/", **device)
    assert rows(page) == ["街角小站"]
    page.locator("#map").evaluate("node => node.scrollIntoView({ block: 'center' })")
    page.mouse.click(*centre(page))
    popup = page.locator(".leaflet-popup .row")
    assert popup.locator("a").inner_text() == "街角小站"
    assert popup.locator("p").inner_text() == "暖新驿站 · 南京西路 1 号"
    popup.locator("a").click()
    page.wait_for_url("**/stations/M-1/")


def test_with_the_keyboard_one_walks_along_the_list_and_the_map_follows(town, visit):
    place(town, 3)
    page = visit("/stations/map/", **DESK)
    assert len(rows(page)) == 3
    page.locator("#map").focus()
    for _press in range(4):
        page.keyboard.press("+")
        page.wait_for_timeout(400)
    before = page.locator("#map-rows").inner_text()
    target = page.locator("#map-rows a").first
    tab_to(page, target)
    assert page.locator("#map-rows").inner_text() == before, "a list must not change under the finger"
    page.keyboard.press("Enter")
    page.wait_for_url("**/stations/M-*/")


def test_what_is_out_of_view_is_out_of_the_list(town, visit):
    place(town, 40)
    page = visit("/stations/map/", **DESK)
    assert len(rows(page)) == 30
    assert page.locator("#map-count").inner_text().startswith("这里有 40 个，列出离中间最近的 30 个")
    for _tap in range(4):
        page.locator(".leaflet-control-zoom-in").click()
        page.wait_for_timeout(400)
    assert len(rows(page)) < 30
    assert page.locator("#map-count").inner_text() == f"这里有 {len(rows(page))} 个。"


def test_stations_that_nobody_placed_are_named_as_missing(town, visit):
    place(town, 2)
    page = visit("/stations/map/", **PHONE, language="en-GB")
    rows(page)
    said = "For 2 of them nobody has told us the place; they stand in the list only."
    assert page.locator("#map-status").inner_text() == said


def test_where_nothing_matches_it_says_so(town, visit):
    page = visit("/stations/map/?kind=shop", **PHONE, language="en-GB")
    page.get_by_text("Nothing matches. Try without a filter.").wait_for()
    assert page.locator("#map").is_hidden()


def test_a_lost_connection_leads_to_the_list(town, browser, live_server):
    context = browser.new_context(base_url=live_server.url, locale="en-GB")
    page = context.new_page()
    page.route("**/stations.geojson*", lambda route: route.abort())
    page.goto("/stations/map/")
    page.get_by_text("The map could not be loaded. The list holds the same stations.").wait_for()
    context.close()


def test_areas_stand_on_the_map_by_name(town, visit):
    place(town, 3)
    make_station("M-9", "micro", "东边", town.east, at=(31.21, 121.5))
    page = visit("/stations/map/", **DESK)
    rows(page)
    page.locator(".area-name span").first.wait_for()
    assert page.locator(".area-name span").all_inner_texts() == ["静安区"]


def test_on_the_oldest_phone_we_serve(town, visit):
    place(town, 2)
    page = visit("/stations/map/", **PHONE, floor=True)
    assert page.evaluate("navigator.userAgent") == WECHAT
    assert set(rows(page)) == {"微站0", "微站1"}


def test_s12_names_on_the_map_stay_names(town, visit, record_property):
    """Every payload as a station's name and address, in the list and in the popup; and as an area's name."""
    Station.objects.all().delete()
    UnitVersion.objects.filter(unit=town.west).update(name=PAYLOADS[0][:120], translations={})
    opened = 0
    for start in range(0, len(PAYLOADS), 30):
        Station.objects.all().delete()
        for number, payload in enumerate(PAYLOADS[start : start + 30]):
            text = payload[:200]
            make_station(f"P-{start + number}", "micro", text, town.west, at=PLAZA, address=text)
        page = visit("/stations/map/", **DESK)
        page.evaluate("() => { window.canary = () => { window.ran = true } }")
        shown = rows(page)
        page.mouse.click(*centre(page))
        page.locator(".leaflet-popup .row").wait_for()
        assert page.evaluate("Boolean(window.ran)") is False
        assert page.locator("#map-rows img, #map-rows svg:not(.icon), .leaflet-popup script").count() == 0
        opened += len(shown)
    assert opened == len(PAYLOADS)
    record_property("figure", f"{opened} payloads as names on the map, executions 0")


@pytest.fixture
def background(settings):
    settings.TILE_URL = TILES + "/{z}/{x}/{y}.png"
    settings.TILE_APPROVAL, settings.TILE_CREDIT = "GS(2026)0001", "<b>Example</b> Maps"
    return settings


def test_the_background_comes_after_a_tap_and_from_nowhere_else(town, background, browser, live_server):
    place(town, 2)
    context = browser.new_context(base_url=live_server.url, locale="en-GB")
    asked, blocked = [], []
    context.expose_binding("linliViolation", lambda _source, text: blocked.append(text))
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.route(f"{TILES}/**", lambda route: route.fulfill(body=b"", content_type="image/png"))
    page.add_init_script(
        "document.addEventListener('securitypolicyviolation', e => linliViolation(e.blockedURI))"
    )
    page.goto("/stations/map/")
    rows(page)
    assert [url for url in asked if not url.startswith(live_server.url)] == []
    assert page.locator(".leaflet-control-attribution").count() == 0
    with page.expect_request(f"{TILES}/**"):
        page.get_by_role("button", name="Load the background map from tiles.example.org").click()
    assert page.locator(".leaflet-control-attribution").inner_text() == "<b>Example</b> Maps · GS(2026)0001"
    elsewhere = {url.rsplit("/", 3)[0] for url in asked if not url.startswith(live_server.url)}
    assert (elsewhere, blocked) == ({TILES}, [])
    context.close()


def test_the_eye_sees_what_the_server_would_compute(town, background, visit):
    """gcj02.js and linli.kit.coordinates agree to a millimetre all over China, and outside of it."""
    background.TILE_DATUM = "gcj02"
    page = visit("/stations/map/", **DESK)
    points = [(lat + 0.37, lon + 0.13) for lat in range(-5, 60, 3) for lon in range(70, 140, 5)]
    moved = page.evaluate("points => points.map(([a, b]) => window.linliGcj02(a, b))", points)
    apart = [
        max(abs(one - other) for one, other in zip(wgs84_to_gcj02(*point), seen, strict=True))
        for point, seen in zip(points, moved, strict=True)
    ]
    assert max(apart) < 1e-8


def test_without_scripts_the_way_to_the_list_is_there(town, visit):
    page = visit("/stations/map/?water=on", **PHONE, scripts=False, language="en-GB")
    assert page.locator("#without-scripts").is_visible()
    assert page.locator("#map-page").is_hidden()
    page.get_by_role("link", name="Show as a list").click()
    page.wait_for_url("**/stations/?water=on")
