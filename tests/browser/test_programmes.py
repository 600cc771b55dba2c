"""Journeys at phone size: the last seat and the one who waits, a typhoon, a chain of thirty lines."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from linli.ledger.work import drain
from linli.programmes.models import SignUp
from tests.browser.driver import PHONE
from tests.factories import make_programme, make_session, make_sign_up
from tests.programmes.test_read_chain import CHAIN

ENGLISH = PHONE | {"language": "en"}


@pytest.fixture
def ride(town):
    return make_session(make_programme(town.tower.unit, en="Weekend ride"), town.tower, capacity=1)


def test_the_last_seat_is_taken_and_the_next_one_is_offered_it(visit, signed_in, ride, mei, lena, axe):
    mine = visit("/programmes/", cookies=signed_in(mei), **ENGLISH)
    mine.get_by_role("link", name="Weekend ride").click()
    mine.get_by_role("link", name="Take a seat").click()
    mine.get_by_role("button", name="Take a seat").click()
    expect(mine.get_by_alt_text("Code for the door")).to_be_visible()
    axe(mine)

    hers = visit("/sessions/SES-1/", cookies=signed_in(lena), **ENGLISH)
    expect(hers.get_by_text("All seats are taken; nobody waits yet.")).to_be_visible()
    hers.get_by_role("link", name="Join the waiting list").click()
    hers.get_by_role("button", name="Put me on the waiting list").click()
    expect(hers.get_by_text("on the waiting list")).to_be_visible()

    mine.get_by_role("button", name="Give my seat back").click()
    expect(mine.get_by_text("given back")).to_be_visible()
    drain()

    hers.goto("/me/inbox/")
    hers.get_by_role("link", name=re.compile("A seat is free for you")).click()
    hers.get_by_role("link", name="Your ticket").click()
    axe(hers)
    hers.get_by_role("button", name="Take the seat").click()
    expect(hers.get_by_text("has a seat")).to_be_visible()
    assert sorted(SignUp.objects.values_list("state", flat=True)) == ["cancelled", "confirmed"]


def test_a_typhoon_cancels_a_ride_and_the_unreached_are_called(visit, signed_in, town, omar, axe):
    ride = make_session(
        make_programme(town.tower.unit, en="Weekend ride"), town.tower, starts_in=timedelta(hours=9)
    )
    make_sign_up(ride, "阿婆", contact="+8613800001234", by_desk=True)
    make_sign_up(ride, "阿公", by_desk=True)
    page = visit("/sessions/SES-1/", cookies=signed_in(omar), **ENGLISH)
    page.get_by_role("link", name="Cancel it").click()
    page.get_by_label("Why").fill("台风")
    page.get_by_role("button", name="Cancel it for everybody").click()
    expect(page.get_by_text("This session is cancelled.")).to_be_visible()
    drain()
    page.get_by_role("link", name="Arrivals and calls").click()
    untold = page.get_by_role("region", name="Nobody has told them yet")
    expect(untold.locator("a[href='tel:+8613800001234']")).to_be_visible()
    axe(page)
    for left in (1, 0):
        untold.get_by_role("button", name=re.compile("^Told")).first.click()
        expect(untold.get_by_role("button", name=re.compile("^Told"))).to_have_count(left)
    assert list(SignUp.objects.values_list("knows", flat=True)) == [1, 1]


def test_a_chain_of_thirty_lines_is_twenty_eight_attendees_and_two_questions(
    visit, signed_in, town, omar, axe
):
    make_session(make_programme(town.tower.unit), town.tower, capacity=28)
    page = visit("/sessions/SES-1/chain/", cookies=signed_in(omar), **ENGLISH)
    page.get_by_label("The chain").fill(CHAIN)
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("heading", name="28 attendees")).to_be_visible()
    expect(page.get_by_role("heading", name="2 lines to look at")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Sign them up").click()
    expect(page.get_by_role("status").get_by_text("28 have a seat.")).to_be_visible()
    assert SignUp.objects.filter(state="confirmed").count() == 28
