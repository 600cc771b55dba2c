"""The public pages: a tree of any day, a unit with its history."""

from datetime import date

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse

from linli.areas.actions import close_unit, insert_level, merge_units, move_unit, rename_unit
from linli.areas.browse import MOST_ON_A_LEVEL
from linli.areas.history import told
from tests.areas.growing import DAY, grow

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel("2026-11-23 09:00+08:00"):
        yield


def see(browse, path, **query):
    response = browse().get(path, query)
    assert response.status_code == 200
    return response.text


def test_the_tree_of_today_and_of_another_day(hamlet, browse):
    move_unit(by=None, unit=hamlet.mill, parent=hamlet.south, on=DAY)
    today, before = browse().get("/areas/"), browse().get("/areas/", {"on": "2026-02-28"})

    def shape(branch):
        return {branch.standing.code: [shape(below) for below in branch.below]}

    stairs, quay = {"STAIRS": []}, {"QUAY": []}
    assert shape(today.context["top"]) == {"CITY": [{"NORTH": [quay]}, {"SOUTH": [{"MILL": [stairs]}]}]}
    assert shape(before.context["top"]) == {"CITY": [{"NORTH": [{"MILL": [stairs]}, quay]}, {"SOUTH": []}]}
    assert "Name of MILL" in today.text
    for page, address in ((today, "/areas/MILL/"), (before, "/areas/MILL/?on=2026-02-28")):
        assert page.text.count(f'href="{address}"') == 1


def test_the_tree_is_kept_until_something_changes(hamlet, browse):
    kept = see(browse, "/areas/")
    rename_unit(by=None, unit=hamlet.mill, on=TODAY, name="The Mill", language="en")
    assert "Name of MILL" in kept
    assert "The Mill" in see(browse, "/areas/")


def test_an_empty_installation_is_told_how_to_begin(db, browse):
    assert "No tree on that day" in see(browse, "/areas/")


def test_a_level_too_long_is_counted_not_shown(hamlet, browse):
    for number in range(MOST_ON_A_LEVEL):
        grow(f"R{number}", hamlet.north)
    text = see(browse, "/areas/")
    assert "Name of R5" not in text
    assert f"{MOST_ON_A_LEVEL + 2} units below" in text


def test_a_unit_as_it_is_and_as_it_was(hamlet, browse):
    rename_unit(by=None, unit=hamlet.mill, on=DAY, name="The Mill", language="en")
    move_unit(by=None, unit=hamlet.mill, parent=hamlet.south, on=date(2026, 6, 1))
    now = browse().get("/areas/MILL/").context
    was = browse().get("/areas/MILL/", {"on": "2026-02-28"}).context
    assert ([each.code for each in now["above"]], now["standing"].name) == (["CITY", "SOUTH"], "The Mill")
    assert ([each.code for each in was["above"]], was["standing"].name) == (["CITY", "NORTH"], "Name of MILL")


def test_its_history_says_what_was_planned_and_what_came_late(hamlet, browse):
    rename_unit(by=None, unit=hamlet.quay, on=TODAY, name="Quay", language="en")
    move_unit(by=None, unit=hamlet.quay, parent=hamlet.south, on=date(2027, 1, 1))
    lines = told(hamlet.quay, TODAY)
    assert [(line.change.what, line.is_planned, line.change.was_late) for line in lines] == [
        ("moved", True, False),
        ("renamed", False, False),
        ("opened", False, True),
    ]
    assert (lines[0].before_parent.name, lines[0].after_parent.name) == ("Name of NORTH", "Name of SOUTH")
    text = see(browse, "/areas/QUAY/")
    assert text.count("planned") == 1
    assert text.count("entered late, on 23 November 2026") == 1


def test_history_uses_the_names_of_the_day(hamlet):
    rename_unit(by=None, unit=hamlet.north, on=DAY, name="The North", language="en")
    move_unit(by=None, unit=hamlet.mill, parent=hamlet.south, on=DAY)
    moved, opened = told(hamlet.mill, TODAY)
    assert moved.before_parent.name == "Name of NORTH"
    assert opened.after_parent.name == "Name of NORTH"


def test_a_level_above_the_root_is_told(hamlet, browse):
    insert_level(
        by=None,
        parent=None,
        children=[hamlet.city],
        on=DAY,
        kind="region",
        name="Land",
        language="en",
        code="LAND",
    )
    text = see(browse, "/areas/CITY/")
    assert "It moved: the top → Land" in " ".join(text.split())
    assert "It opened at the top of the tree." in text


def test_a_unit_that_ended_leads_to_its_heir(hamlet, browse):
    merge_units(by=None, units=[hamlet.mill], into=hamlet.quay, on=DAY)
    ended, heir = see(browse, "/areas/MILL/"), see(browse, "/areas/QUAY/")
    assert "This unit ended on 1 March 2026." in ended
    assert "What it counted is now counted with:" in ended
    assert ended.count('href="/areas/QUAY/"') == 2
    assert "Became part of it:" in heir
    assert "This unit ended" not in see(browse, "/areas/MILL/", on="2026-02-28")


def test_a_unit_that_is_planned_shows_how_it_starts(hamlet, browse):
    grow("NEW", hamlet.north, on=date(2027, 1, 1))
    assert "it opens on 1 January 2027" in see(browse, "/areas/NEW/")


def test_a_unit_that_closed_without_an_heir_counts_above(hamlet, browse):
    close_unit(by=None, unit=hamlet.stairs, on=DAY)
    assert browse().get("/areas/STAIRS/").context["heir"].code == "MILL"


@pytest.mark.parametrize("day", ["yesterday", "2026-02-30", "９" * 10_000])
def test_a_day_that_is_none_is_said_so(hamlet, browse, day):
    for path in ("/areas/", "/areas/MILL/"):
        response = browse().get(path, {"on": day[:3000]})
        assert response.status_code == 422
        assert "Enter a valid date." in response.text


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_far_days_answer_too(hamlet, browse, day):
    for path in ("/areas/", "/areas/MILL/"):
        assert browse().get(path, {"on": day}).status_code == 200


def test_an_unknown_code_is_not_found(hamlet, browse):
    assert browse().get("/areas/NOWHERE/").status_code == 404


def test_a_name_in_another_language_says_which(hamlet, browse):
    rename_unit(by=None, unit=hamlet.mill, on=DAY, name="磨坊", language="zh-hans")
    assert '<span lang="zh-hans">磨坊</span>' in see(browse, "/areas/MILL/")


@pytest.mark.parametrize("rows", [1, 3, 60])
def test_a_page_costs_the_same_for_any_number_of_units(hamlet, browse, rows, django_assert_num_queries):
    for number in range(rows):
        grow(f"R{number}", hamlet.stairs)
    visitor = browse()
    visitor.get("/areas/")
    with django_assert_num_queries(2):
        visitor.get("/areas/")
    cache.clear()
    with django_assert_num_queries(7):
        visitor.get("/areas/")
    with django_assert_num_queries(9):
        visitor.get("/areas/STAIRS/")


def test_long_lists_have_pages(hamlet, browse):
    for number in range(101):
        grow(f"R{number}", hamlet.quay)
    assert "Page 1 of 2" in see(browse, "/areas/QUAY/")
    assert see(browse, reverse("areas:unit", args=["QUAY"]), page=2).count("Name of R") == 1
