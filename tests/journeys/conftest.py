"""People with a phone in their hand: each has a browser of their own."""

from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import Page

from tests.browser.driver import PHONE, Visits, click_through
from tests.people.signing import digits_mailed


@pytest.fixture
def phone(visit: Visits) -> Callable[..., Page]:
    """phone() → a page at the front door on somebody's phone, in English; phone(client) with their session."""

    def hand_over(client=None, path: str = "/", **more) -> Page:
        cookies = []
        if client is not None:
            cookies = [{"name": name, "value": morsel.value} for name, morsel in client.cookies.items()]
        return visit(path, **{**PHONE, "language": "en", "cookies": cookies} | more)

    return hand_over


@pytest.fixture
def reachable(live_server, monkeypatch) -> None:
    """Links in letters and on slips lead to this very server."""
    monkeypatch.setattr(settings, "ADDRESS", live_server.url)


def sign_in(page: Page, contact: str) -> None:
    """Through both pages, with the code from the letter."""
    page.locator("main input[name=contact]").fill(contact)
    click_through(page.locator("main form.form button").first)
    page.locator("main input[name=digits]").fill(digits_mailed())
    click_through(page.locator("main form.form button").first)
    assert "/sign-in/" not in page.url
