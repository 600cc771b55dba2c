"""Questions to the tree: against a brute-force replay, and by how many queries."""

import string
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.areas import tree
from linli.areas.actions import (
    Part,
    close_unit,
    insert_level,
    merge_units,
    move_unit,
    open_unit,
    rename_unit,
    split_unit,
)
from linli.areas.models import Unit, UnitVersion
from linli.kit.rules import Problem
from tests.areas.growing import DAY, START, grow
from tests.areas.oracle import DAYS, No, Replay

WORDS = {"kind": "block", "name": "x", "language": "en"}


def on(day: int) -> date:
    return START + timedelta(days=day)


class Both:
    """Every step done twice, by the actions and by the replay: both must agree whether it can be done."""

    def __init__(self):
        self.replay, self.units = Replay(), {}

    def new(self) -> str:
        return string.ascii_uppercase[len(self.units) % 26] + str(len(self.units))

    def try_both(self, verb, action, *args) -> bool:
        try:
            with transaction.atomic():
                action()
            done = True
        except Problem:
            done = False
        try:
            self.replay.do(verb, *args)
            expected = True
        except No:
            expected = False
        assert done == expected, (verb, args)
        self.units = {unit.code: unit for unit in Unit.objects.all()}
        return done

    def open(self, parent, day):
        code = self.new()
        action = lambda: open_unit(by=None, parent=self.units.get(parent), on=on(day), code=code, **WORDS)  # noqa: E731
        self.try_both("open", action, code, parent, day)

    def move(self, unit, parent, day):
        action = lambda: move_unit(by=None, unit=self.units[unit], parent=self.units[parent], on=on(day))  # noqa: E731
        self.try_both("move", action, unit, parent, day)

    def close(self, unit, day):
        self.try_both("close", lambda: close_unit(by=None, unit=self.units[unit], on=on(day)), unit, day)

    def insert(self, parent, children, day):
        code, chosen = self.new(), [self.units[child] for child in children]

        def action():
            insert_level(by=None, parent=self.units[parent], children=chosen, on=on(day), code=code, **WORDS)

        self.try_both("insert", action, code, parent, children, day)

    def merge(self, units, into, day):
        chosen = [self.units[unit] for unit in units]
        action = lambda: merge_units(by=None, units=chosen, into=self.units[into], on=on(day))  # noqa: E731
        self.try_both("merge", action, units, into, day)

    def split(self, unit, groups, day, closes):
        count = len(self.units)
        parts = {f"S{count + number}": children for number, children in enumerate(groups)}
        rows = [
            Part(code=code, children=[self.units[child] for child in children], **WORDS)
            for code, children in parts.items()
        ]

        def action():
            split_unit(by=None, unit=self.units[unit], parts=rows, on=on(day), closes=closes)

        self.try_both("split", action, unit, parts, day, closes)

    def compare(self):
        """Every question, about every unit, on every day."""
        code = {unit.id: name for name, unit in self.units.items()}
        ids = list(code)
        for day in DAYS:
            here = self.replay.parent[day]
            assert {code[u]: code.get(p) for u, p in tree.parents(on(day)).items()} == here
            above = tree.ancestors_of(ids, on(day))
            heirs = tree.heirs(ids, on(day))
            for name, unit in self.units.items():
                expected = self.replay.above(day, name) if name in here else []
                assert [code[each] for each in above[unit.id]] == expected
                assert {code[each] for each in tree.descendants(unit.id, on(day))} == self.replay.below(
                    day, name
                )
                assert code.get(heirs[unit.id]) == self.replay.stands_for(name, day)
            assert len(set(tree.standing(None, on(day)))) == len(here)


@st.composite
def steps(draw):
    """A list of (verb, three numbers, yes or no): the numbers pick units and a day as the tree stands by then."""
    verb = st.sampled_from(["open", "move", "move", "insert", "merge", "split", "close"])
    number = st.integers(0, 60)
    return draw(
        st.lists(st.tuples(verb, number, number, st.integers(0, 11), st.booleans()), min_size=4, max_size=22)
    )


def take(both: Both, verb: str, first: int, second: int, day: int, flag: bool) -> None:
    names = sorted(both.units)
    one, two = names[first % len(names)], names[second % len(names)]
    below = [child for child, parent in both.replay.parent[day].items() if parent == one]
    if verb == "open":
        both.open(one, day)
    elif verb == "move":
        both.move(one, two, day)
    elif verb == "close":
        both.close(one, day)
    elif verb == "insert":
        both.insert(one, below[: 1 + second % 3] or [two], day)
    elif verb == "merge":
        both.merge([two, names[(second + 1) % len(names)]] if flag and len(names) > 1 else [two], one, day)
    else:
        both.split(one, [below[::2], below[1::2] if flag else []], day, flag)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=steps())
def test_as_was_and_as_is_agree_with_a_replay_day_by_day(db, plan):
    with transaction.atomic():
        both = Both()
        both.open(None, 0)
        both.open("A0", 0)
        both.open("A0", 0)
        for step in plan:
            take(both, *step)
        both.compare()
        transaction.set_rollback(True)


def test_questions_about_a_day_before_the_tree_are_empty(hamlet):
    day = START - timedelta(days=1)
    assert tree.root(day) is None
    assert tree.parents(day) == {}
    assert tree.standing(None, day) == {}
    assert tree.ancestors(hamlet.mill.id, day) == []
    assert list(tree.descendants(hamlet.city.id, day)) == []
    assert tree.lineage(hamlet.mill.id, day) == []


def test_a_lineage_starts_at_the_root(hamlet):
    assert [each.code for each in tree.lineage(hamlet.stairs.id)] == ["CITY", "NORTH", "MILL", "STAIRS"]


def test_the_nearest_pack_holds(hamlet):
    Unit.objects.filter(code__in=["CITY", "NORTH"]).update(pack="neutral")
    Unit.objects.filter(code="NORTH").update(pack="shanghai")
    assert tree.pack_of(tree.lineage(hamlet.stairs.id)) == "shanghai"
    assert tree.pack_of(tree.lineage(hamlet.south.id)) == "neutral"


def test_standing_knows_the_words_of_the_day(hamlet):
    rename_unit(
        by=None,
        unit=hamlet.mill,
        on=DAY,
        name="磨坊",
        language="zh-hans",
        translations={"en": {"name": "The Mill"}},
    )
    standing = tree.standing([hamlet.mill.id], DAY)[hamlet.mill.id]
    assert (standing.code, standing.name, standing.language) == ("MILL", "磨坊", "zh-hans")
    assert (standing.translations, standing.parent_id) == ({"en": {"name": "The Mill"}}, hamlet.north.id)


def test_descendants_go_into_other_queries(hamlet, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = UnitVersion.objects.filter(unit__in=tree.descendants(hamlet.north.id, DAY)).values_list(
            "unit__code"
        )
        assert sorted(code for (code,) in found) == ["MILL", "NORTH", "QUAY", "STAIRS"]
    with django_assert_num_queries(1):
        assert len(tree.standing(tree.descendants(hamlet.north.id, DAY), DAY)) == 4


@pytest.mark.parametrize("rows", [1, 3, 300])
def test_every_question_is_one_query(hamlet, rows, django_assert_num_queries):
    units = [grow(f"ROOM{number}", hamlet.quay) for number in range(rows)]
    ids = [unit.id for unit in units]
    questions = [
        lambda: tree.standing(ids, DAY),
        lambda: tree.standing(None, DAY),
        lambda: tree.parents(DAY),
        lambda: tree.root(DAY),
        lambda: list(tree.children(hamlet.quay.id, DAY)),
        lambda: list(tree.descendants(hamlet.city.id, DAY)),
        lambda: tree.ancestors_of(ids, DAY),
        lambda: tree.heirs(ids, DAY),
    ]
    for question in questions:
        with django_assert_num_queries(1):
            question()


def test_a_city_of_12500_units_in_one_query(db, django_assert_num_queries):
    """City → 16 districts → about 220 subdistricts → the rest; as many as Shanghai has stations."""
    units = [Unit(code=f"U{number}", kind="block", opened_on=START) for number in range(12_500)]
    Unit.objects.bulk_create(units)
    levels = [units[:1], units[1:17], units[17:237], units[237:]]
    UnitVersion.objects.bulk_create(
        UnitVersion(
            unit=unit,
            parent=levels[depth - 1][number % len(levels[depth - 1])] if depth else None,
            name="x",
            language="en",
            valid_from=START,
        )
        for depth, level in enumerate(levels)
        for number, unit in enumerate(level)
    )
    if connection.vendor == "postgresql":
        # As it does by itself a minute later: until then it may plan for the few rows of another test, and take a minute.
        with connection.cursor() as cursor:
            connection.check_constraints()
            cursor.execute("ANALYZE areas_unit, areas_unitversion")
    root = units[0]
    with django_assert_num_queries(1):
        assert len(set(tree.descendants(root.id, DAY))) == 12_500
    with django_assert_num_queries(1):
        assert len(tree.ancestors(units[-1].id, DAY)) == 3
    with django_assert_num_queries(1):
        above = tree.ancestors_of([unit.id for unit in units], DAY)
    assert all(chain[-1] == root.id for unit_id, chain in above.items() if unit_id != root.id)


def test_a_damaged_tree_ends_the_walk(hamlet):
    """Rows no action can write: the questions still answer."""
    version = hamlet.north.versions.get()
    UnitVersion.objects.filter(id=version.id).update(parent=hamlet.stairs)
    assert hamlet.mill.id in tree.descendants(hamlet.north.id, DAY)
    assert len(tree.ancestors(hamlet.mill.id, DAY)) <= tree.DEEPEST
    connection.check_constraints()
