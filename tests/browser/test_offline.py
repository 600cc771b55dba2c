"""Without a connection: a station seen before can be read, everything else leads to the offline page."""

from django.urls import reverse
from playwright.sync_api import Page, expect

from linli.programmes.tickets import link_of
from tests.browser.driver import click_through
from tests.factories import make_programme, make_session, make_sign_up, make_station

OFFLINE = "There is no connection just now"


READY = """async () => navigator.serviceWorker.controller !== null
    && Boolean(await caches.match("/offline/", { ignoreSearch: true, ignoreVary: true }))"""


def wait_for_worker(page: Page) -> None:
    """Until the worker answers for this page, and keeps the offline page. (The policy forbids wait_for_function.)"""
    for _ in range(200):
        if page.evaluate(READY):
            return
        page.wait_for_timeout(50)
    raise AssertionError("The service worker did not start within ten seconds.")


def kept(page: Page) -> list[str]:
    """The paths of all pages kept on this device, static files left out."""
    found = page.evaluate(
        """async () => { const paths = [];
        for (const name of await caches.keys())
          for (const request of await (await caches.open(name)).keys()) paths.push(new URL(request.url).pathname);
        return paths }"""
    )
    return sorted(path for path in found if not path.startswith("/static/"))


def wait_until_kept(page: Page, path: str, there: bool = True) -> None:
    """Until the device keeps the page of that path, or no longer keeps it."""
    for _ in range(100):
        if (path in kept(page)) == there:
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"Within five seconds nothing changed for {path}.")


def disconnect(page: Page) -> None:
    """Takes the network away, from the page and from its worker, once all that was asked for has come."""
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)


def station_address(town) -> str:
    return reverse("site:station", args=[town.tower.code])


def test_a_station_seen_before_can_be_read(visit, town):
    page = visit("/", language="en", workers=True)
    wait_for_worker(page)
    page.goto(station_address(town))
    name = page.locator("h1").inner_text()
    disconnect(page)
    page.reload()
    assert page.locator("h1").inner_text() == name
    page.goto("/search/?q=tower")
    assert page.locator("h1").inner_text() == OFFLINE
    expect(page.locator("#kept a")).to_have_text([name])
    click_through(page.locator("#kept a"))
    assert page.locator("h1").inner_text() == name


def test_what_was_near_last_can_be_read(visit, town):
    """The answer, not the page that asks; with the moment it was seen, and no place in the name it is kept under."""
    make_station("JA-0301", "courier", "码头驿站", town.west, en="Pier Stop", at=(31.23, 121.45))
    page = visit("/", language="en", workers=True)
    wait_for_worker(page)
    page.goto("/nearby/?at=31.23,121.45")
    as_of = page.locator("#as-of").inner_text()
    page.goto("/nearby/")
    assert kept(page) == ["/nearby/", "/offline/"]
    disconnect(page)
    page.goto("/nearby/?from=JA-0301")
    assert page.locator(".near .row > a").all_inner_texts() == ["Pier Stop"]
    assert page.locator("#as-of").inner_text() == as_of
    assert page.locator(".near .row").evaluate("row => getComputedStyle(row).display") == "flex"
    page.goto("/search/?q=tower")
    expect(page.locator("#kept a")).to_have_text(["Rest your feet"])
    click_through(page.locator("#kept a"))
    assert page.locator(".near .row > a").all_inner_texts() == ["Pier Stop"]


def test_what_a_signed_in_person_sees_is_never_kept(visit, town, mei, signed_in):
    make_station("JA-0301", "courier", "码头驿站", town.west, at=(31.23, 121.45))
    page = visit("/", language="en", workers=True, cookies=signed_in(mei))
    wait_for_worker(page)
    page.goto(station_address(town))
    page.goto("/nearby/?from=JA-0301")
    page.goto("/me/")
    assert kept(page) == ["/offline/"]


def test_an_old_cache_dies_with_its_version(visit, town):
    page = visit("/offline/", workers=True)
    page.evaluate("caches.open('linli-older')")
    page.goto("/")
    wait_for_worker(page)
    assert page.evaluate("async () => (await caches.keys()).includes('linli-older')") is False


def test_nothing_typed_is_lost_without_a_connection(visit, town):
    page = visit(reverse("people:sign_in"), language="en")
    field = page.locator("main input[type=text], main input[type=tel], main input:not([type])").first
    field.fill("13800001234")
    disconnect(page)
    page.locator("main .form button").first.click()
    expect(page.locator("#connection")).to_be_visible()
    assert field.input_value() == "13800001234"


def test_without_a_worker_the_pages_work_as_ever(visit, town):
    page = visit(station_address(town), language="en", floor=True)
    assert page.locator("h1").is_visible()


def test_ones_ticket_can_be_read(visit, town, mei, signed_in):
    """Also by who is signed in, whose pages are kept nowhere: the ticket is fetched as anybody with its link gets it."""
    seat = make_sign_up(make_session(make_programme(town.tower.unit), town.tower), "梅", holder=mei)
    page = visit("/", language="en", workers=True, cookies=signed_in(mei))
    wait_for_worker(page)
    page.goto(link_of(seat))
    wait_until_kept(page, link_of(seat))
    disconnect(page)
    page.reload()
    expect(page.locator(".ticket-code img")).to_be_visible()
    assert "My things" not in page.locator("header").inner_text()


def test_signing_out_takes_the_tickets_off_the_device(visit, town, mei, signed_in):
    seat = make_sign_up(make_session(make_programme(town.tower.unit), town.tower), "梅", holder=mei)
    page = visit("/", language="en", workers=True, cookies=signed_in(mei))
    wait_for_worker(page)
    page.goto(link_of(seat))
    wait_until_kept(page, link_of(seat))
    page.goto("/me/")
    click_through(page.get_by_role("button", name="Sign out"))
    wait_until_kept(page, link_of(seat), there=False)
    assert kept(page) == ["/offline/"]
