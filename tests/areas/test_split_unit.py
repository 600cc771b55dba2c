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


def test_into_two_and_gone(hamlet):
    upper, lower = split_unit(
        by=None,
        unit=hamlet.north,
        parts=[part("UPPER", hamlet.mill), part("LOWER", hamlet.quay)],
        on=DAY,
        closes=True,
    )
    assert tree.ancestors(hamlet.stairs.id, DAY) == [hamlet.mill.id, upper.id, hamlet.city.id]
    assert tree.ancestors(hamlet.quay.id, DAY) == [lower.id, hamlet.city.id]
    assert tree.ancestors(hamlet.quay.id, EVE) == [hamlet.north.id, hamlet.city.id]
    assert tree.as_is(hamlet.north.id, DAY) == hamlet.city.id


def test_one_leaves_and_the_rest_goes_on(hamlet):
    [quays] = split_unit(by=None, unit=hamlet.north, parts=[part("QUAYS", hamlet.quay)], on=DAY, closes=False)
    assert tree.ancestors(hamlet.mill.id, DAY) == [hamlet.north.id, hamlet.city.id]
    assert set(tree.descendants(quays.id, DAY)) == {quays.id, hamlet.quay.id}


def test_a_leaf_splits_too(hamlet):
    parts = split_unit(by=None, unit=hamlet.stairs, parts=[part("A"), part("B")], on=DAY, closes=True)
    assert {tree.ancestors(unit.id, DAY)[0] for unit in parts} == {hamlet.mill.id}


def test_who_may(hamlet):
    for somebody in (organiser(hamlet.south), organiser(hamlet.mill)):
        with pytest.raises(Refused):
            split_unit(by=somebody, unit=hamlet.mill, parts=[part("A"), part("B")], on=DAY, closes=False)
    split_unit(
        by=organiser(hamlet.north), unit=hamlet.mill, parts=[part("A"), part("B")], on=DAY, closes=False
    )


def test_refuses(hamlet):
    cases = [
        (hamlet.north, [], False, "Please name at least one part."),
        (
            hamlet.north,
            [part("A", hamlet.mill, hamlet.quay)],
            True,
            "A unit that ends is divided into two parts at least.",
        ),
        (
            hamlet.north,
            [part("A", hamlet.mill), part("B", hamlet.mill)],
            False,
            "Chosen for two parts: Name of MILL (MILL).",
        ),
        (
            hamlet.north,
            [part("A", hamlet.stairs)],
            False,
            "Not directly below it on that day: Name of STAIRS (STAIRS).",
        ),
        (
            hamlet.city,
            [part("A"), part("B")],
            False,
            "The unit at the top cannot be divided; open units below it.",
        ),
        (hamlet.north, [part("A"), part("A")], False, "The code A is taken."),
        (
            hamlet.north,
            [part("A", hamlet.mill), part("B")],
            True,
            "Name of NORTH (NORTH) still has units below it: Name of QUAY (QUAY). Move or close them first.",
        ),
    ]
    for unit, parts, closes, sentence in cases:
        with pytest.raises(Problem) as problem:
            split_unit(by=None, unit=unit, parts=parts, on=DAY, closes=closes)
        assert str(problem.value) == sentence
    assert Unit.objects.count() == 6


def test_leaves_its_facts(hamlet):
    split_unit(by=None, unit=hamlet.mill, parts=[part("A", hamlet.stairs), part("B")], on=DAY, closes=True)
    assert facts("areas.unit_split") == [
        ("areas.unit/MILL", "areas.unit/NORTH", {"parts": 2, "closes": True, "on": "2026-03-01"})
    ]
    assert facts("areas.unit_opened")[-2:] == [
        ("areas.unit/A", "areas.unit/NORTH", {"kind": "block", "parent": "NORTH", "on": "2026-03-01"}),
        ("areas.unit/B", "areas.unit/NORTH", {"kind": "block", "parent": "NORTH", "on": "2026-03-01"}),
    ]
    assert [data["parent"] for _subject, _scope, data in facts("areas.unit_moved")] == ["A"]
