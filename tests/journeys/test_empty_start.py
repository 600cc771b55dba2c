"""An empty installation: from the link that was printed to a station that a visitor finds open."""

import pyotp

from linli.areas.models import Unit
from linli.site.setting_up import set_up_key
from tests.browser.driver import click_through


def pass_second_factor(page) -> None:
    """Sets the app up with the letters on the page, as a phone's app would."""
    click_through(page.locator("main button").first)
    letters = page.locator("main .slip-code").inner_text().replace(" ", "")
    page.locator("input[name=digits]").fill(pyotp.TOTP(letters).now())
    click_through(page.locator("main form.form button").first)


def test_from_the_link_to_an_open_door(phone, db, axe, settle):
    ana = phone()
    assert ana.url.endswith("/setup/")
    axe(ana)
    ana.goto(f"/setup/{set_up_key()}/")
    axe(ana)
    for name, typed in (("network", "Harbour"), ("organiser", "Ana"), ("station", "Pier One")):
        ana.locator(f"input[name={name}]").fill(typed)
    click_through(ana.locator("main form.form button").first)
    assert ana.url.endswith("/me/contacts/")

    ana.goto("/desk/")
    assert "/me/second-factor/set-up/" in ana.url
    pass_second_factor(ana)
    assert ana.locator("main .recovery li").count() == 8
    axe(ana)

    ana.goto("/areas/network/open/")
    ana.locator("input[name=name_en]").fill("North Bank")
    ana.locator("select[name=kind]").select_option("subdistrict")
    click_through(ana.locator("main form.form button").first)
    assert ana.locator("h1").inner_text() == "North Bank subdistrict"
    assert Unit.objects.filter(kind="subdistrict").count() == 1

    ana.goto("/desk/")
    assert "/desk/at/" in ana.url
    click_through(ana.locator("main a", has_text="Opening hours"))
    for day in range(7):
        ana.locator(f"input[name=day{day}]").fill("0:00-24:00")
    click_through(ana.locator("main form.form button").first)
    assert ana.locator("#preview td").first.inner_text() == "around the clock"
    click_through(ana.locator("#preview button"))
    assert "/desk/at/" in ana.url
    settle()

    visitor = phone()
    assert visitor.locator("h1").inner_text() == "Harbour"
    click_through(visitor.locator("main a", has_text="Pier One"))
    assert "Open around the clock" in visitor.locator("main").inner_text()

    again = phone(path=f"/setup/{set_up_key()}/")
    assert again.locator("input[name=network]").count() == 0
