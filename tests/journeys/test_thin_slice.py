"""From a station's door to a neighbour's inbox: somebody finds it open, follows it, hears that it closed, and it lapses."""

from datetime import time, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from linli.directory.models import LiveStatus
from linli.notices.actions import follow
from tests.browser.driver import click_through
from tests.factories import make_station
from tests.journeys.conftest import sign_in


@pytest.fixture
def pier(town):
    """A stop that is open around the clock, so that the story does not depend on the hour it is told at."""
    return make_station(
        "JA-0301", "courier", "码头驿站", town.west, en="Pier Stop", opens=time(0), closes=time(0)
    )


@pytest.fixture
def worker_at_pier(pier, omar):
    from tests.factories import make_role

    make_role(omar, pier.unit, "worker")
    return omar


def test_from_the_door_to_the_inbox(phone, browse, pier, worker_at_pier, mei, settle):
    follow(by=mei, subject=pier)

    kai = phone()
    click_through(kai.locator("main a", has_text="Everything open now"))
    click_through(kai.locator("#list a", has_text="Pier Stop"))
    assert "Open around the clock" in kai.locator("main").inner_text()
    click_through(kai.locator("main a", has_text="Sign in to follow"))
    sign_in(kai, "kai@example.org")
    assert kai.locator("h1").inner_text() == "Pier Stop"
    kai.locator("main button", has_text="Follow").click()
    expect(kai.locator("main button", has_text="Stop following")).to_be_visible()

    desk = phone(browse(worker_at_pier), "/desk/at/JA-0301/")
    tap = desk.locator("button[name=choice][value^=closed]").first
    said = tap.inner_text()
    assert said.startswith("Closed, back at ")
    click_through(tap)
    assert desk.locator("form[action$='/status/lift/']").is_visible()
    settle()

    for page in (kai, phone(browse(mei))):
        page.goto("/me/inbox/")
        row = page.locator("#inbox .row")
        assert row.count() == 1
        assert "Pier Stop" in row.inner_text()
        assert said.removeprefix("Closed, back at ") in row.inner_text()
        click_through(row.locator("a"))
        assert "Closed" in page.locator("main").inner_text()

    settle(timezone.now() + timedelta(hours=3))
    assert LiveStatus.objects.filter(ended_at=None).count() == 0
    kai.reload()
    assert "Open around the clock" in kai.locator("main").inner_text()
    kai.goto("/me/inbox/")
    assert kai.locator("#inbox .row").count() == 2
