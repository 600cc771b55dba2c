from datetime import date

import pytest

from linli.areas import tree
from linli.areas.actions import insert_level
from linli.areas.models import Unit
from linli.kit.rules import Problem, Refused
from tests.areas.growing import DAY, facts, organiser

EVE = date(2026, 2, 28)
WORDS = {"kind": "grid", "name": "Grid", "language": "en", "code": "GRID"}


def test_a_unit_comes_between(town):
    grid = insert_level(by=None, parent=town.north, children=[town.mill], on=DAY, **WORDS)

    assert tree.ancestors(town.stairs.id, DAY) == [town.mill.id, grid.id, town.north.id, town.city.id]
    assert tree.ancestors(town.stairs.id, EVE) == [town.mill.id, town.north.id, town.city.id]
    assert tree.ancestors(town.quay.id, DAY) == [town.north.id, town.city.id]


def test_a_new_root_comes_above_the_old_one(town):
    land = insert_level(by=None, parent=None, children=[town.city], on=DAY, **WORDS)
    assert [tree.root(day) for day in (EVE, DAY)] == [town.city, land]
    assert tree.ancestors(town.mill.id, DAY) == [town.north.id, town.city.id, land.id]


def test_who_may(town):
    insert_level(by=organiser(town.north), parent=town.north, children=[town.mill], on=DAY, **WORDS)
    with pytest.raises(Refused):
        insert_level(by=organiser(town.south), parent=town.north, children=[town.quay], on=DAY, **WORDS)
    with pytest.raises(Refused):
        insert_level(by=organiser(town.city), parent=None, children=[town.city], on=DAY, **WORDS)


@pytest.mark.parametrize(
    ("children", "sentence"),
    [
        ([], "Please choose at least one unit."),
        (["stairs"], "Not directly below it on that day: Name of STAIRS (STAIRS)."),
        (["north"], "Not directly below it on that day: Name of NORTH (NORTH)."),
    ],
)
def test_refuses(town, children, sentence):
    with pytest.raises(Problem) as problem:
        insert_level(
            by=None, parent=town.north, children=[getattr(town, name) for name in children], on=DAY, **WORDS
        )
    assert (str(problem.value), problem.value.field) == (sentence, "children")
    assert not Unit.objects.filter(code="GRID").exists()


def test_leaves_its_facts(town):
    insert_level(by=None, parent=town.north, children=[town.mill, town.quay, town.mill], on=DAY, **WORDS)
    data = {"kind": "grid", "parent": "NORTH", "children": 2, "on": "2026-03-01"}
    assert facts("areas.level_inserted") == [("areas.unit/GRID", "areas.unit/NORTH", data)]
    moved = {"before": "NORTH", "parent": "GRID", "on": "2026-03-01"}
    assert facts("areas.unit_moved") == [
        ("areas.unit/MILL", "areas.unit/GRID", moved),
        ("areas.unit/QUAY", "areas.unit/GRID", moved),
    ]
