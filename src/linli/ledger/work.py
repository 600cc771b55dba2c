"""The background process: claims what is due, does it, and survives being killed at any instruction.

Claiming is one conditional UPDATE that moves `due_at` on: claim, lease and backoff in one. The effect and `done_at`
share a transaction, so an effect happens once however often a todo is tried; a dead worker's todo comes back by itself
when its lease has passed. There is no cursor over ids: PostgreSQL commits out of order.
"""

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.db import OperationalError, close_old_connections, connection, transaction
from django.db.models import F
from django.utils import timezone

from linli.ledger.facts import ALONE, CONSUMERS, DEEDS, PERIODS
from linli.ledger.models import MAX_TRIES, Todo

log = logging.getLogger("linli.work")
LEASE = timedelta(seconds=60)
IDLE_SECONDS = 1.0


def pause(tries: int) -> timedelta:
    """How long a claimed todo stays away: the lease of this try, and the wait before the next. Doubles up to two hours."""
    return min(timedelta(seconds=LEASE.total_seconds() * 2**tries), timedelta(hours=2))


def claim(now: datetime) -> Todo | None:
    """The next due todo, now ours until its new `due_at`; None when nothing is due."""
    while todo := Todo.objects.due(now).select_related("event").first():
        leased = now + pause(todo.tries)
        mine = Todo.objects.filter(pk=todo.pk, due_at=todo.due_at, done_at=None)
        if mine.update(due_at=leased, tries=F("tries") + 1):
            todo.due_at, todo.tries = leased, todo.tries + 1
            return todo
    return None


def perform(todo: Todo) -> bool:
    """Does a claimed todo: its effect and its `done_at` in one transaction. False when it failed or was not ours any more."""
    mine = Todo.objects.filter(pk=todo.pk, due_at=todo.due_at, done_at=None)
    try:
        if todo.consumer in ALONE:
            if mine.exists():
                DEEDS[todo.consumer](todo.data)
            return bool(mine.update(done_at=timezone.now()))
        with transaction.atomic():
            if not mine.update(done_at=timezone.now()):
                return False
            if todo.event is not None:
                CONSUMERS[todo.consumer](todo.event)
            else:
                DEEDS[todo.consumer](todo.data)
        return True
    except OperationalError:
        raise
    except Exception as error:
        # Only the type: a message may quote what a person wrote.
        Todo.objects.filter(pk=todo.pk, done_at=None).update(error=type(error).__name__)
        final = " and gave up" if todo.tries >= MAX_TRIES else ""
        log.warning("%s failed with %s at try %d%s", todo.consumer, type(error).__name__, todo.tries, final)
        return False


def plan_periodic(now: datetime, planned: dict[str, int]) -> None:
    """Writes the todo of each periodic deed's current period; `planned` remembers what this process already wrote."""
    fresh: list[Todo] = []
    slots: dict[str, int] = {}
    for name, period in PERIODS.items():
        slot = int(now.timestamp() // period.total_seconds())
        if planned.get(name) != slot:
            start = datetime.fromtimestamp(slot * period.total_seconds(), UTC)
            fresh.append(Todo(consumer=name, due_at=start, key=f"{name}@{slot}"))
            slots[name] = slot
    if fresh:
        Todo.objects.bulk_create(fresh, ignore_conflicts=True)
        # Only now: had the database not answered, the next round must write them.
        planned.update(slots)


def drain(limit: int | None = None, now: Callable[[], datetime] = timezone.now) -> int:
    """Does everything that is due, at most `limit` todos; returns how many were tried."""
    tried = 0
    while (limit is None or tried < limit) and (todo := claim(now())) is not None:
        perform(todo)
        tried += 1
    return tried


def work_forever(stopping: Callable[[], bool]) -> None:
    """Drains again and again until `stopping()`; a database that is away for a while is waited for."""
    planned: dict[str, int] = {}
    while not stopping():
        try:
            plan_periodic(timezone.now(), planned)
            if not drain(limit=100):
                time.sleep(IDLE_SECONDS)
        except OperationalError as error:
            log.warning("database not answering (%s), trying again", type(error).__name__)
            connection.close()
            time.sleep(IDLE_SECONDS)
        close_old_connections()
