"""The head of every page at a desk: one line for whoever signed in; its search a glass, and for elders the word."""

import pytest

from tests.browser.driver import DESK

ELDER = {"name": "linli-elder", "value": "1"}


@pytest.mark.parametrize("who", ["mei", "omar"])
def test_it_stays_on_one_line(visit, signed_in, request, who):
    person = request.getfixturevalue(who)
    page = visit("/accessibility/", cookies=signed_in(person), language="en-GB", **DESK)
    wordmark, menu = (page.locator(part).bounding_box() for part in (".wordmark", ".head .menu"))
    assert menu["y"] < wordmark["y"] + wordmark["height"]


@pytest.mark.parametrize(("cookies", "is_seen"), [([], False), ([ELDER], True)])
def test_the_word_beside_the_glass_is_seen_by_elders_and_heard_by_all(visit, cookies, is_seen):
    page = visit("/accessibility/", cookies=cookies, language="en-GB", **DESK)
    button = page.get_by_role("search").get_by_role("button", name="Search")
    assert (button.locator("span").bounding_box()["width"] > 1) is is_seen
