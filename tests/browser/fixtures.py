"""Fixtures of every test with a browser. `visit` opens pages over the test's own rows, `stroll` the demonstration network.

    def test_home(visit, station):                  # rows made by the test, served by this process
        page = visit("/stations/", **PHONE)

    def test_pages(stroll):                         # the network that `./linli run` shows, with its worker
        page = stroll("/", **DESK, language="en")
        axe(page)

Every page opened is watched: a console error, a broken content policy or a request to another host fails the test.
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import driver
from tests.browser.network import Network
from tests.browser.pages import Page as TestedPage
from tests.browser.surroundings import Surroundings


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = driver.start(playwright)
        yield started
        started.close()


@pytest.fixture(scope="session")
def network(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> Iterator[Network]:
    """The demonstration network; what a test changes stays for the others, so change little and say so."""
    folder = tmp_path_factory.mktemp("network")
    shutil.copy(empty_database, folder / "linli.sqlite3")
    started = Network(folder)
    try:
        started.start()
        yield started
    finally:
        started.stop()


@pytest.fixture(scope="session")
def furnished(network: Network) -> dict[str, str]:
    """What the demonstration lacks: somebody at every step of signing in, letters given up, the keys of all sessions."""
    return network.ask("tests.browser.furnishing")


@pytest.fixture
def visit(browser: Browser, live_server) -> Iterator[driver.Visits]:
    visits = driver.Visits(browser, live_server.url)
    yield visits
    visits.close()


@pytest.fixture
def stroll(browser: Browser, network: Network) -> Iterator[driver.Visits]:
    visits = driver.Visits(browser, network.address)
    yield visits
    visits.close()


@pytest.fixture(scope="session")
def surroundings(browser: Browser, network: Network, furnished: dict[str, str]) -> Iterator[Surroundings]:
    visits = driver.Visits(browser, network.address)
    yield Surroundings(visits, furnished)
    visits.close()


@pytest.fixture
def open_page(surroundings: Surroundings) -> Iterator[Callable[[TestedPage, str], Page]]:
    """open_page(page, look) → a page of the table in one of the looks; what went wrong on it fails the test."""
    yield surroundings.open
    surroundings.check()


@pytest.fixture
def signed_in() -> Callable[[object], list[dict]]:
    """The cookies of somebody who signed in, staff with their second factor: `visit("/desk/", cookies=signed_in(omar))`."""

    def cookies(person: object) -> list[dict]:
        client = Client()
        client.force_login(person)
        session = client.session
        session["second_factor_at"] = timezone.now().timestamp()
        session.save()
        return [{"name": name, "value": morsel.value} for name, morsel in client.cookies.items()]

    return cookies


@pytest.fixture
def axe() -> Callable[[Page], None]:
    return driver.check_axe


@pytest.fixture
def screen() -> Callable[[Page, str], None]:
    return driver.keep_screen


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Pictures are taken when they are asked for; that their pages are right is what all other tests see to."""
    pictures = []
    for item in items:
        names = getattr(item, "fixturenames", ())
        if "browser" in names:
            item.add_marker(pytest.mark.browser)
        if "screen" in names and not driver.wants_screens():
            pictures.append(item)
    config.hook.pytest_deselected(items=pictures)
    chosen = [item for item in items if item not in pictures]
    items[:] = sorted(chosen, key=how_late)


def how_late(item: pytest.Item) -> int:
    """What takes long begins first, so that no core waits for it at the end: one file is for one core."""
    if any(map(item.get_closest_marker, ("browser", "processes"))):
        return 0
    return 1 if "trust" in item.path.parts else 2
