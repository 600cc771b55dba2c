"""Without JavaScript, and in WeChat's webview of 2020: whatever one comes for can be done all the same."""

import re

import pytest

from tests.browser.driver import PHONE

SIGN_IN = "main form.form"
PLAIN = {**PHONE, "language": "en", "scripts": False}
WECHAT_PHONE = {**PHONE, "language": "zh-CN", "floor": True}


def sign_in(page, contact: str) -> None:
    """From the page of contact to signed in; the demonstration shows the code it would have sent."""
    page.locator(f"{SIGN_IN} input[name=contact]").fill(contact)
    page.locator(f"{SIGN_IN} button").first.click()
    digits = re.search(r"\b\d{6}\b", page.locator("main").inner_text())[0]
    page.locator(f"{SIGN_IN} input[name=digits]").fill(digits)
    page.locator(f"{SIGN_IN} button").first.click()


@pytest.mark.parametrize(("device", "contact"), [(PLAIN, "13800001234"), (WECHAT_PHONE, "+86 138 0000 1235")])
def test_signing_in_and_following(stroll, device, contact):
    page = stroll("/stations/JA-1202/", **device)
    page.locator("p[id^=follow-] a").click()
    sign_in(page, contact)
    assert page.url.endswith("/stations/JA-1202/")
    form = page.locator("form[id^=follow-]")
    assert form.get_attribute("action") == "/follow/"
    form.locator("button").click()
    form = page.locator("form[id^=follow-][action='/unfollow/']")
    form.wait_for()
    page.goto("/me/follows/")
    assert page.locator("#follows a[href='/stations/JA-1202/']").count() == 1
    page.locator("#follows form button").first.click()
    page.locator("#follows form").wait_for(state="detached")
    assert page.url.endswith("/me/follows/")


@pytest.mark.parametrize("device", [PLAIN, WECHAT_PHONE], ids=["plain", "wechat"])
def test_saying_that_the_door_is_closed(stroll, furnished, device):
    page = stroll(
        "/desk/at/JA-1704/", **device, cookies=[{"name": "linli", "value": furnished["session_bo"]}]
    )
    page.locator("button[name=choice][value^='closed']").first.click()
    assert page.url.endswith("/desk/at/JA-1704/")
    lift = page.locator("form[action='/stations/JA-1704/status/lift/'] button")
    assert lift.is_visible()
    lift.click()
    assert page.locator("form[action='/stations/JA-1704/status/lift/']").count() == 0


def test_saying_it_with_a_reason(stroll, furnished):
    page = stroll("/desk/at/JA-1704/", **PLAIN, cookies=[{"name": "linli", "value": furnished["session_bo"]}])
    page.locator("details:has(form.form) > summary").click()
    form = page.locator("details form.form")
    form.locator("input[name=state][value=full]").check()
    form.locator("input[name=note]").fill("chairs are out")
    form.locator("button").click()
    page.goto("/stations/JA-1704/")
    assert "chairs are out" in page.locator("main").inner_text()
    page.goto("/desk/at/JA-1704/")
    page.locator("form[action='/stations/JA-1704/status/lift/'] button").click()


def test_filtering_and_searching(stroll):
    page = stroll("/stations/", **PLAIN)
    everything = page.locator("#list .row").count()
    page.locator("form.filter select[name=kind]").select_option("courier")
    page.locator("form.filter button").click()
    assert "kind=courier" in page.url
    assert 0 < page.locator("#list .row").count() < everything
    page.goto("/stations/?area=310106012")
    page.locator("form.filter button").click()
    assert "area=310106012" in page.url
    page.goto("/search/")
    page.locator("main input[name=q]").fill("wujiang")
    page.locator("main form[role=search] button").click()
    assert page.locator("#hits .row").count() >= 1
    page.locator("#hits .row a").first.click()
    assert page.locator("h1").is_visible()


def test_choosing_a_look(stroll):
    page = stroll("/contact/", **PLAIN)
    page.locator("footer button[name=language][value=zh-hans]").click()
    assert page.url.endswith("/contact/")
    page.locator("footer button[name=theme][value=dark]").click()
    page.locator("footer button[name=elder][value='1']").click()
    seen = page.locator("html")
    chosen = [seen.get_attribute(name) for name in ("lang", "data-theme", "data-elder")]
    assert chosen == ["zh-hans", "dark", "1"]


def test_complaining(stroll):
    page = stroll("/complaints/new/", **PLAIN)
    page.locator("main textarea").fill("")
    page.locator(f"{SIGN_IN} button").click()
    assert page.locator("main [role=alert] a").get_attribute("href") == "#id_text"
    page.locator("main textarea").fill("The letters are small.")
    page.locator(f"{SIGN_IN} button").click()
    assert "The letters are small." in page.locator("blockquote").inner_text()
    assert page.url in page.locator("input[readonly]").input_value()


def test_stepping_into_the_cast(stroll):
    page = stroll("/", **PLAIN)
    page.locator("aside summary").click()
    page.locator("aside button[value=omar]").click()
    page.goto("/desk/")
    assert page.url.endswith("/desk/at/JA-1201/")
    page.locator("aside summary").click()
    page.locator("aside button[value='']").click()
    assert "/sign-in/" in page.goto("/desk/").url


def test_setting_up(visit, db):
    from linli.site.setting_up import set_up_key

    page = visit("/", **PLAIN)
    assert page.url.endswith("/setup/")
    page.goto(f"/setup/{set_up_key()}/")
    page.locator("button").filter(has_text="Start").click()
    assert page.locator("main [role=alert] li").count() == 3
    for name, typed in (("network", "Harbour"), ("organiser", "Ana"), ("station", "Pier 1")):
        page.locator(f"input[name={name}]").fill(typed)
    page.locator("button").filter(has_text="Start").click()
    assert page.url.endswith("/me/contacts/")
    page.goto("/stations/")
    assert page.locator("#list .row a").all_inner_texts() == ["Pier 1"]
