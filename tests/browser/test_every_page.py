"""Every page on a phone, in 简体中文, first as it comes and then in 长辈版 for a reader who wants text at 200 %.

The desk stands in a file of its own, so that two workers share them.
"""

from pathlib import Path

import pytest

import linli
from tests.browser.driver import check_axe, check_fit, check_look, enlarge
from tests.browser.looking import check_language, check_targets
from tests.browser.pages import NO_PAGE, PAGES
from tests.browser.surroundings import check_status, grow_old, name_of
from tests.trust.addresses import addresses

SOURCES = Path(linli.__file__).parent


def test_every_route_is_in_a_table():
    listed = {page.route for page in PAGES} | set(NO_PAGE)
    assert {address.name for address in addresses()} - listed == set()
    assert {page.route for page in PAGES} & set(NO_PAGE) == set()


def test_nothing_but_the_layout_and_the_choice_itself_knows_of_elder_mode():
    """A page that said more or less in 长辈版 would have to be opened in it; see `grow_old`."""
    knowing = [path for path in SOURCES.rglob("*.html") if "appearance.elder" in path.read_text()]
    assert {str(path.relative_to(SOURCES / "site" / "templates" / "site")) for path in knowing} == {
        "base.html",
        "components/look.html",
        "look.html",
        "offline.html",
        "print.html",
        "styleguide.html",
    }


def test_elder_mode_is_one_word_of_the_page(stroll):
    """So that it can be looked at without asking for the page once more."""
    page = stroll("/accessibility/", cookies=[{"name": "linli-elder", "value": "1"}])
    seen = page.locator("html").get_attribute("data-elder")
    main = page.locator("main").inner_html()
    page.context.clear_cookies()
    page.goto("/accessibility/")
    assert (seen, page.locator("html").get_attribute("data-elder")) == ("1", "0")
    assert page.locator("main").inner_html() == main


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_on_a_phone(page, open_page):
    seen = open_page(page, "phone")
    check_status(seen, page)
    check_language(seen, "zh-hans")
    check_fit(seen)
    check_targets(seen, 44)
    check_axe(seen)
    grow_old(seen)
    check_fit(seen)
    check_look(seen)
    enlarge(seen, 100)
    check_targets(seen, 60)
