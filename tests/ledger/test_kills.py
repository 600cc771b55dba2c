"""Promise P4 and P3: nothing recorded is forgotten and nothing done twice, whoever is killed and when."""

import json
import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from tests.postgres import asked

EVENTS = 3_000
DATABASE = "kill_trial"
ROOT = Path(__file__).resolve().parents[2]
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


@pytest.fixture
def own_database(tmp_path):
    """The environment of a program with an empty database of its own, of the kind this run tests."""
    environment = {name: value for name, value in os.environ.items() if name != "LINLI_DATABASE_URL"}
    environment |= {"LINLI_DATA": str(tmp_path), "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    environment |= {"DJANGO_SETTINGS_MODULE": "linli.settings"}
    if not asked():
        yield environment
        return
    url = os.environ["LINLI_DATABASE_URL"]
    with psycopg.connect(url.replace("/linli?", "/postgres?"), autocommit=True) as server:
        server.execute(f"CREATE DATABASE {DATABASE}")
        yield environment | {"LINLI_DATABASE_URL": url.replace("/linli?", f"/{DATABASE}?")}
        server.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")


def run_trial(environment, *, seed: int) -> dict[str, int]:
    # SQLite takes two writing processes well; PostgreSQL many.
    writers, workers = (2, 3) if asked() else (1, 2)
    numbers = [str(number) for number in (EVENTS, seed, writers, workers)]
    program = [sys.executable, "-m", "tests.ledger.kill_trial", *numbers]
    done = subprocess.run(program, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.processes
def test_no_effect_is_lost_or_doubled_while_writers_and_workers_are_killed(own_database, capsys):
    figures = run_trial(own_database, seed=20261122)

    with capsys.disabled():
        kind = "PostgreSQL" if asked() else "SQLite"
        sys.stdout.write(
            f"\n{kind}: " + ", ".join(f"{name} {figure}" for name, figure in figures.items()) + "\n"
        )
    assert {name: figures[name] for name in NEVER} == dict.fromkeys(NEVER, 0)
    assert figures["acknowledged"] >= EVENTS
    assert figures["poisoned"] > 0
    assert figures["dead_letters_listed"] == figures["poisoned"]
    assert figures["writer_kills"] > 10
    assert figures["worker_kills"] > 10
