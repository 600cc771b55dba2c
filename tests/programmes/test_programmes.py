"""Programmes: begun, said anew, and ended once nobody waits in vain."""

from datetime import timedelta

import pytest
from django.utils import timezone

from linli.kit.rules import Problem
from linli.notices.models import Notice
from linli.programmes.actions import begin_programme, change_programme, end_programme
from linli.programmes.actions.programmes import Described
from linli.programmes.models import Programme
from linli.site.searching import find
from tests.factories import make_programme, make_session
from tests.programmes.people import everybody, who_may

RIDE = Described(
    "周末骑行", "zh-hans", "culture", purpose="认识邻居", cycle="隔周周六", tags=["骑行"], weekly_limit=2
)


@pytest.fixture
def programme(town):
    return make_programme(town.tower.unit, en="Weekend ride")


def test_it_is_public_and_found_at_once(town, omar, kai, facts, settle):
    made = begin_programme(by=omar, unit=town.tower.unit, described=RIDE)
    made.refresh_from_db()
    assert (made.name, made.kind, made.purpose, made.cycle, made.tags, made.weekly_limit, made.ended_on) == (
        "周末骑行", "culture", "认识邻居", "隔周周六", ["骑行"], 2, None,
    )  # fmt: skip
    assert list(Programme.objects.visible_to(kai).running()) == [made]
    assert [find(words, kai).things for words in ("周末骑行", "zhoumo", "隔周")] == [[made]] * 3
    settle()
    assert Notice.objects.count() == 0
    assert facts() == [
        ("programmes.programme_begun", f"programmes.programme/{made.code}", {"kind": "culture"})
    ]


def test_said_anew_it_is_found_by_its_new_words(programme, omar, facts):
    other = Described(
        "夜骑", "zh-hans", "study", translations={"en": {"name": "Night ride"}}, needs_approval=True
    )
    change_programme(by=omar, programme=programme, described=other)
    fresh = Programme.objects.get(pk=programme.pk)
    assert (fresh.name, fresh.reading, fresh.kind, fresh.needs_approval) == ("夜骑", "ye qi", "study", True)
    assert [find(words, None).things for words in ("夜骑", "Night ride", "周末")] == [
        [programme],
        [programme],
        [],
    ]
    assert facts() == [("programmes.programme_changed", "programmes.programme/PRG-1", {})]


@pytest.mark.parametrize(
    ("fields", "ends"),
    [
        ({}, False),
        ({"starts_in": -timedelta(minutes=30)}, False),
        ({"starts_in": -timedelta(days=1)}, True),
        ({"state": "cancelled", "reason": "下雨"}, True),
        ({"state": "declined", "reason": "那天不行"}, True),
    ],
    ids=["to come", "on", "over", "cancelled", "declined"],
)
def test_it_ends_once_nobody_waits_for_a_session(fields, ends, programme, town, omar, facts):
    make_session(programme, town.tower, **fields)
    if ends:
        end_programme(by=omar, programme=programme)
    else:
        with pytest.raises(Problem):
            end_programme(by=omar, programme=programme)
    programme.refresh_from_db()
    assert (programme.ended_on, len(facts())) == ((timezone.localdate(), 1) if ends else (None, 0))


def test_it_ends_once_and_stays_to_be_read(programme, omar, kai, facts):
    for _time in range(2):
        end_programme(by=omar, programme=programme)
    assert list(Programme.objects.visible_to(kai)) == [programme]
    assert list(Programme.objects.running()) == []
    assert facts() == [("programmes.programme_ended", "programmes.programme/PRG-1", {})]


# Who may


def test_who_works_there_or_organises_above_says_what_a_programme_is(request, town, programme):
    people = everybody(request, town)
    deeds = {
        "begin": lambda by: begin_programme(by=by, unit=town.tower.unit, described=RIDE),
        "change": lambda by: change_programme(by=by, programme=programme, described=RIDE),
        "end": lambda by: end_programme(by=by, programme=programme),
    }
    expected = {"omar", "manager", "gao", "district", "command line"}
    assert {name: who_may(people, deed) for name, deed in deeds.items()} == dict.fromkeys(deeds, expected)


def test_an_areas_programme_is_its_organisers(request, town):
    people = everybody(request, town)
    area = make_programme(town.west, "PRG-2")
    assert who_may(people, lambda by: end_programme(by=by, programme=area)) == {
        "gao",
        "district",
        "command line",
    }


def test_where_a_place_has_closed_nothing_is_begun(request, town, today):
    people = everybody(request, town)
    unit = town.tower.unit
    unit.closed_on, unit.closing_recorded_at = today, timezone.now()
    assert who_may(people, lambda by: begin_programme(by=by, unit=unit, described=RIDE)) == {"command line"}
