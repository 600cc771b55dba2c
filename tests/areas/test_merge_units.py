from datetime import date

import pytest

from linli.areas import tree
from linli.areas.actions import close_unit, merge_units, move_unit
from linli.kit.rules import Problem, Refused
from tests.areas.growing import DAY, START, facts, grow, organiser

EVE = date(2026, 2, 28)


def test_what_stood_below_moves_and_the_past_finds_its_heir(hamlet):
    merge_units(by=None, units=[hamlet.mill], into=hamlet.quay, on=DAY)

    assert tree.ancestors(hamlet.stairs.id, EVE) == [hamlet.mill.id, hamlet.north.id, hamlet.city.id]
    assert tree.ancestors(hamlet.stairs.id, DAY) == [hamlet.quay.id, hamlet.north.id, hamlet.city.id]
    assert tree.as_is(hamlet.mill.id, DAY) == hamlet.quay.id
    hamlet.mill.refresh_from_db()
    assert (hamlet.mill.closed_on, hamlet.mill.merged_into) == (DAY, hamlet.quay)


def test_a_unit_and_its_own_child(hamlet):
    merge_units(by=None, units=[hamlet.mill, hamlet.stairs], into=hamlet.quay, on=DAY)
    assert set(tree.parents(DAY)) == {hamlet.city.id, hamlet.north.id, hamlet.south.id, hamlet.quay.id}
    assert tree.ancestors(hamlet.stairs.id, EVE)[0] == hamlet.mill.id
    assert not hamlet.stairs.versions.filter(valid_until=None).exists()


def test_many_into_a_unit_of_the_same_day(hamlet):
    whole = grow("WHOLE", hamlet.city, on=DAY)
    merge_units(by=None, units=[hamlet.north, hamlet.south], into=whole, on=DAY)
    assert set(tree.descendants(hamlet.city.id, DAY)) == {
        unit.id for unit in (hamlet.city, whole, hamlet.mill, hamlet.quay, hamlet.stairs)
    }


def test_an_heir_of_an_heir(hamlet):
    merge_units(by=None, units=[hamlet.stairs], into=hamlet.quay, on=DAY)
    merge_units(by=None, units=[hamlet.quay], into=hamlet.mill, on=date(2026, 4, 1))
    close_unit(by=None, unit=hamlet.mill, on=date(2026, 5, 1))
    days = [EVE, DAY, date(2026, 4, 1), date(2026, 5, 1)]
    assert [tree.as_is(hamlet.stairs.id, day) for day in days] == [
        hamlet.stairs.id,
        hamlet.quay.id,
        hamlet.mill.id,
        hamlet.north.id,
    ]


def test_who_may_needs_every_place(hamlet):
    for somebody in (organiser(hamlet.north), organiser(hamlet.city)):
        with pytest.raises(Refused):
            merge_units(by=somebody, units=[hamlet.mill], into=hamlet.south, on=DAY)
    merge_units(by=organiser(hamlet.city, hamlet.north), units=[hamlet.mill], into=hamlet.south, on=DAY)


def test_refuses(hamlet):
    cases = [
        ([], hamlet.quay, "Please choose at least one unit."),
        ([hamlet.quay], hamlet.quay, "A unit cannot become part of itself."),
        (
            [hamlet.north],
            hamlet.stairs,
            "Name of STAIRS (STAIRS) stands below Name of NORTH (NORTH), or is planned to.",
        ),
        (
            [hamlet.city],
            hamlet.north,
            "Name of NORTH (NORTH) stands below Name of CITY (CITY), or is planned to.",
        ),
    ]
    for units, into, sentence in cases:
        with pytest.raises(Problem) as problem:
            merge_units(by=None, units=units, into=into, on=DAY)
        assert str(problem.value) == sentence


def test_refuses_when_a_child_is_already_planned_elsewhere(hamlet):
    move_unit(by=None, unit=hamlet.stairs, parent=hamlet.south, on=date(2026, 9, 1))
    with pytest.raises(Problem, match=r"Later changes of Name of STAIRS .* 1 September 2026 moved"):
        merge_units(by=None, units=[hamlet.mill], into=hamlet.quay, on=DAY)
    assert tree.ancestors(hamlet.stairs.id, DAY)[0] == hamlet.mill.id


def test_refuses_an_heir_that_is_closed_or_not_yet_open(hamlet):
    late = grow("LATE", hamlet.city, on=date(2026, 6, 1))
    with pytest.raises(Problem, match="only opens on 1 June 2026"):
        merge_units(by=None, units=[hamlet.quay], into=late, on=DAY)
    close_unit(by=None, unit=hamlet.stairs, on=DAY)
    with pytest.raises(Problem, match="is closed since"):
        merge_units(by=None, units=[hamlet.quay], into=hamlet.stairs, on=DAY)


def test_leaves_its_facts(hamlet):
    merge_units(by=None, units=[hamlet.mill], into=hamlet.quay, on=DAY)
    data = {"into": "QUAY", "children": 1, "on": "2026-03-01"}
    assert facts("areas.unit_merged") == [("areas.unit/MILL", "areas.unit/NORTH", data)]
    assert [subject for subject, _scope, _data in facts("areas.unit_moved")] == ["areas.unit/STAIRS"]


@pytest.mark.parametrize("children", [1, 3, 40])
def test_moving_the_children_costs_the_same_for_any_number(hamlet, children, django_assert_num_queries):
    for number in range(children):
        grow(f"ROOM{number}", hamlet.quay, on=START)
    # Each child's own fact is one insert; the tree itself needs 24.
    with django_assert_num_queries(24 + children):
        merge_units(by=None, units=[hamlet.quay], into=hamlet.south, on=DAY)
