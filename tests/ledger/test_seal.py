"""What was sealed cannot be changed in silence, by whatever row one starts."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from pymerkle import InmemoryTree

from linli.kit.refs import Ref, ref
from linli.ledger.actions import record
from linli.ledger.models import Checkpoint, Event, Leaf
from linli.ledger.sealing import canonical, check, seal
from linli.ledger.tree import inclusion_proof, verify_inclusion
from linli.people.actions import erase_person
from linli.site.events import ComplaintMade, NetworkSetUp

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
HERE = Ref("areas.unit/310106")


@pytest.fixture
def ledger(db):
    """Ten events under two checkpoints."""
    for half in range(2):
        for _event in range(5):
            record(NetworkSetUp(), by=None, subject=HERE, scope=HERE)
        seal(timezone.now() + timedelta(seconds=half))
    return list(Leaf.objects.order_by("index"))


def findings(held=None):
    return [finding.what for finding in check(held)]


def test_an_honest_ledger_has_no_findings(ledger):
    assert findings() == []
    assert list(Checkpoint.objects.order_by("number").values_list("number", "size")) == [(1, 5), (2, 10)]


def test_the_root_is_that_of_an_outside_verifier(ledger):
    other = InmemoryTree(algorithm="sha256")
    for leaf in ledger:
        other.append_entry(canonical(leaf.event))
    assert Checkpoint.objects.get(number=2).root == other.get_root().hex()


def tampering(ledger):
    """Every way to change, remove or swap one sealed row, as (what it is, deed)."""
    fields = {"kind": "x", "actor": "x", "subject": "x", "scope": "x", "data": {"n": 1}, "at": LONG_AGO}
    for leaf, other in zip(ledger, [*ledger[1:], ledger[0]], strict=True):
        event = Event.objects.filter(pk=leaf.event_id)
        for field, value in fields.items():
            yield f"change {field}", lambda event=event, f=field, v=value: event.update(**{f: v})
        yield "change hash", lambda leaf=leaf: Leaf.objects.filter(pk=leaf.pk).update(hash="0" * 64)
        yield "remove", lambda leaf=leaf: remove(leaf)
        yield "swap", lambda leaf=leaf, other=other: swap(leaf, other)


def remove(leaf):
    Leaf.objects.filter(index=leaf.index).delete()
    Event.objects.filter(pk=leaf.event_id).delete()


def swap(first, second):
    Leaf.objects.filter(index__in=[first.index, second.index]).delete()
    Leaf.objects.create(index=first.index, event=second.event, hash=second.hash)
    Leaf.objects.create(index=second.index, event=first.event, hash=first.hash)


def test_every_tampering_with_a_sealed_row_is_found(ledger):
    missed, tried = [], 0
    for what, deed in tampering(ledger):
        tried += 1
        mark = transaction.savepoint()
        deed()
        missed += [] if findings() else [what]
        transaction.savepoint_rollback(mark)
    assert (tried, missed) == (90, [])


def test_an_event_added_behind_the_seal_is_found(ledger):
    Event.objects.create(at=timezone.now() - timedelta(hours=3), kind="site.set_up", subject=HERE, scope=HERE)
    assert findings() == ["an event was added behind the seal"]


@pytest.mark.parametrize("number", [1, 2])
def test_a_changed_or_missing_checkpoint_is_found(ledger, number):
    Checkpoint.objects.filter(number=number).update(root="0" * 64)
    assert findings() == ["checkpoint does not match the leaves"]
    Checkpoint.objects.filter(number=number).delete()
    assert findings() != []


def test_cutting_off_the_end_is_found_by_whoever_kept_a_checkpoint(ledger):
    kept = Checkpoint.objects.get(number=2)
    Checkpoint.objects.filter(number=2).delete()
    gone = Leaf.objects.filter(index__gte=5)
    events = list(gone.values_list("event_id", flat=True))
    gone.delete()
    Event.objects.filter(pk__in=events).delete()
    assert findings() == []
    assert findings((kept.size, kept.root)) == ["the checkpoint you hold does not fit this ledger"]


def test_acts_of_residents_wait_for_the_end_of_their_day(db):
    record(ComplaintMade(), by=None, subject=HERE, scope=HERE)
    assert seal() is None
    assert seal(timezone.now() + timedelta(days=1)).size == 1


def test_erasing_a_person_breaks_no_proof(ledger, mei, town):
    record(NetworkSetUp(), by=mei, subject=ref(town.west), scope=ref(town.west))
    point = seal(timezone.now() + timedelta(seconds=5))
    leaves = [bytes.fromhex(leaf.hash) for leaf in Leaf.objects.order_by("index")]
    last = len(leaves) - 1
    proof = inclusion_proof(last, leaves)
    erase_person(by=mei, person=mei)
    leaf = Leaf.objects.get(index=last)
    assert verify_inclusion(last, len(leaves), bytes.fromhex(leaf.hash), proof, bytes.fromhex(point.root))
    assert findings() == []


def test_the_command_says_so_and_fails_on_a_finding(ledger, capsys):
    call_command("verify", "ledger")
    point = Checkpoint.objects.get(number=2)
    assert capsys.readouterr().out.splitlines() == [
        f"checkpoint 10:{point.root}",
        "every event fits its seal",
    ]
    Event.objects.filter(pk=ledger[3].event_id).update(actor=str(uuid4()))
    with pytest.raises(SystemExit):
        call_command("verify", "ledger")
