"""Every page on a phone, in 简体中文; the other surroundings stand in files of their own, so that two workers share them."""

import pytest

from tests.browser.driver import check_axe, check_fit
from tests.browser.looking import check_language, check_targets
from tests.browser.pages import NO_PAGE, PAGES
from tests.browser.surroundings import check_status, name_of
from tests.trust.addresses import addresses


def test_every_route_is_in_a_table():
    listed = {page.route for page in PAGES} | set(NO_PAGE)
    assert {address.name for address in addresses()} - listed == set()
    assert {page.route for page in PAGES} & set(NO_PAGE) == set()


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_on_a_phone(page, open_page):
    seen = open_page(page, "phone")
    check_status(seen, page)
    check_language(seen, "zh-hans")
    check_fit(seen)
    check_targets(seen, 44)
    check_axe(seen)
