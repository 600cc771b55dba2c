from datetime import date

import pytest

from linli.areas import tree
from linli.areas.actions import close_unit, move_unit
from linli.kit.rules import Problem, Refused
from tests.areas.growing import DAY, facts, grow, organiser

EVE = date(2026, 2, 28)
LATER = date(2026, 9, 1)


def test_it_moves_with_everything_below_it(town):
    move_unit(by=None, unit=town.mill, parent=town.south, on=DAY)

    assert tree.ancestors(town.stairs.id, EVE) == [town.mill.id, town.north.id, town.city.id]
    assert tree.ancestors(town.stairs.id, DAY) == [town.mill.id, town.south.id, town.city.id]
    assert set(tree.descendants(town.south.id, EVE)) == {town.south.id}
    assert set(tree.descendants(town.south.id, DAY)) == {town.south.id, town.mill.id, town.stairs.id}


def test_who_may_needs_both_places(town):
    move_unit(by=organiser(town.north, town.south), unit=town.mill, parent=town.south, on=DAY)
    for somebody in (organiser(town.north), organiser(town.south), organiser(town.mill)):
        with pytest.raises(Refused):
            move_unit(by=somebody, unit=town.quay, parent=town.south, on=DAY)


@pytest.mark.parametrize(
    ("unit", "parent", "sentence"),
    [
        ("mill", "mill", "A unit cannot stand under itself."),
        ("north", "stairs", "Name of STAIRS (STAIRS) stands below Name of NORTH (NORTH), or is planned to."),
        ("mill", "north", "It stands there already."),
        ("city", "stairs", "Name of CITY (CITY) is at the top of the tree."),
    ],
)
def test_refuses(town, unit, parent, sentence):
    with pytest.raises(Problem) as problem:
        move_unit(by=None, unit=getattr(town, unit), parent=getattr(town, parent), on=DAY)
    assert (str(problem.value), problem.value.field) == (sentence, "parent")


def test_refuses_a_ring_that_only_a_planned_move_would_close(town):
    move_unit(by=None, unit=town.south, parent=town.stairs, on=LATER)
    with pytest.raises(Problem, match="or is planned to"):
        move_unit(by=None, unit=town.north, parent=town.south, on=DAY)


def test_allows_what_only_an_earlier_place_would_forbid(town):
    move_unit(by=None, unit=town.mill, parent=town.south, on=DAY)
    move_unit(by=None, unit=town.north, parent=town.mill, on=DAY)
    assert tree.ancestors(town.quay.id, DAY) == [town.north.id, town.mill.id, town.south.id, town.city.id]
    assert tree.ancestors(town.mill.id, EVE) == [town.north.id, town.city.id]


def test_refuses_a_parent_that_will_close(town):
    close_unit(by=None, unit=town.south, on=LATER)
    with pytest.raises(Problem, match="closes on 1 September 2026"):
        move_unit(by=None, unit=town.mill, parent=town.south, on=DAY)


def test_leaves_its_fact(town):
    move_unit(by=None, unit=town.mill, parent=town.south, on=DAY)
    assert facts("areas.unit_moved") == [
        ("areas.unit/MILL", "areas.unit/SOUTH", {"before": "NORTH", "parent": "SOUTH", "on": "2026-03-01"})
    ]


@pytest.mark.parametrize("levels", [1, 3, 12])
def test_a_query_for_each_level_above_at_most(town, levels, django_assert_max_num_queries):
    deep = town.quay
    for number in range(levels):
        deep = grow(f"DEEP{number}", deep)
    with django_assert_max_num_queries(20 + levels):
        move_unit(by=None, unit=town.mill, parent=deep, on=DAY)
