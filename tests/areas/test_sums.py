"""Figures add up whichever tree they are drawn by."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.areas import tree
from linli.areas.actions import Part, close_unit, insert_level, merge_units, move_unit, split_unit
from linli.areas.sums import as_it_is, as_it_was, roll_up
from tests.areas.growing import START

MONTH = [date(2026, 2, 1) + timedelta(days=number) for number in range(28)]
TODAY = date(2026, 3, 15)
PART = {"kind": "block", "language": "en"}


def insert(hamlet):
    insert_level(
        by=None,
        parent=hamlet.north,
        children=[hamlet.mill],
        on=date(2026, 2, 10),
        name="Grid",
        code="GRID",
        **PART,
    )


def merge(hamlet):
    merge_units(by=None, units=[hamlet.mill], into=hamlet.quay, on=date(2026, 2, 10))


def move(hamlet):
    move_unit(by=None, unit=hamlet.mill, parent=hamlet.south, on=date(2026, 2, 10))


def split(hamlet):
    parts = [
        Part(name="A", code="A", children=[hamlet.mill], **PART),
        Part(name="B", children=[hamlet.quay], **PART),
    ]
    split_unit(by=None, unit=hamlet.north, parts=parts, on=date(2026, 2, 10), closes=True)


def close(hamlet):
    close_unit(by=None, unit=hamlet.quay, on=date(2026, 2, 10))


def month_of(leaves) -> list[tuple]:
    """A number per leaf and day, different everywhere, for the days on which the leaf stood."""
    return [
        (day, leaf.id, 1 + 7 * position + day.day)
        for day in MONTH
        for position, leaf in enumerate(leaves)
        if leaf.id in tree.parents(day)
    ]


@pytest.mark.parametrize("change", [insert, merge, move, split, close])
def test_last_months_total_is_the_same_by_both_trees(hamlet, change):
    change(hamlet)
    figures = month_of([hamlet.stairs, hamlet.quay, hamlet.south])
    total = sum(number for _day, _unit, number in figures)

    was, now = as_it_was(figures), as_it_is(figures, TODAY)

    assert was[hamlet.city.id] == now[hamlet.city.id] == total
    assert was[None] == now[None] == 0


def test_each_tree_tells_its_own_story(hamlet):
    move(hamlet)
    figures = [(day, hamlet.stairs.id, 1) for day in MONTH]
    was, now = as_it_was(figures), as_it_is(figures, TODAY)
    assert (was[hamlet.north.id], was[hamlet.south.id]) == (9, 19)
    assert (now[hamlet.north.id], now[hamlet.south.id]) == (0, 28)
    assert was[hamlet.mill.id] == now[hamlet.mill.id] == 28


def test_what_had_no_place_that_day_is_told_apart(hamlet):
    close(hamlet)
    figures = [
        (MONTH[0], hamlet.quay.id, 5),
        (MONTH[-1], hamlet.quay.id, 3),
        (START - timedelta(days=1), hamlet.mill.id, 2),
    ]
    was = as_it_was(figures)
    assert (was[hamlet.city.id], was[None]) == (5, 5)
    assert as_it_is(figures, TODAY)[hamlet.north.id] == 10


def test_no_figures_no_sums(db):
    assert as_it_was([]) == as_it_is([]) == Counter()


@pytest.mark.parametrize("days", [1, 3, 28])
def test_a_month_is_one_query_and_today_two(hamlet, days, django_assert_num_queries):
    figures = [(day, hamlet.stairs.id, 1) for day in MONTH[:days]]
    with django_assert_num_queries(1):
        as_it_was(figures)
    with django_assert_num_queries(2):
        as_it_is(figures, TODAY)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=10), st.data())
def test_every_level_adds_up_to_the_whole(numbers, data):
    parent_of = {0: None} | {unit: data.draw(st.integers(0, unit - 1)) for unit in range(1, len(numbers))}
    totals = roll_up(dict(enumerate(numbers)), parent_of)
    assert totals[0] == sum(numbers)
    for unit, number in enumerate(numbers):
        assert totals[unit] == number + sum(
            totals[child] for child, parent in parent_of.items() if parent == unit
        )
