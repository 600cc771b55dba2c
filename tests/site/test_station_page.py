"""A station's own page: what is behind its door, in an order people look for it."""

import re
from datetime import date, time

import pytest
from django.core.cache import cache

from linli.directory.actions import Hours, declare_status, set_hours
from linli.directory.models import (
    Difficulty,
    Entrance,
    Facility,
    OpeningRule,
    Room,
    Service,
    ServiceAtStation,
    Station,
)
from tests.factories import LONG_AGO, make_neighbours, make_organisation


@pytest.fixture
def show(browse):
    def shown(code="JA-0101", language="en"):
        cache.clear()
        client = browse()
        client.cookies["linli-language"] = language
        return client.get(f"/stations/{code}/").content.decode()

    return shown


def headings(html):
    return re.findall(r"<h2[^>]*>([^<]+)<", html.partition("<main")[2])


def test_everything_in_its_order(town, show):
    make_neighbours(town.west, town.tower)
    Station.objects.filter(pk=town.tower.pk).update(how_it_works="Together.")
    words = {"station": town.tower, "language": "en"}
    Facility.objects.create(kind="water", **words)
    Entrance.objects.create(name="East door", **words)
    Room.objects.create(name="Hall", **words)
    Difficulty.objects.create(what="Noise", since=LONG_AGO, **words)
    assert headings(show()) == [
        "Where and how",
        "How it works",
        "What it offers",
        "Which door",
        "Rooms",
        "What is hard here",
        "Buildings it serves",
        "Part of",
        "Opening hours",
    ]


def test_what_is_not_there_is_not_mentioned(town, show):
    assert headings(show()) == ["Where and how", "Opening hours"]


def test_services_for_persons_and_for_firms_stand_apart(town, show):
    for name, audience in (("Law", "all"), ("Health", "person"), ("Taxes", "firm")):
        service = Service.objects.create(name=name, audience=audience, language="en")
        ServiceAtStation.objects.create(service=service, station=town.tower)
    page = show()
    assert page.index("Law") < page.index("Services for firms") < page.index("Taxes")
    assert page.index("Services for you") < page.index("Health") < page.index("Services for firms")


def test_facilities_stand_in_the_order_of_their_kinds_whatever_order_they_were_entered_in(town, show):
    for kind in ("printer", "ebike_charging", "water"):
        Facility.objects.create(station=town.tower, kind=kind, indoors=False, language="en")
    drawn = re.findall(r"icons[^\"]*\.svg#(water|ebike_charging|printer)\"", show())
    assert drawn == ["water", "ebike_charging", "printer"]


def test_an_entrance_says_its_steps_the_bike_and_its_own_hours(town, show):
    night = Entrance.objects.create(
        station=town.tower,
        name="Night door",
        language="en",
        steps=3,
        directions="Ring the bell.",
        bike="In the yard.",
    )
    OpeningRule.objects.create(station=town.tower, entrance=night, weekday=0, opens=time(22), closes=time(6))
    Entrance.objects.create(station=town.tower, name="Ramp", language="en", steps=0)
    Entrance.objects.create(station=town.tower, name="Unknown door", language="en")
    page = show()
    assert [sentence in page for sentence in ("3 steps", "Ring the bell.", "In the yard.")] == [True] * 3
    assert "Monday: 22:00–06:00 the next day" in page
    assert page.count("Step-free") == 1


def test_the_door_is_said_once(town, show):
    Station.objects.filter(pk=town.tower.pk).update(directions="Behind the tree.")
    assert "Behind the tree." in show()
    Entrance.objects.create(station=town.tower, name="Door", language="en", directions="Left.")
    assert "Behind the tree." not in show()


def test_a_difficulty_that_has_ended_is_not_shown(town, show, today):
    Difficulty.objects.create(station=town.tower, language="en", what="Noise", since=LONG_AGO, ended_on=today)
    assert "Noise" not in show()


@pytest.mark.parametrize(
    ("by", "sentence"),
    [
        ("desk", "Checked on 2 January 2026 by the station."),
        ("area", "Checked on 2 January 2026 by the area."),
        ("source", "Checked on 2 January 2026 by the source it came from."),
        ("", "Checked on 2 January 2026."),
    ],
)
def test_who_checked_it_is_a_place_and_no_name(town, show, by, sentence):
    Station.objects.filter(pk=town.tower.pk).update(checked_on=date(2026, 1, 2), checked_by=by)
    assert sentence in show()


def test_nobody_checked_it(town, show):
    assert "Nobody has checked this page yet." in show()


def test_the_operator_has_a_page(town, show):
    firm = make_organisation("ORG-9", "梧桐里", town.west)
    Station.objects.filter(pk=town.tower.pk).update(operator=firm)
    assert 'href="/organisations/ORG-9/"' in show()


def test_what_never_closes_and_holidays_are_said(town, show):
    Station.objects.filter(pk=town.tower.pk).update(all_day_zone="The hall", follows_holidays=True)
    page = show()
    assert "Stays open around the clock: The hall" in re.sub(r"<[^>]+>", "", page).replace("\n", " ")
    assert "Public holidays and make-up workdays change these hours." in page


def test_what_is_kept_holds_until_the_station_s_next_fact(town, browse, omar, today):
    """Rows that change without a fact, as a renamed building, are seen a minute later; the desk's own at once."""
    visitor, elsewhere = browse(), browse()
    Facility.objects.create(station=town.tower, kind="water", language="en", note="By the east door.")
    assert b"By the east door." in visitor.get("/stations/JA-0101/").content
    Facility.objects.update(note="By the west door.")
    assert b"By the east door." in elsewhere.get("/stations/JA-0101/").content
    set_hours(by=omar, station=town.tower, hours=[Hours(day, time(10), time(11)) for day in range(7)])
    page = elsewhere.get("/stations/JA-0101/").content
    assert (b"By the west door." in page, b"10:00\xe2\x80\x9311:00" in page) == (True, True)


def test_a_page_that_is_kept_asks_one_question(town, browse, django_assert_num_queries):
    client = browse()
    client.get("/stations/JA-0101/")
    with django_assert_num_queries(1):
        client.get("/stations/JA-0101/")


def test_what_the_door_says_is_never_kept(town, browse, omar):
    client = browse()
    client.get("/stations/JA-0101/")
    declare_status(by=omar, station=town.tower, state="full", note="Back soon")
    page = client.get("/stations/JA-0101/").content.decode()
    assert ("Full until" in page, "Back soon" in page) == (True, True)


def test_each_language_is_kept_for_itself(town, show, browse):
    for language, heading in (("en", "Opening hours"), ("zh-hans", "开放时间")):
        client = browse()
        client.cookies["linli-language"] = language
        assert heading in client.get("/stations/JA-0101/").content.decode()
