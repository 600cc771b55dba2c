"""A fact is written beside the change, and whoever asked to hear of it gets one todo."""

from dataclasses import dataclass
from datetime import date

import pytest
from django.db import transaction

from linli.kit.refs import Ref, ref
from linli.ledger.actions import record
from linli.ledger.facts import CONSUMERS, HEARD_BY, KINDS, NAMES, fact
from linli.ledger.models import Event, Todo

SUBJECT = Ref("areas.unit/310106")


@pytest.fixture
def lamp_mended():
    @fact("tests.lamp_mended", says="A lamp was mended.")
    @dataclass(frozen=True)
    class LampMended:
        lamps: int

    heard = []

    def hear(event):
        heard.append(event.data)

    CONSUMERS["tests.hear"] = hear
    HEARD_BY["tests.lamp_mended"] = ["tests.hear"]
    yield LampMended, heard
    del KINDS["tests.lamp_mended"], NAMES[LampMended], CONSUMERS["tests.hear"], HEARD_BY["tests.lamp_mended"]


def test_writes_the_fact_and_a_todo(db, lamp_mended, mei):
    shape, _heard = lamp_mended
    event = record(shape(lamps=2), by=mei, subject=SUBJECT, scope=SUBJECT)
    row = Event.objects.get()
    assert (row.kind, row.actor, row.subject, row.data) == (
        "tests.lamp_mended",
        mei.pseudonym(SUBJECT),
        SUBJECT,
        {"lamps": 2},
    )
    assert list(Todo.objects.values_list("consumer", "event", "done_at")) == [("tests.hear", event.pk, None)]


def test_the_actor_is_another_in_every_scope(db, lamp_mended, mei, town):
    shape, _heard = lamp_mended
    here = record(shape(1), by=mei, subject=SUBJECT, scope=ref(town.west))
    there = record(shape(1), by=mei, subject=SUBJECT, scope=ref(town.east))
    assert here.actor != there.actor
    assert str(mei.pk) not in here.actor


def test_a_rollback_forgets_both(db, lamp_mended):
    shape, _heard = lamp_mended
    with pytest.raises(ValueError, match="after all"), transaction.atomic():
        record(shape(1), by=None, subject=SUBJECT, scope=SUBJECT)
        raise ValueError("not after all")
    assert (Event.objects.count(), Todo.objects.count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_refuses_to_stand_outside_a_transaction(lamp_mended):
    with pytest.raises(RuntimeError):
        record(lamp_mended[0](1), by=None, subject=SUBJECT, scope=SUBJECT)
    assert Event.objects.count() == 0


def test_a_fact_holds_primitives_only():
    with pytest.raises(TypeError):

        @fact("tests.bad", says="")
        @dataclass(frozen=True)
        class Bad:
            on: date


def test_a_fact_is_frozen():
    with pytest.raises(TypeError):

        @fact("tests.soft", says="")
        @dataclass
        class Soft:
            lamps: int
