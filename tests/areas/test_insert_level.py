from datetime import date

import pytest

from linli.areas import tree
from linli.areas.actions import insert_level
from linli.areas.models import Unit
from linli.kit.rules import Problem, Refused
from tests.areas.growing import DAY, facts, organiser

EVE = date(2026, 2, 28)
WORDS = {"kind": "grid", "name": "Grid", "language": "en", "code": "GRID"}


def test_a_unit_comes_between(hamlet):
    grid = insert_level(by=None, parent=hamlet.north, children=[hamlet.mill], on=DAY, **WORDS)

    assert tree.ancestors(hamlet.stairs.id, DAY) == [hamlet.mill.id, grid.id, hamlet.north.id, hamlet.city.id]
    assert tree.ancestors(hamlet.stairs.id, EVE) == [hamlet.mill.id, hamlet.north.id, hamlet.city.id]
    assert tree.ancestors(hamlet.quay.id, DAY) == [hamlet.north.id, hamlet.city.id]


def test_a_new_root_comes_above_the_old_one(hamlet):
    land = insert_level(by=None, parent=None, children=[hamlet.city], on=DAY, **WORDS)
    assert [tree.root(day) for day in (EVE, DAY)] == [hamlet.city, land]
    assert tree.ancestors(hamlet.mill.id, DAY) == [hamlet.north.id, hamlet.city.id, land.id]


def test_who_may(hamlet):
    insert_level(by=organiser(hamlet.north), parent=hamlet.north, children=[hamlet.mill], on=DAY, **WORDS)
    with pytest.raises(Refused):
        insert_level(by=organiser(hamlet.south), parent=hamlet.north, children=[hamlet.quay], on=DAY, **WORDS)
    with pytest.raises(Refused):
        insert_level(by=organiser(hamlet.city), parent=None, children=[hamlet.city], on=DAY, **WORDS)


@pytest.mark.parametrize(
    ("children", "sentence"),
    [
        ([], "Please choose at least one unit."),
        (["stairs"], "Not directly below it on that day: Name of STAIRS (STAIRS)."),
        (["north"], "Not directly below it on that day: Name of NORTH (NORTH)."),
    ],
)
def test_refuses(hamlet, children, sentence):
    with pytest.raises(Problem) as problem:
        insert_level(
            by=None,
            parent=hamlet.north,
            children=[getattr(hamlet, name) for name in children],
            on=DAY,
            **WORDS,
        )
    assert (str(problem.value), problem.value.field) == (sentence, "children")
    assert not Unit.objects.filter(code="GRID").exists()


def test_leaves_its_facts(hamlet):
    insert_level(
        by=None, parent=hamlet.north, children=[hamlet.mill, hamlet.quay, hamlet.mill], on=DAY, **WORDS
    )
    data = {"kind": "grid", "parent": "NORTH", "children": 2, "on": "2026-03-01"}
    assert facts("areas.level_inserted") == [("areas.unit/GRID", "areas.unit/NORTH", data)]
    moved = {"before": "NORTH", "parent": "GRID", "on": "2026-03-01"}
    assert facts("areas.unit_moved") == [
        ("areas.unit/MILL", "areas.unit/GRID", moved),
        ("areas.unit/QUAY", "areas.unit/GRID", moved),
    ]
