"""Every page in 长辈版 on a phone whose reader wants text at 200 %."""

import pytest

from tests.browser.driver import check_axe, check_fit, enlarge
from tests.browser.looking import check_language, check_targets
from tests.browser.pages import PAGES
from tests.browser.surroundings import check_status, name_of


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_in_elder_mode(page, open_page):
    seen = open_page(page, "elder")
    check_status(seen, page)
    check_language(seen, "zh-hans")
    check_fit(seen)
    check_axe(seen)
    enlarge(seen, 100)
    check_targets(seen, 60)
