from datetime import date

import pytest

from linli.areas import tree
from linli.areas.actions import close_unit, move_unit, rename_unit
from linli.kit.rules import Problem, Refused
from tests.areas.growing import DAY, START, facts, organiser


def name_on(unit, day):
    return tree.standing([unit.id], day)[unit.id].name


def test_from_that_day_on_the_new_name(hamlet):
    rename_unit(
        by=None,
        unit=hamlet.mill,
        on=DAY,
        name="磨坊",
        language="zh-hans",
        translations={"en": {"name": "Mill"}},
    )

    assert name_on(hamlet.mill, date(2026, 2, 28)) == "Name of MILL"
    assert name_on(hamlet.mill, DAY) == "磨坊"
    assert tree.ancestors(hamlet.mill.id, DAY) == [hamlet.north.id, hamlet.city.id]
    assert hamlet.mill.versions.last().reading == "mo fang"


def test_a_second_time_that_day_corrects_the_first(hamlet):
    rename_unit(by=None, unit=hamlet.mill, on=DAY, name="Mil", language="en")
    rename_unit(by=None, unit=hamlet.mill, on=DAY, name="Mill", language="en")
    assert [version.name for version in hamlet.mill.versions.all()] == ["Name of MILL", "Mill"]


def test_who_may(hamlet):
    rename_unit(by=organiser(hamlet.north), unit=hamlet.mill, on=DAY, name="A", language="en")
    rename_unit(by=organiser(hamlet.city), unit=hamlet.city, on=DAY, name="B", language="en")
    for somebody in (organiser(hamlet.south), organiser(hamlet.mill)):
        with pytest.raises(Refused):
            rename_unit(by=somebody, unit=hamlet.mill, on=DAY, name="C", language="en")


def test_refuses(hamlet):
    for name, sentence in [("Name of MILL", "It has this name already."), ("", "Please give it a name.")]:
        with pytest.raises(Problem) as problem:
            rename_unit(by=None, unit=hamlet.mill, on=DAY, name=name, language="en")
        assert (str(problem.value), problem.value.field) == (sentence, "name")
    with pytest.raises(Problem, match=r"only opens on 1 January 2020"):
        rename_unit(by=None, unit=hamlet.mill, on=date(2019, 12, 31), name="x", language="en")


def test_refuses_under_later_changes_and_says_which(hamlet):
    rename_unit(by=None, unit=hamlet.stairs, on=date(2026, 5, 1), name="Steps", language="en")
    move_unit(by=None, unit=hamlet.stairs, parent=hamlet.quay, on=date(2026, 6, 1))
    close_unit(by=None, unit=hamlet.stairs, on=date(2027, 1, 1))
    with pytest.raises(Problem) as problem:
        rename_unit(by=None, unit=hamlet.stairs, on=DAY, name="x", language="en")
    assert str(problem.value) == (
        "Later changes of Steps (STAIRS) are already written down: "
        "1 May 2026 renamed, 1 June 2026 moved, 1 January 2027 closed. Choose a later day."
    )
    with pytest.raises(Problem, match=r"Steps .STAIRS. is closed since 1 January 2027"):
        rename_unit(by=None, unit=hamlet.stairs, on=date(2027, 1, 1), name="x", language="en")


def test_leaves_its_fact(hamlet):
    rename_unit(by=organiser(hamlet.north), unit=hamlet.mill, on=DAY, name="Secret", language="en")
    assert facts("areas.unit_renamed") == [("areas.unit/MILL", "areas.unit/NORTH", {"on": "2026-03-01"})]


def test_correcting_the_opening_day_keeps_one_version(hamlet):
    rename_unit(by=None, unit=hamlet.mill, on=START, name="Mill", language="en")
    assert [version.name for version in hamlet.mill.versions.all()] == ["Mill"]
    assert name_on(hamlet.mill, START) == "Mill"
