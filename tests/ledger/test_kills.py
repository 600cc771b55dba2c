"""Promises P3 and P4: nothing recorded is forgotten and nothing done twice, whoever is killed and when."""

import pytest

from tests import programs
from tests.postgres import asked

EVENTS = 3_000
NEVER = [
    "acknowledged_but_lost",
    "changes_without_fact",
    "facts_without_change",
    "effects_lost",
    "effects_doubled",
    "effects_of_failed",
    "innocent_dead_letters",
    "dead_letters_without_cause",
    "findings_in_the_seals",
    "dead_after_mending",
    "doubled_after_mending",
]


@pytest.mark.processes
def test_no_effect_is_lost_or_doubled_while_writers_and_workers_are_killed(tmp_path, empty_database, capsys):
    # SQLite takes two writing processes well; PostgreSQL many.
    writers, workers = (2, 3) if asked() else (1, 2)
    with programs.own_database(tmp_path, "kill_trial", copied=empty_database) as environment:
        numbers = EVENTS, 20261122, writers, workers
        figures = programs.run("tests.ledger.kill_trial", *numbers, environment=environment)
    programs.tell_figures(capsys, figures)

    assert {name: figures[name] for name in NEVER} == dict.fromkeys(NEVER, 0)
    assert figures["acknowledged"] >= EVENTS
    assert figures["poisoned"] > 0
    assert figures["dead_letters_listed"] == figures["poisoned"]
    assert figures["writer_kills"] > 10
    assert figures["worker_kills"] > 10
