"""Without JavaScript, and in WeChat's webview of 2020: whatever one comes for can be done all the same."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.driver import PHONE, click_through

SIGN_IN = "main form.form"
LIFT = "form[action='/stations/JA-1704/status/lift/'] button"
PLAIN = {**PHONE, "language": "en", "scripts": False}
WECHAT_PHONE = {**PHONE, "language": "zh-CN", "floor": True}


def sign_in(page, contact: str) -> None:
    """From the page of contact to signed in; the demonstration shows the code it would have sent."""
    page.locator(f"{SIGN_IN} input[name=contact]").fill(contact)
    click_through(page.locator(f"{SIGN_IN} button").first)
    digits = re.search(r"\b\d{6}\b", page.locator("main").inner_text())[0]
    page.locator(f"{SIGN_IN} input[name=digits]").fill(digits)
    click_through(page.locator(f"{SIGN_IN} button").first)


@pytest.mark.parametrize(("device", "contact"), [(PLAIN, "13800001234"), (WECHAT_PHONE, "+86 138 0000 1235")])
def test_signing_in_and_following(stroll, device, contact):
    page = stroll("/stations/JA-1202/", **device)
    click_through(page.locator("p[id^=follow-] a"))
    sign_in(page, contact)
    assert page.url.endswith("/stations/JA-1202/")
    form = page.locator("form[id^=follow-]")
    assert form.get_attribute("action") == "/follow/"
    form.locator("button").click()
    expect(form).to_have_attribute("action", "/unfollow/")
    page.goto("/me/follows/")
    assert page.locator("#follows a[href='/stations/JA-1202/']").count() == 1
    page.locator("#follows form button").first.click()
    expect(page.locator("#follows form")).to_have_count(0)
    assert page.url.endswith("/me/follows/")


@pytest.mark.parametrize("device", [PLAIN, WECHAT_PHONE], ids=["plain", "wechat"])
def test_saying_that_the_door_is_closed(stroll, furnished, device):
    page = stroll(
        "/desk/at/JA-1704/", **device, cookies=[{"name": "linli", "value": furnished["session_bo"]}]
    )
    click_through(page.locator("button[name=choice][value^='closed']").first)
    assert page.url.endswith("/desk/at/JA-1704/")
    lift = page.locator(LIFT)
    assert lift.is_visible()
    click_through(lift)
    assert lift.count() == 0


def test_saying_it_with_a_reason(stroll, furnished):
    page = stroll("/desk/at/JA-1704/", **PLAIN, cookies=[{"name": "linli", "value": furnished["session_bo"]}])
    page.locator("details:has(form.form) > summary").click()
    form = page.locator("details form.form")
    form.locator("input[name=state][value=full]").check()
    form.locator("input[name=note]").fill("chairs are out")
    click_through(form.locator("button"))
    page.goto("/stations/JA-1704/")
    assert "chairs are out" in page.locator("main").inner_text()
    page.goto("/desk/at/JA-1704/")
    click_through(page.locator(LIFT))


def test_filtering_and_searching(stroll):
    page = stroll("/stations/", **PLAIN)
    everything = page.locator("#list .row").count()
    page.locator("form.filter select[name=kind]").select_option("courier")
    click_through(page.locator("form.filter button"))
    assert "kind=courier" in page.url
    assert 0 < page.locator("#list .row").count() < everything
    page.goto("/stations/?area=310106012")
    click_through(page.locator("form.filter button"))
    assert "area=310106012" in page.url
    page.goto("/search/")
    page.locator("main input[name=q]").fill("wujiang")
    click_through(page.locator("main form[role=search] button"))
    assert page.locator("#hits .row").count() >= 1
    hit = page.locator("#hits .row a").first
    name = hit.inner_text()
    click_through(hit)
    assert page.locator("h1").inner_text() == name


def test_choosing_a_look(stroll):
    page = stroll("/contact/", **PLAIN)
    click_through(page.locator("footer button[name=language][value=zh-hans]"))
    assert page.url.endswith("/contact/")
    click_through(page.locator("footer button[name=theme][value=dark]"))
    click_through(page.locator("footer button[name=elder][value='1']"))
    seen = page.locator("html")
    chosen = [seen.get_attribute(name) for name in ("lang", "data-theme", "data-elder")]
    assert chosen == ["zh-hans", "dark", "1"]


def test_complaining(stroll):
    page = stroll("/complaints/new/", **PLAIN)
    page.locator("main textarea").fill("")
    click_through(page.locator(f"{SIGN_IN} button"))
    assert page.locator("main [role=alert] a").get_attribute("href") == "#id_text"
    page.locator("main textarea").fill("The letters are small.")
    click_through(page.locator(f"{SIGN_IN} button"))
    assert "The letters are small." in page.locator("blockquote").inner_text()
    assert page.url in page.locator("input[readonly]").input_value()


def test_stepping_into_the_cast(stroll):
    page = stroll("/", **PLAIN)
    page.locator("aside summary").click()
    click_through(page.locator("aside button[value=omar]"))
    page.goto("/desk/")
    assert page.url.endswith("/desk/at/JA-1201/")
    page.locator("aside summary").click()
    click_through(page.locator("aside button[value='']"))
    assert "/sign-in/" in page.goto("/desk/").url


def test_setting_up(visit, db):
    from linli.site.setting_up import set_up_key

    page = visit("/", **PLAIN)
    assert page.url.endswith("/setup/")
    page.goto(f"/setup/{set_up_key()}/")
    click_through(page.locator("button").filter(has_text="Start"))
    assert page.locator("main [role=alert] li").count() == 3
    for name, typed in (("network", "Harbour"), ("organiser", "Ana"), ("station", "Pier 1")):
        page.locator(f"input[name={name}]").fill(typed)
    click_through(page.locator("button").filter(has_text="Start"))
    assert page.url.endswith("/me/contacts/")
    page.goto("/stations/")
    assert page.locator("#list .row a").all_inner_texts() == ["Pier 1"]
