"""What htmx puts into a page is what a reload would have put there."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import expect

from linli.notices.actions import follow

# Each partial of a page: its address, the part that is swapped, where it is written.
PARTIALS = [
    ("/stations/?kind=courier", "list", "site/stations.html"),
    ("/search/?q=jiangning", "hits", "site/search.html"),
    ("/me/inbox/", "inbox", "notices/inbox.html"),
    ("/me/follows/", "follows", "notices/follows.html"),
]
# What no fixed address has, and where it is held against its page.
ELSEWHERE = {("directory/sheet.html", "sheet")}  # tests/directory/sheets/test_sheet_pages.py
SWAP = """async (id) => {
  const settled = new Promise((done) => document.addEventListener("htmx:afterSettle", done, { once: true }));
  await htmx.ajax("GET", location.href, { target: "#" + id, swap: "outerHTML" });
  await settled }"""
SETTLED = "() => document.addEventListener('htmx:afterSettle', () => { document.title = 'settled' }, { once: true })"


def plain(html: str) -> str:
    """Without what differs from answer to answer (the form's token) and what htmx itself writes."""
    html = re.sub(r'(csrfmiddlewaretoken" value=")[^"]*', r"\1", html)
    html = re.sub(r' class="htmx-\w+"| htmx-\w+| tabindex="0"| class=""', "", html)
    html = re.sub(r"\s+", " ", re.sub(r">\s+|\s+<", lambda gap: gap[0].strip(), html))
    return re.sub(r"\d\d:\d\d", "00:00", html)


def part(page, selector: str) -> str:
    return plain(page.locator(selector).evaluate("node => node.outerHTML"))


def test_every_partial_is_here():
    """A page that hands a part of itself to htmx: add it to PARTIALS."""
    sources = list(settings.PACKAGE.glob("*/views.py")) + list(settings.PACKAGE.glob("*/views/*.py"))
    written = set()
    for path in sources:
        written |= set(
            re.findall(r'page\([^)]*?"([\w/]+\.html)"[^)]*?partial="(\w+)"', path.read_text(), re.S)
        )
    assert written - ELSEWHERE == {(template, name) for _path, name, template in PARTIALS}


@pytest.mark.parametrize(("path", "name", "template"), PARTIALS)
def test_a_partial_is_its_part_of_the_page(path, name, template, phone, browse, mei, town):
    from linli.directory.indexing import index_stations

    index_stations([town.tower, town.night])
    follow(by=mei, subject=town.tower)
    page = phone(browse(mei), path)
    whole = part(page, "main")
    page.evaluate(SWAP, name)
    assert part(page, "main") == whole
    page.reload()
    assert part(page, "main") == whole


def swapped(page, press) -> None:
    """Presses what htmx answers, and waits until the answer stands."""
    page.evaluate(SETTLED)
    press.click()
    expect(page).to_have_title("settled")


def test_following_and_leaving(phone, browse, mei, town):
    page = phone(browse(mei), "/stations/JA-0101/")
    for _ in range(2):
        swapped(page, page.locator("form[id^=follow-] button"))
        after = part(page, "main")
        page.reload()
        assert part(page, "main") == after


def test_leaving_from_the_list(phone, browse, mei, town):
    follow(by=mei, subject=town.tower)
    follow(by=mei, subject=town.night)
    page = phone(browse(mei), "/me/follows/")
    swapped(page, page.locator("#follows form button").first)
    after = part(page, "#follows")
    page.reload()
    assert part(page, "#follows") == after
    assert page.locator("#follows form").count() == 1


def test_filtering(phone, town):
    page = phone(path="/stations/")
    page.locator("form.filter select[name=kind]").select_option("courier")
    swapped(page, page.locator("form.filter button"))
    after = part(page, "#list")
    assert "kind=courier" in page.url
    page.reload()
    assert part(page, "#list") == after
    assert page.locator("#list .row").count() == 1
