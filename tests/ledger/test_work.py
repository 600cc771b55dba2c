"""The worker: once, again after a failure, given up in the end; and the clock's own deeds once a period."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from linli.ledger import work
from linli.ledger.actions import schedule, try_again
from linli.ledger.facts import ALONE, DEEDS, PERIODS
from linli.ledger.models import MAX_TRIES, Event, Todo


@pytest.fixture
def ring():
    """A deed that rings, and fails as often as the data says."""
    rung = []

    def deed(data):
        Event.objects.create(at=timezone.now(), kind="tests.rung", subject="x", scope="x")
        rung.append(data)
        if len(rung) <= data.get("fails", 0):
            raise ValueError("13800001234 would be a secret")

    DEEDS["tests.ring"] = deed
    yield rung
    del DEEDS["tests.ring"]


def plan(**data):
    with transaction.atomic():
        schedule("tests.ring", due_at=timezone.now(), data=data, key="one")


def test_does_what_is_due_once(db, ring):
    plan()
    assert work.drain() == 1
    assert work.drain() == 0
    assert ring == [{}]
    assert Todo.objects.get().done_at is not None


def test_leaves_what_is_not_due(db, ring):
    schedule("tests.ring", due_at=timezone.now() + timedelta(hours=1), data={}, key="later")
    assert work.drain() == 0


def test_the_same_key_is_planned_once(db, ring):
    plan()
    plan()
    assert Todo.objects.count() == 1


def test_a_failure_undoes_its_effect_and_waits(db, ring):
    plan(fails=1)
    assert work.drain() == 1
    todo = Todo.objects.get()
    assert (todo.done_at, todo.tries, todo.error, Event.objects.count()) == (None, 1, "ValueError", 0)
    assert todo.due_at > timezone.now() + work.LEASE / 2


def test_tried_again_it_is_done_with_one_effect(db, ring):
    plan(fails=1)
    work.drain()
    assert work.drain(now=lambda: timezone.now() + timedelta(hours=3)) == 1
    assert Event.objects.count() == 1


def test_given_up_after_all_tries_and_listed(db, ring):
    plan(fails=99)
    for day in range(MAX_TRIES + 2):
        work.drain(now=lambda day=day: timezone.now() + timedelta(days=day + 1))
    assert len(ring) == MAX_TRIES
    assert [todo.consumer for todo in Todo.objects.dead()] == ["tests.ring"]


def test_only_the_type_of_an_error_is_kept(db, ring, caplog):
    plan(fails=1)
    work.drain()
    assert Todo.objects.get().error == "ValueError"
    assert "13800001234" not in caplog.text


def test_the_operator_gives_it_all_its_tries_back(db, ring):
    plan(fails=99)
    Todo.objects.update(tries=MAX_TRIES)
    try_again(Todo.objects.get())
    assert work.drain() == 1


def test_a_lease_that_moved_on_is_not_ours_any_more(db, ring):
    plan()
    ours = work.claim(timezone.now())
    work.claim(timezone.now() + timedelta(hours=1))
    assert work.perform(ours) is False
    assert ring == []


def test_a_periodic_deed_is_planned_once_a_period(db, ring):
    PERIODS["tests.ring"] = timedelta(minutes=10)
    now = timezone.now()
    try:
        for planned in ({}, {}):
            work.plan_periodic(now, planned)
            work.plan_periodic(now, planned)
    finally:
        del PERIODS["tests.ring"]
    assert Todo.objects.filter(consumer="tests.ring").count() == 1


@pytest.fixture
def ring_alone(ring):
    """The same deed, which keeps its own transactions."""
    ALONE.add("tests.ring")
    yield ring
    ALONE.discard("tests.ring")


def test_a_deed_alone_shows_how_far_it_is_and_is_run_again_from_the_start(transactional_db, ring_alone):
    """What it wrote before it failed stays, so it must find out by itself what is done."""
    plan(fails=1)
    work.drain()
    assert (Todo.objects.get().done_at, Event.objects.count()) == (None, 1)
    assert work.drain(now=lambda: timezone.now() + timedelta(hours=3)) == 1
    assert (Todo.objects.get().done_at is None, Event.objects.count()) == (False, 2)


def test_a_deed_alone_whose_lease_moved_on_is_not_begun(db, ring_alone):
    plan()
    ours = work.claim(timezone.now())
    work.claim(timezone.now() + timedelta(hours=1))
    assert work.perform(ours) is False
    assert ring_alone == []


def test_a_deed_alone_runs_outside_of_any_transaction(transactional_db):
    seen = []
    DEEDS["tests.look"] = lambda data: seen.append(connection.in_atomic_block)
    ALONE.add("tests.look")
    try:
        schedule("tests.look", due_at=timezone.now(), data={}, key="one")
        work.drain()
    finally:
        del DEEDS["tests.look"]
        ALONE.discard("tests.look")
    assert seen == [False]
