"""What would you like? Asked until a day, answered without a name."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from linli.kit.rules import Problem
from linli.programmes.actions import open_poll, vote
from linli.programmes.models import Choice, Poll
from tests.programmes.people import NOON, everybody, who_may

CHOICES = ["骑行", "读书", "做饭"]


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def ask(town, omar):
    """ask(choices, days=7) → a poll of the tower that ends in so many days."""

    def run(choices=CHOICES, *, days=7, by=omar, unit=town.tower.unit) -> Poll:
        ends = timezone.localdate() + timedelta(days=days)
        return open_poll(
            by=by, unit=unit, question="周末想做什么？", choices=choices, closes_on=ends, language="zh-hans"
        )

    return run


def votes(poll) -> list[int]:
    return list(Choice.objects.filter(poll=poll).values_list("votes", flat=True))


def test_it_stands_open_until_its_day(ask, town, kai, clock, facts):
    poll = ask()
    assert list(poll.choices.values_list("number", "text", "votes")) == [
        (1, "骑行", 0),
        (2, "读书", 0),
        (3, "做饭", 0),
    ]
    assert list(Poll.objects.visible_to(kai).open_on(timezone.localdate())) == [poll]
    assert facts() == [
        ("programmes.poll_opened", f"programmes.poll/{poll.code}", {"closes_on": "2026-12-14", "choices": 3})
    ]
    clock.move_to(NOON + timedelta(days=7))
    vote(poll=poll, numbers=[2])
    clock.move_to(NOON + timedelta(days=8))
    with pytest.raises(Problem):
        vote(poll=poll, numbers=[2])
    assert (votes(poll), list(Poll.objects.open_on(timezone.localdate()))) == ([0, 1, 0], [])


def test_each_choice_counts_once_a_vote(ask, facts):
    poll = ask()
    for numbers in ([1, 3], [3], [3, 3], [9, 1]):
        vote(poll=poll, numbers=numbers)
    assert votes(poll) == [2, 0, 3]
    assert [kind for kind, *_rest in facts()] == ["programmes.poll_opened"]


@pytest.mark.parametrize("numbers", [[], [0], [4], [-1, 99]])
def test_a_vote_for_nothing_is_none(numbers, ask):
    poll = ask()
    with pytest.raises(Problem) as problem:
        vote(poll=poll, numbers=numbers)
    assert (problem.value.field, votes(poll)) == ("numbers", [0, 0, 0])


def test_a_vote_counts_in_its_own_poll_alone(ask):
    one, other = ask(), ask()
    vote(poll=one, numbers=[1])
    assert (votes(one), votes(other)) == ([1, 0, 0], [0, 0, 0])


def test_nothing_is_kept_with_a_vote_but_the_number(ask):
    poll = ask()
    before = rows()
    vote(poll=poll, numbers=[1, 2])
    assert {table: count for table, count in rows().items() if count != before[table]} == {}


def rows() -> dict[str, int]:
    """How many rows each table has."""
    with connection.cursor() as cursor:
        counts = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT COUNT(*) FROM "{table}"')  # noqa: S608
            counts[table] = cursor.fetchone()[0]
    return counts


@pytest.mark.parametrize("choices", [[], ["骑行"], ["骑行", "骑行"], [f"第{n}" for n in range(13)]])
def test_from_two_to_twelve_different_things(choices, ask):
    with pytest.raises(Problem) as problem:
        ask(choices)
    assert (problem.value.field, Poll.objects.count(), Choice.objects.count()) == ("choices", 0, 0)


def test_what_is_named_twice_is_one_choice(ask):
    poll = ask(["骑行", "读书", "骑行"])
    assert list(poll.choices.values_list("number", "text")) == [(1, "骑行"), (2, "读书")]
    assert len(votes(ask([f"第{n}" for n in range(12)]))) == 12


@pytest.mark.parametrize(("days", "opens"), [(-1, False), (0, False), (1, True), (60, True), (61, False)])
def test_it_ends_between_tomorrow_and_sixty_days_on(days, opens, ask):
    if opens:
        assert ask(days=days).closes_on == timezone.localdate() + timedelta(days=days)
    else:
        with pytest.raises(Problem) as problem:
            ask(days=days)
        assert problem.value.field == "closes_on"
    assert Poll.objects.count() == opens


def test_who_asks(request, town, ask):
    people = everybody(request, town)
    at_the_station = {"omar", "manager", "gao", "district", "command line"}
    assert who_may(people, lambda by: ask(by=by)) == at_the_station
    # In an area whoever organises it asks, and not whoever works at one of its stations.
    assert who_may(people, lambda by: ask(by=by, unit=town.west)) == {"gao", "district", "command line"}
