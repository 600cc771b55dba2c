from datetime import date

import pytest

from linli.areas import tree
from linli.areas.actions import Part, split_unit
from linli.areas.models import Unit
from linli.kit.rules import Problem, Refused
from tests.areas.growing import DAY, facts, organiser

EVE = date(2026, 2, 28)


def part(code, *children):
    return Part(kind="block", name=f"Name of {code}", language="en", code=code, children=children)


def test_into_two_and_gone(town):
    upper, lower = split_unit(
        by=None,
        unit=town.north,
        parts=[part("UPPER", town.mill), part("LOWER", town.quay)],
        on=DAY,
        closes=True,
    )
    assert tree.ancestors(town.stairs.id, DAY) == [town.mill.id, upper.id, town.city.id]
    assert tree.ancestors(town.quay.id, DAY) == [lower.id, town.city.id]
    assert tree.ancestors(town.quay.id, EVE) == [town.north.id, town.city.id]
    assert tree.as_is(town.north.id, DAY) == town.city.id


def test_one_leaves_and_the_rest_goes_on(town):
    [quays] = split_unit(by=None, unit=town.north, parts=[part("QUAYS", town.quay)], on=DAY, closes=False)
    assert tree.ancestors(town.mill.id, DAY) == [town.north.id, town.city.id]
    assert set(tree.descendants(quays.id, DAY)) == {quays.id, town.quay.id}


def test_a_leaf_splits_too(town):
    parts = split_unit(by=None, unit=town.stairs, parts=[part("A"), part("B")], on=DAY, closes=True)
    assert {tree.ancestors(unit.id, DAY)[0] for unit in parts} == {town.mill.id}


def test_who_may(town):
    for somebody in (organiser(town.south), organiser(town.mill)):
        with pytest.raises(Refused):
            split_unit(by=somebody, unit=town.mill, parts=[part("A"), part("B")], on=DAY, closes=False)
    split_unit(by=organiser(town.north), unit=town.mill, parts=[part("A"), part("B")], on=DAY, closes=False)


def test_refuses(town):
    cases = [
        (town.north, [], False, "Please name at least one part."),
        (
            town.north,
            [part("A", town.mill, town.quay)],
            True,
            "A unit that ends is divided into two parts at least.",
        ),
        (
            town.north,
            [part("A", town.mill), part("B", town.mill)],
            False,
            "Chosen for two parts: Name of MILL (MILL).",
        ),
        (
            town.north,
            [part("A", town.stairs)],
            False,
            "Not directly below it on that day: Name of STAIRS (STAIRS).",
        ),
        (
            town.city,
            [part("A"), part("B")],
            False,
            "The unit at the top cannot be divided; open units below it.",
        ),
        (town.north, [part("A"), part("A")], False, "The code A is taken."),
        (
            town.north,
            [part("A", town.mill), part("B")],
            True,
            "Name of NORTH (NORTH) still has units below it: Name of QUAY (QUAY). Move or close them first.",
        ),
    ]
    for unit, parts, closes, sentence in cases:
        with pytest.raises(Problem) as problem:
            split_unit(by=None, unit=unit, parts=parts, on=DAY, closes=closes)
        assert str(problem.value) == sentence
    assert Unit.objects.count() == 6


def test_leaves_its_facts(town):
    split_unit(by=None, unit=town.mill, parts=[part("A", town.stairs), part("B")], on=DAY, closes=True)
    assert facts("areas.unit_split") == [
        ("areas.unit/MILL", "areas.unit/NORTH", {"parts": 2, "closes": True, "on": "2026-03-01"})
    ]
    assert facts("areas.unit_opened")[-2:] == [
        ("areas.unit/A", "areas.unit/NORTH", {"kind": "block", "parent": "NORTH", "on": "2026-03-01"}),
        ("areas.unit/B", "areas.unit/NORTH", {"kind": "block", "parent": "NORTH", "on": "2026-03-01"}),
    ]
    assert [data["parent"] for _subject, _scope, data in facts("areas.unit_moved")] == ["A"]
