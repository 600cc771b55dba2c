"""The ledger under random kill -9, run as a program of its own: `python -m tests.ledger.kill_trial EVENTS SEED`.

Django is loaded once; writers and workers are forked from there, killed at random moments and replaced at once. A
writer changes a row, records the fact in the same transaction and, after the commit, notes it in the ack list, as a
server's answer would reach its visitor. At the end every table is compared and the figures are printed as JSON.
"""

import json
import logging
import os
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import django
from django.conf import settings

from tests.herd import Herd, run_alone, wait_for_no_disk

LEASE = timedelta(milliseconds=150)
MAX_TRIES = 6
LINE = 37  # bytes of an acknowledgement
POISONED, STUMBLING = 100, 20  # one event in so many
FOLDER = Path(os.environ["LINLI_DATA"])
ACKS, WRITERS_DONE, TICKS = FOLDER / "acks", FOLDER / "writers-done", FOLDER / "ticks"
is_mended = False


def prepare() -> None:
    """Loads Django, registers the trial's fact and consumers, and shortens the leases."""
    wait_for_no_disk(settings.DATABASES["default"])
    django.setup()
    logging.disable(logging.CRITICAL)
    from linli.ledger import facts, models, work

    work.LEASE, work.IDLE_SECONDS = LEASE, 0.02
    work.MAX_TRIES = models.MAX_TRIES = MAX_TRIES
    facts.PERIODS.clear()
    facts.PERIODS["ledger.seal"] = timedelta(seconds=1)

    @facts.fact("trial.happened", says="Something happened.")
    @dataclass(frozen=True)
    class Happened:
        number: str
        mood: str

    @facts.consumes("trial.happened")
    def count_effect(event) -> None:
        tick()
        execute("INSERT INTO trial_effect (number) VALUES (%s)", [event.data["number"]])
        if event.data["mood"] == "stumbling" and random.random() < 0.1:
            raise ConnectionError
        if event.data["mood"] == "poisoned" and not is_mended:
            raise ValueError

    prepare.fact = Happened


def execute(sql: str, params=()):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall() if cursor.description else []


def make_tables() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    # Without a unique key: a doubled effect shall be seen, not refused.
    execute("CREATE TABLE trial_effect (number text NOT NULL)")
    execute("CREATE TABLE trial_change (number text NOT NULL)")


def write() -> None:
    """Changes a row with its fact, again and again; each is acknowledged after its commit."""
    from django.db import OperationalError, transaction

    from linli.kit.refs import Ref
    from linli.ledger.actions import record

    acks = os.open(ACKS, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    while not WRITERS_DONE.exists():
        number, mood = str(uuid4()), mood_of(random.random())
        try:
            with transaction.atomic():
                execute("INSERT INTO trial_change (number) VALUES (%s)", [number])
                fact = prepare.fact(number=number, mood=mood)
                record(fact, by=None, subject=Ref(f"trial.thing/{number}"), scope=Ref("trial.thing/all"))
        except OperationalError:
            continue
        os.write(acks, f"{number}\n".encode())


def mood_of(chance: float) -> str:
    if chance < 1 / POISONED:
        return "poisoned"
    return "stumbling" if chance < 1 / POISONED + 1 / STUMBLING else "calm"


def work() -> None:
    """The real worker, until the writers are done and nothing is left open."""
    from linli.ledger.models import Todo
    from linli.ledger.work import work_forever

    def is_finished() -> bool:
        return WRITERS_DONE.exists() and not Todo.objects.open().exclude(consumer="ledger.seal").exists()

    work_forever(is_finished)


def acknowledged() -> list[str]:
    """Whole lines only: a writer killed within its note has not said yes."""
    return ACKS.read_text().split("\n")[:-1] if ACKS.exists() else []


def count_acknowledged() -> int:
    return ACKS.stat().st_size // LINE if ACKS.exists() else 0


def tick() -> None:
    """Another effect was begun: by this the trial sees that the work goes on."""
    with TICKS.open("ab", buffering=0) as ticks:
        ticks.write(b".")


def count_ticks() -> int:
    return TICKS.stat().st_size if TICKS.exists() else 0


def trial(events: int, seed: int, writers: int, workers: int) -> Counter[str]:
    """Kills until so many events are acknowledged, kills some more while the rest is worked off, then lets be."""
    herd = Herd([write] * writers + [work] * workers, seed)
    while count_acknowledged() < events:
        herd.let_work(count_acknowledged, most=25)
        herd.kill_one()
    WRITERS_DONE.touch()
    for _ in range(30):
        herd.let_work(count_ticks, most=25)
        herd.kill_one()
    herd.wait(150)
    return herd.kills


def audit() -> None:
    """What is in the tables now, against the ack list; written to a file for the parent."""
    from linli.ledger.models import Event, Todo
    from linli.ledger.sealing import check, seal

    while seal():
        pass
    events = {event.data["number"]: event.data["mood"] for event in Event.objects.iterator()}
    changes = Counter(number for (number,) in execute("SELECT number FROM trial_change"))
    effects = Counter(number for (number,) in execute("SELECT number FROM trial_effect"))
    acks, dead = acknowledged(), list(Todo.objects.dead().select_related("event"))
    poisoned = {number for number, mood in events.items() if mood == "poisoned"}
    figures = {
        "acknowledged": len(acks),
        "unacknowledged": len(set(events) - set(acks)),
        "acknowledged_but_lost": len(set(acks) - set(events)),
        "changes_without_fact": len(set(changes) - set(events)),
        "facts_without_change": len(set(events) - set(changes)),
        "effects_lost": len(set(events) - poisoned - set(effects)),
        "effects_doubled": sum(count > 1 for count in effects.values()),
        "effects_of_failed": len(set(effects) & poisoned) if not is_mended else 0,
        "poisoned": len(poisoned),
        "dead_letters_listed": len({todo.event.data["number"] for todo in dead} & poisoned),
        "innocent_dead_letters": len([todo for todo in dead if todo.event.data["number"] not in poisoned]),
        "dead_letters_without_cause": sum(todo.error != "ValueError" for todo in dead),
        "longest_delay_seconds": longest_delay(),
        "tried_again": Todo.objects.filter(done_at__isnull=False, tries__gt=1).count(),
        "findings_in_the_seals": len(list(check())),
    }
    (FOLDER / "figures").write_text(json.dumps(figures))


def longest_delay() -> float:
    """From the fact to its effect, leases of the killed included."""
    from linli.ledger.models import Todo

    done = Todo.objects.filter(done_at__isnull=False, event__isnull=False).values_list("event__at", "done_at")
    return round(max((end - start).total_seconds() for start, end in done), 1)


def mend() -> None:
    """The operator mends the cause and lets every dead letter be tried again."""
    global is_mended
    is_mended = True
    from linli.ledger.actions import try_again
    from linli.ledger.models import Todo
    from linli.ledger.work import drain

    for todo in Todo.objects.dead():
        try_again(todo)
    drain()
    audit()


def read_figures() -> dict[str, int]:
    return json.loads((FOLDER / "figures").read_text())


def main(events: int, seed: int, writers: int, workers: int) -> None:
    prepare()
    run_alone(make_tables)
    began = time.monotonic()
    kills = trial(events, seed, writers, workers)
    seconds = round(time.monotonic() - began, 1)
    run_alone(audit)
    figures = read_figures()
    run_alone(mend)
    mended = read_figures()
    figures |= {"writer_kills": kills["write"], "worker_kills": kills["work"], "seconds": seconds}
    figures["dead_after_mending"] = mended["dead_letters_listed"] + mended["innocent_dead_letters"]
    figures["doubled_after_mending"] = mended["effects_doubled"]
    sys.stdout.write(json.dumps(figures))


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
