from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from linli.areas import tree
from linli.areas.actions import close_unit, open_unit
from linli.areas.models import Unit, UnitVersion
from linli.kit.rules import Problem, Refused
from tests.areas.growing import DAY, START, Somebody, facts, grow, organiser

WORDS = {"kind": "block", "name": "静安寺", "language": "zh-hans"}


def test_a_unit_opens_under_its_parent(hamlet):
    unit = open_unit(by=None, parent=hamlet.north, on=DAY, code="310106-012", **WORDS)

    assert tree.ancestors(unit.id, DAY) == [hamlet.north.id, hamlet.city.id]
    assert tree.standing([unit.id], DAY - timedelta(days=1)) == {}
    version = unit.versions.get()
    assert (version.reading, version.valid_from, version.valid_until) == ("jing an si", DAY, None)


def test_without_a_code_one_is_drawn(hamlet):
    assert len(open_unit(by=None, parent=hamlet.north, on=DAY, **WORDS).code) == 6


def test_names_are_cleaned_and_translations_kept(hamlet):
    unit = open_unit(
        by=None,
        parent=hamlet.north,
        on=DAY,
        kind="block",
        name="  静\u202e安\u200b寺 ",
        language="zh-hans",
        translations={"en": {"name": "Temple\tof Peace"}, "zh-hans": {"name": "dropped"}},
        reading="temple",
    )
    version = unit.versions.get()
    assert (version.name, version.reading) == ("静安寺", "temple")
    assert version.translations == {"en": {"name": "Temple of Peace"}}


def test_organisers_open_units_below_them(hamlet):
    unit = open_unit(by=organiser(hamlet.north), parent=hamlet.north, on=DAY, **WORDS)
    assert tree.ancestors(unit.id, DAY)[0] == hamlet.north.id


def test_others_may_not(hamlet):
    for somebody in (Somebody(), organiser(hamlet.south), Somebody(is_authenticated=False)):
        with pytest.raises(Refused):
            open_unit(by=somebody, parent=hamlet.north, on=DAY, **WORDS)
    with pytest.raises(Refused):
        open_unit(by=organiser(hamlet.city), parent=None, on=DAY, **WORDS)
    assert Unit.objects.count() == 6


def test_the_root_opens_once_and_from_the_command_line(db):
    root = grow("ROOT")
    with pytest.raises(Problem) as problem:
        grow("OTHER")
    assert str(problem.value) == "Every unit but one stands under another; Name of ROOT (ROOT) is at the top."
    assert tree.root(START) == root


@pytest.mark.parametrize(
    ("change", "sentence", "field"),
    [
        ({"code": "MILL"}, "The code MILL is taken.", "code"),
        ({"code": "a b"}, "A code has letters, digits and hyphens, 40 at most.", "code"),
        ({"code": "-a"}, "A code has letters, digits and hyphens, 40 at most.", "code"),
        ({"code": "a" * 41}, "A code has letters, digits and hyphens, 40 at most.", "code"),
        ({"kind": " "}, "Please say what kind of unit it is.", "kind"),
        ({"name": "\u202e"}, "Please give it a name.", "name"),
        ({"on": date(1, 1, 1)}, "Name of NORTH (NORTH) only opens on 1 January 2020.", "parent"),
        ({"on": date(9999, 1, 1)}, "Please choose a day between 1900 and 2200.", "on"),
    ],
)
def test_refuses(hamlet, change, sentence, field):
    with pytest.raises(Problem) as problem:
        open_unit(**{"by": None, "parent": hamlet.north, "on": DAY, **WORDS} | change)
    assert (str(problem.value), problem.value.field) == (sentence, field)
    assert (Unit.objects.count(), UnitVersion.objects.count()) == (6, 6)


def test_refuses_a_name_of_ten_thousand_characters(hamlet):
    with pytest.raises(Problem, match="it has 10000"):
        open_unit(by=None, parent=hamlet.north, on=DAY, kind="block", name="长" * 10_000, language="zh-hans")


def test_refuses_a_parent_that_is_closed_or_will_close(hamlet):
    close_unit(by=None, unit=hamlet.stairs, on=DAY)
    for on, sentence in [
        (DAY, "Name of STAIRS (STAIRS) is closed since 1 March 2026."),
        (START, "Name of STAIRS (STAIRS) closes on 1 March 2026, so nothing new can stand under it."),
    ]:
        with pytest.raises(Problem) as problem:
            open_unit(by=None, parent=hamlet.stairs, on=on, **WORDS)
        assert (str(problem.value), problem.value.field) == (sentence, "parent")


def test_leaves_its_fact(hamlet):
    open_unit(by=None, parent=hamlet.north, on=DAY, code="NEW", **WORDS)
    assert facts("areas.unit_opened")[-1] == (
        "areas.unit/NEW",
        "areas.unit/NORTH",
        {"kind": "block", "parent": "NORTH", "on": "2026-03-01"},
    )


def test_the_fact_holds_no_name(hamlet):
    open_unit(by=None, parent=hamlet.north, on=DAY, code="NEW", **WORDS)
    assert "静安寺" not in str(facts("areas.unit_opened"))


@pytest.mark.parametrize(("on", "late"), [(date(2026, 2, 28), True), (DAY, False), (date(2027, 1, 1), False)])
def test_what_is_entered_late_says_so(hamlet, on, late):
    with time_machine.travel("2026-03-01 09:00+08:00"):
        unit = open_unit(by=None, parent=hamlet.north, on=on, **WORDS)
    assert unit.versions.get().was_late is late


def test_the_database_keeps_what_must_hold(hamlet):
    version = hamlet.mill.versions.get()
    wrong = [
        {"unit": hamlet.mill, "parent": hamlet.north, "valid_from": DAY},
        {"unit": hamlet.mill, "parent": hamlet.north, "valid_from": START, "valid_until": DAY},
        {"unit": hamlet.mill, "parent": hamlet.north, "valid_from": DAY, "valid_until": DAY},
        {"unit": hamlet.mill, "parent": hamlet.mill, "valid_from": DAY, "valid_until": date(2026, 4, 1)},
        {"unit": hamlet.mill, "parent": None, "valid_from": DAY},
    ]
    for fields in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            UnitVersion.objects.create(name="x", language="en", **fields)
    for fields in [{"closed_on": DAY}, {"merged_into": hamlet.quay}, {"code": ""}]:
        with pytest.raises(IntegrityError), transaction.atomic():
            Unit.objects.filter(id=hamlet.mill.id).update(**fields)
    assert list(UnitVersion.objects.filter(unit=hamlet.mill)) == [version]
