"""Every page at a desk, in English and dark, by keyboard."""

import pytest

from tests.browser.driver import check_axe, check_fit
from tests.browser.looking import check_keyboard, check_language
from tests.browser.pages import PAGES
from tests.browser.surroundings import check_status, name_of


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_at_a_desk(page, open_page):
    seen = open_page(page, "desk")
    check_status(seen, page)
    check_language(seen, "en")
    check_fit(seen)
    check_axe(seen)
    check_keyboard(seen)
