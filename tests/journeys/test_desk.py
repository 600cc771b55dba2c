"""At the desk: a slip for somebody without a phone, and colleagues who switch with a PIN."""

import re

import pytest

from linli.people.actions import set_pin
from tests.browser.driver import click_through
from tests.factories import make_person, make_role

PINS = {"Omar": "480273", "Ana": "591604"}


@pytest.fixture
def ana(town):
    person = make_person("Ana", language="en")
    make_role(person, town.tower.unit, "worker")
    return person


def test_a_slip_opens_the_door_for_somebody_without_a_phone(phone, browse, omar, town, reachable, axe):
    desk = phone(browse(omar), "/desk/JA-0101/slips/")
    desk.locator("input[name=name]").fill("Apo 𠮷")
    click_through(desk.locator("main form.form button").first)
    axe(desk)
    assert "Apo 𠮷" in desk.locator("main").inner_text()
    code = desk.locator(".slip-code").inner_text()
    assert re.fullmatch(r"[0-9A-Z]{5} [0-9A-Z]{5}", code)

    library = phone(path="/slip/")
    library.locator("input[name=code]").fill(code.lower())
    click_through(library.locator("main form.form button").first)
    library.goto("/me/")
    assert library.locator("h1").inner_text() == "Apo 𠮷"

    second = phone(path="/slip/")
    second.locator("input[name=code]").fill(code)
    click_through(second.locator("main form.form button").first)
    assert second.locator("main [role=alert]").is_visible()
    assert second.locator("input[name=code]").input_value() == code


def test_colleagues_switch_on_the_shared_machine(phone, browse, omar, ana, town):
    for person in (omar, ana):
        set_pin(by=person, pin=PINS[person.name])
    desk = phone(browse(omar, confirmed=True), "/desk/JA-0101/machine/")
    desk.locator("input[name=label]").fill("front desk")
    click_through(desk.locator("main form.form button").last)
    assert desk.locator("main .badge", has_text="this browser").is_visible()
    desk.goto("/me/")
    click_through(desk.locator("main button", has_text="Sign out"))

    for name, other in (("Ana", "Omar"), ("Omar", "Ana")):
        desk.goto("/desk/switch/")
        desk.get_by_label(name, exact=True).check()
        desk.locator("input[name=pin]").fill(PINS[other])
        click_through(desk.locator("main form.form button").first)
        assert desk.locator("main [role=alert]").is_visible()
        desk.get_by_label(name, exact=True).check()
        desk.locator("input[name=pin]").fill(PINS[name])
        click_through(desk.locator("main form.form button").first)
        assert desk.url.endswith("/desk/at/JA-0101/")
        desk.goto("/me/")
        assert desk.locator("h1").inner_text() == name

    elsewhere = phone(path="/desk/switch/")
    assert elsewhere.locator("input[name=pin]").count() == 0
