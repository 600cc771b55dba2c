from datetime import date

import pytest

from linli.areas import tree
from linli.areas.actions import close_unit, move_unit
from linli.kit.rules import Problem, Refused
from tests.areas.growing import DAY, facts, grow, organiser

EVE = date(2026, 2, 28)
LATER = date(2026, 9, 1)


def test_it_moves_with_everything_below_it(hamlet):
    move_unit(by=None, unit=hamlet.mill, parent=hamlet.south, on=DAY)

    assert tree.ancestors(hamlet.stairs.id, EVE) == [hamlet.mill.id, hamlet.north.id, hamlet.city.id]
    assert tree.ancestors(hamlet.stairs.id, DAY) == [hamlet.mill.id, hamlet.south.id, hamlet.city.id]
    assert set(tree.descendants(hamlet.south.id, EVE)) == {hamlet.south.id}
    assert set(tree.descendants(hamlet.south.id, DAY)) == {hamlet.south.id, hamlet.mill.id, hamlet.stairs.id}


def test_who_may_needs_both_places(hamlet):
    move_unit(by=organiser(hamlet.north, hamlet.south), unit=hamlet.mill, parent=hamlet.south, on=DAY)
    for somebody in (organiser(hamlet.north), organiser(hamlet.south), organiser(hamlet.mill)):
        with pytest.raises(Refused):
            move_unit(by=somebody, unit=hamlet.quay, parent=hamlet.south, on=DAY)


@pytest.mark.parametrize(
    ("unit", "parent", "sentence"),
    [
        ("mill", "mill", "A unit cannot stand under itself."),
        ("north", "stairs", "Name of STAIRS (STAIRS) stands below Name of NORTH (NORTH), or is planned to."),
        ("mill", "north", "It stands there already."),
        ("city", "stairs", "Name of CITY (CITY) is at the top of the tree."),
    ],
)
def test_refuses(hamlet, unit, parent, sentence):
    with pytest.raises(Problem) as problem:
        move_unit(by=None, unit=getattr(hamlet, unit), parent=getattr(hamlet, parent), on=DAY)
    assert (str(problem.value), problem.value.field) == (sentence, "parent")


def test_refuses_a_ring_that_only_a_planned_move_would_close(hamlet):
    move_unit(by=None, unit=hamlet.south, parent=hamlet.stairs, on=LATER)
    with pytest.raises(Problem, match="or is planned to"):
        move_unit(by=None, unit=hamlet.north, parent=hamlet.south, on=DAY)


def test_allows_what_only_an_earlier_place_would_forbid(hamlet):
    move_unit(by=None, unit=hamlet.mill, parent=hamlet.south, on=DAY)
    move_unit(by=None, unit=hamlet.north, parent=hamlet.mill, on=DAY)
    assert tree.ancestors(hamlet.quay.id, DAY) == [
        hamlet.north.id,
        hamlet.mill.id,
        hamlet.south.id,
        hamlet.city.id,
    ]
    assert tree.ancestors(hamlet.mill.id, EVE) == [hamlet.north.id, hamlet.city.id]


def test_refuses_a_parent_that_will_close(hamlet):
    close_unit(by=None, unit=hamlet.south, on=LATER)
    with pytest.raises(Problem, match="closes on 1 September 2026"):
        move_unit(by=None, unit=hamlet.mill, parent=hamlet.south, on=DAY)


def test_leaves_its_fact(hamlet):
    move_unit(by=None, unit=hamlet.mill, parent=hamlet.south, on=DAY)
    assert facts("areas.unit_moved") == [
        ("areas.unit/MILL", "areas.unit/SOUTH", {"before": "NORTH", "parent": "SOUTH", "on": "2026-03-01"})
    ]


@pytest.mark.parametrize("levels", [1, 3, 12])
def test_a_query_for_each_level_above_at_most(hamlet, levels, django_assert_max_num_queries):
    deep = hamlet.quay
    for number in range(levels):
        deep = grow(f"DEEP{number}", deep)
    with django_assert_max_num_queries(20 + levels):
        move_unit(by=None, unit=hamlet.mill, parent=deep, on=DAY)
