"""The two verbs by which anything enters the ledger."""

from dataclasses import asdict
from datetime import datetime
from typing import Any, Protocol

from django.db import transaction
from django.utils import timezone

from linli.kit.refs import Ref
from linli.ledger.facts import DEEDS, HEARD_BY, NAMES
from linli.ledger.models import Event, Todo


class Actor(Protocol):
    def pseudonym(self, scope: str) -> str: ...


def record(fact: Any, *, by: Actor | None, subject: Ref, scope: Ref) -> Event:
    """Writes a fact and one todo for everyone who hears of it, in the caller's transaction.

    `by` is the person who acted, stored only as a pseudonym within `scope`; None for the system or the command line.
    Raises RuntimeError outside a transaction: a fact without its change, or the reverse, is worse than neither.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("record() belongs inside the transaction of the change")
    kind, now = NAMES[type(fact)], timezone.now()
    actor = by.pseudonym(scope) if by is not None else ""
    event = Event.objects.create(
        at=now, kind=kind, actor=actor, subject=subject, scope=scope, data=asdict(fact)
    )
    Todo.objects.bulk_create(
        Todo(consumer=consumer, event=event, due_at=now, key=f"{event.id}:{consumer}")
        for consumer in HEARD_BY[kind]
    )
    return event


def schedule(deed: str, *, due_at: datetime, data: dict[str, Any], key: str) -> None:
    """Plans a timed deed in the caller's transaction; a second call with the same `key` changes nothing."""
    if deed not in DEEDS:
        raise KeyError(deed)
    Todo.objects.bulk_create(
        [Todo(consumer=deed, data=data, due_at=due_at, key=f"{deed}:{key}")], ignore_conflicts=True
    )


def try_again(todo: Todo) -> None:
    """Gives a dead letter all its tries back, for the operator who has mended the cause."""
    Todo.objects.filter(pk=todo.pk, done_at=None).update(tries=0, due_at=timezone.now(), error="")
