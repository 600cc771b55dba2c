from datetime import date

import pytest

from linli.areas import tree
from linli.areas.actions import close_unit, merge_units, move_unit
from linli.areas.models import Unit
from linli.kit.rules import Problem, Refused
from tests.areas.growing import DAY, START, facts, grow, organiser

EVE = date(2026, 2, 28)


def test_from_that_day_on_it_is_gone(hamlet):
    close_unit(by=None, unit=hamlet.stairs, on=DAY)

    assert [hamlet.stairs.id in tree.parents(day) for day in (EVE, DAY)] == [True, False]
    assert list(Unit.objects.standing(DAY).filter(code="STAIRS")) == []
    assert [tree.as_is(hamlet.stairs.id, day) for day in (EVE, DAY)] == [hamlet.stairs.id, hamlet.mill.id]
    assert tree.ancestors(hamlet.stairs.id, DAY) == []


def test_who_may(hamlet):
    for somebody in (organiser(hamlet.mill), organiser(hamlet.north)):
        unit = {"MILL": hamlet.stairs, "NORTH": hamlet.quay}[next(iter(somebody.organises))]
        close_unit(by=somebody, unit=unit, on=DAY)
    for somebody, unit in [(organiser(hamlet.mill), hamlet.mill), (organiser(hamlet.city), hamlet.city)]:
        with pytest.raises(Refused):
            close_unit(by=somebody, unit=unit, on=DAY)


def test_refuses_while_units_stand_below(hamlet):
    with pytest.raises(Problem) as problem:
        close_unit(by=None, unit=hamlet.mill, on=DAY)
    assert str(problem.value) == (
        "Name of MILL (MILL) still has units below it: Name of STAIRS (STAIRS). Move or close them first."
    )


def test_refuses_while_units_are_planned_below(hamlet):
    move_unit(by=None, unit=hamlet.stairs, parent=hamlet.quay, on=date(2026, 9, 1))
    for unit in (hamlet.mill, hamlet.quay):
        with pytest.raises(Problem, match="still has units below it"):
            close_unit(by=None, unit=unit, on=DAY)
    close_unit(by=None, unit=hamlet.mill, on=date(2026, 9, 1))


def test_names_five_of_many(hamlet):
    for number in range(7):
        grow(f"ROOM{number}", hamlet.quay)
    with pytest.raises(Problem) as problem:
        close_unit(by=None, unit=hamlet.quay, on=DAY)
    assert str(problem.value).count("ROOM") == 10
    assert "and more" in str(problem.value)


def test_refuses_the_opening_day_and_twice(hamlet):
    with pytest.raises(Problem, match="opens that very day"):
        close_unit(by=None, unit=hamlet.stairs, on=START)
    close_unit(by=None, unit=hamlet.stairs, on=DAY)
    with pytest.raises(Problem, match="is closed since 1 March 2026"):
        close_unit(by=None, unit=hamlet.stairs, on=DAY)


def test_refuses_before_others_became_part_of_it(hamlet):
    merge_units(by=None, units=[hamlet.quay], into=hamlet.south, on=DAY)
    with pytest.raises(Problem) as problem:
        close_unit(by=None, unit=hamlet.south, on=EVE)
    assert str(problem.value) == (
        "Other units become part of Name of SOUTH (SOUTH) after that day: Name of QUAY (QUAY)."
    )


def test_closing_on_the_day_of_its_last_change_leaves_no_empty_version(hamlet):
    move_unit(by=None, unit=hamlet.stairs, parent=hamlet.quay, on=DAY)
    close_unit(by=None, unit=hamlet.stairs, on=DAY)
    assert [(v.parent, v.valid_from, v.valid_until) for v in hamlet.stairs.versions.all()] == [
        (hamlet.mill, START, DAY)
    ]


def test_leaves_its_fact(hamlet):
    close_unit(by=None, unit=hamlet.stairs, on=DAY)
    assert facts("areas.unit_closed") == [("areas.unit/STAIRS", "areas.unit/MILL", {"on": "2026-03-01"})]
