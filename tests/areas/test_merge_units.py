from datetime import date

import pytest

from linli.areas import tree
from linli.areas.actions import close_unit, merge_units, move_unit
from linli.kit.rules import Problem, Refused
from tests.areas.growing import DAY, START, facts, grow, organiser

EVE = date(2026, 2, 28)


def test_what_stood_below_moves_and_the_past_finds_its_heir(town):
    merge_units(by=None, units=[town.mill], into=town.quay, on=DAY)

    assert tree.ancestors(town.stairs.id, EVE) == [town.mill.id, town.north.id, town.city.id]
    assert tree.ancestors(town.stairs.id, DAY) == [town.quay.id, town.north.id, town.city.id]
    assert tree.as_is(town.mill.id, DAY) == town.quay.id
    town.mill.refresh_from_db()
    assert (town.mill.closed_on, town.mill.merged_into) == (DAY, town.quay)


def test_many_into_a_unit_of_the_same_day(town):
    whole = grow("WHOLE", town.city, on=DAY)
    merge_units(by=None, units=[town.north, town.south], into=whole, on=DAY)
    assert set(tree.descendants(town.city.id, DAY)) == {
        unit.id for unit in (town.city, whole, town.mill, town.quay, town.stairs)
    }


def test_an_heir_of_an_heir(town):
    merge_units(by=None, units=[town.stairs], into=town.quay, on=DAY)
    merge_units(by=None, units=[town.quay], into=town.mill, on=date(2026, 4, 1))
    close_unit(by=None, unit=town.mill, on=date(2026, 5, 1))
    days = [EVE, DAY, date(2026, 4, 1), date(2026, 5, 1)]
    assert [tree.as_is(town.stairs.id, day) for day in days] == [
        town.stairs.id,
        town.quay.id,
        town.mill.id,
        town.north.id,
    ]


def test_who_may_needs_every_place(town):
    for somebody in (organiser(town.north), organiser(town.city)):
        with pytest.raises(Refused):
            merge_units(by=somebody, units=[town.mill], into=town.south, on=DAY)
    merge_units(by=organiser(town.city, town.north), units=[town.mill], into=town.south, on=DAY)


def test_refuses(town):
    cases = [
        ([], town.quay, "Please choose at least one unit."),
        ([town.quay], town.quay, "Please choose at least one unit."),
        (
            [town.north],
            town.stairs,
            "Name of STAIRS (STAIRS) stands below Name of NORTH (NORTH), or is planned to.",
        ),
        (
            [town.city],
            town.north,
            "Name of NORTH (NORTH) stands below Name of CITY (CITY), or is planned to.",
        ),
    ]
    for units, into, sentence in cases:
        with pytest.raises(Problem) as problem:
            merge_units(by=None, units=units, into=into, on=DAY)
        assert str(problem.value) == sentence


def test_refuses_when_a_child_is_already_planned_elsewhere(town):
    move_unit(by=None, unit=town.stairs, parent=town.south, on=date(2026, 9, 1))
    with pytest.raises(Problem, match=r"Later changes of Name of STAIRS .* 1 September 2026 moved"):
        merge_units(by=None, units=[town.mill], into=town.quay, on=DAY)
    assert tree.ancestors(town.stairs.id, DAY)[0] == town.mill.id


def test_refuses_an_heir_that_is_closed_or_not_yet_open(town):
    late = grow("LATE", town.city, on=date(2026, 6, 1))
    with pytest.raises(Problem, match="only opens on 1 June 2026"):
        merge_units(by=None, units=[town.quay], into=late, on=DAY)
    close_unit(by=None, unit=town.stairs, on=DAY)
    with pytest.raises(Problem, match="is closed since"):
        merge_units(by=None, units=[town.quay], into=town.stairs, on=DAY)


def test_leaves_its_facts(town):
    merge_units(by=None, units=[town.mill], into=town.quay, on=DAY)
    data = {"into": "QUAY", "children": 1, "on": "2026-03-01"}
    assert facts("areas.unit_merged") == [("areas.unit/MILL", "areas.unit/NORTH", data)]
    assert [subject for subject, _scope, _data in facts("areas.unit_moved")] == ["areas.unit/STAIRS"]


@pytest.mark.parametrize("children", [1, 3, 40])
def test_moving_the_children_costs_the_same_for_any_number(town, children, django_assert_num_queries):
    for number in range(children):
        grow(f"ROOM{number}", town.quay, on=START)
    # Each child's own fact is one insert; the tree itself needs 22.
    with django_assert_num_queries(22 + children):
        merge_units(by=None, units=[town.quay], into=town.south, on=DAY)
