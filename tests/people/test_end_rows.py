"""What is past its date ends by itself, and not a moment before; a dry run only counts; a legal hold keeps it."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db.models import DateTimeField
from django.utils import timezone

from linli.directory.models import Duty, WrongNote
from linli.kit.ids import uuid7
from linli.kit.retention import Rule, rules
from linli.ledger.models import Todo
from linli.ledger.work import plan_periodic
from linli.notices.models import Delivery, Notice
from linli.people.actions.holds import lift_hold, place_hold
from linli.people.actions.retention import end_rows, past_their_date
from linli.people.models import Throttle
from linli.programmes.models import Answer, Message
from tests.people.signing import ask_code, give_contact
from tests.trust.world import World

# What has to be earlier than the column that a rule counts from.
BEGINNING = {"people.SignInCode": "sent_at", "people.Slip": "issued_at"}


@pytest.fixture
def world(db, own_media):
    """One young row of everything that can end."""
    world = World()
    now, worker = timezone.now(), world.people["worker"]
    Duty.objects.create(
        station=world.units.tower, person=worker, on=timezone.localdate(), starts="09:00", ends="12:00"
    )
    WrongNote.objects.update(done_at=now)
    Throttle.objects.create(key="x", window=now, ends_at=now + timedelta(hours=1))
    ask_code()
    contact = give_contact(worker, "worker@example.org")
    Delivery.objects.create(
        notice=notice(worker, now), contact=contact, channel="email", state="sent", due_at=now, ended_at=now
    )
    Message.objects.create(session=world.things.meeting, text="x", sent_at=now)
    Answer.objects.create(session=world.things.over, given_on=timezone.localdate(), worth=5)
    Todo.objects.filter(pk=Todo.objects.first().pk).update(done_at=now)
    return world


def notice(person, at) -> Notice:
    return Notice.objects.create(
        person=person,
        event_id=uuid7(),
        kind="directory.status_declared",
        subject="directory.station/x",
        at=at,
    )


def aged(rule: Rule, age: timedelta, now):
    """One row of the rule's model that is as old as that; all others are young."""
    rows = rule.table._base_manager
    moment = isinstance(rule.table._meta.get_field(rule.since), DateTimeField)
    first = rows.order_by("pk").values_list("pk", flat=True).first()
    assert first is not None, f"the world has no {rule.model}"
    old = now - age if moment else timezone.localdate(now) - age
    columns = {rule.since: old}
    if rule.model in BEGINNING:
        columns[BEGINNING[rule.model]] = old - timedelta(minutes=1)
    rows.filter(pk=first).update(**columns)
    return first


def counts(now) -> dict:
    return {(ended.rule.model, ended.rule.since): (ended.past, ended.held) for ended in past_their_date(now)}


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: f"{rule.model}.{rule.since}")
def test_on_its_day_and_not_before(world, rule):
    now, key = timezone.now(), (rule.model, rule.since)
    first = aged(rule, rule.kept - timedelta(minutes=1) if rule.kept < timedelta(days=1) else rule.kept, now)
    before = rule.table._base_manager.count()
    assert counts(now - timedelta(seconds=1))[key] == (0, 0)
    first = aged(rule, rule.kept + timedelta(days=1), now)
    assert counts(now)[key] == (1, 0)
    assert rule.table._base_manager.count() == before, "a dry run only counts"
    end_rows(now=now)
    assert not rule.table._base_manager.filter(pk=first).exists()
    assert rule.table._base_manager.count() == before - 1
    assert {past for past, _held in counts(now).values()} == {0}


def test_a_hold_keeps_what_is_about_its_person_and_nothing_else(mei, lena):
    now = timezone.now()
    kept, _gone = (notice(person, now - timedelta(days=400)) for person in (mei, lena))
    hold = place_hold(
        person=mei, ordered_by="A court", reason="A case", until=timezone.localdate() + timedelta(days=9)
    )
    assert counts(now)["notices.Notice", "at"] == (1, 1)
    end_rows(now=now)
    assert list(Notice.objects.all()) == [kept]
    lift_hold(code=hold.code)
    end_rows(now=now)
    assert not Notice.objects.exists()


def test_a_hold_ends_by_itself(mei):
    now = timezone.now()
    notice(mei, now - timedelta(days=400))
    place_hold(person=mei, ordered_by="A court", reason="A case", until=timezone.localdate())
    end_rows(now=now + timedelta(days=2))
    assert not Notice.objects.exists()


def test_many_rows_go_in_batches(db, monkeypatch):
    monkeypatch.setattr("linli.people.actions.retention.BATCH", 3)
    yesterday = timezone.now() - timedelta(days=1)
    Throttle.objects.bulk_create(
        Throttle(key=str(number), window=yesterday, ends_at=yesterday) for number in range(10)
    )
    done = {ended.rule.model: ended.past for ended in end_rows(now=timezone.now()) if ended.past}
    assert (done, Throttle.objects.count()) == ({"people.Throttle": 10}, 0)


def test_the_worker_does_it(db, settle):
    Throttle.objects.create(key="x", window=timezone.now(), ends_at=timezone.now() - timedelta(days=1))
    plan_periodic(timezone.now(), {})
    settle()
    assert not Throttle.objects.exists()


def test_the_command_counts_first(db, capsys):
    Throttle.objects.create(key="x", window=timezone.now(), ends_at=timezone.now() - timedelta(days=1))
    call_command("retention", dry_run=True)
    assert "people.Throttle.ends_at + 0 days: 1 would go, 0 held" in capsys.readouterr().out
    call_command("retention")
    assert "people.Throttle.ends_at + 0 days: 1 went, 0 held" in capsys.readouterr().out
