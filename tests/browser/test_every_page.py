"""Every page in three surroundings that between them hold both languages, all looks and both sizes.

phone: 简体中文, light, 360 px · desk: English, dark, 1366 px, by keyboard · elder: 简体中文, 长辈版, 360 px, text at 200 %.
"""

import pytest

from tests.browser.driver import DESK, PHONE, check_axe, check_fit, click_through, enlarge
from tests.browser.looking import check_keyboard, check_language, check_targets
from tests.browser.pages import NO_PAGE, PAGES, Page
from tests.trust.addresses import addresses

LOOKS = {
    "phone": ({"linli-language": "zh-hans", "linli-theme": "light"}, {**PHONE, "language": "zh-CN"}),
    "desk": (
        {"linli-language": "en", "linli-theme": "dark"},
        {**DESK, "language": "en-GB", "scheme": "dark"},
    ),
    "elder": (
        {"linli-language": "zh-hans", "linli-elder": "1"},
        {**PHONE, "language": "zh-CN", "text": 200},
    ),
}
SESSION, DESK_MACHINE = "linli", "linli-desk"


def test_every_route_is_in_a_table():
    listed = {page.route for page in PAGES} | set(NO_PAGE)
    assert {address.name for address in addresses()} - listed == set()
    assert {page.route for page in PAGES} & set(NO_PAGE) == set()


def name_of(page: Page) -> str:
    return " ".join(filter(None, [page.path, page.who, "sent" if page.press else ""]))


@pytest.fixture
def open_page(stroll, furnished):
    """Opens a page of the table in one of the looks, pressing what it asks for."""

    def opened(page: Page, look: str):
        cookies, device = LOOKS[look]
        if page.who:
            name = DESK_MACHINE if page.who == "desk" else SESSION
            cookies = cookies | {name: furnished["desk" if page.who == "desk" else f"session_{page.who}"]}
        asked = {
            name.removeprefix("linli-"): value for name, value in cookies.items() if name.startswith("linli-")
        }
        query = "&".join(f"{name}={value}" for name, value in asked.items() if name != "desk")
        path = page.path.format(**furnished, look=query)
        seen = stroll(path, **device, cookies=[{"name": n, "value": v} for n, v in cookies.items()])
        if page.press:
            seen.locator("details:not([open]) > summary").evaluate_all(
                "all => all.forEach(one => one.click())"
            )
            click_through(seen.locator(page.press).first)
        return seen

    return opened


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_on_a_phone(page, open_page):
    seen = open_page(page, "phone")
    check_status(seen, page)
    check_language(seen, "zh-hans")
    check_fit(seen)
    check_targets(seen, 44)
    check_axe(seen)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_at_a_desk(page, open_page):
    seen = open_page(page, "desk")
    check_status(seen, page)
    check_language(seen, "en")
    check_fit(seen)
    check_axe(seen)
    check_keyboard(seen)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_in_elder_mode(page, open_page):
    seen = open_page(page, "elder")
    check_status(seen, page)
    check_language(seen, "zh-hans")
    check_fit(seen)
    check_axe(seen)
    enlarge(seen, 100)
    check_targets(seen, 60)


def check_status(seen, page: Page) -> None:
    status = seen.evaluate("performance.getEntriesByType('navigation')[0].responseStatus")
    assert status == page.status, seen.url
