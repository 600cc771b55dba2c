"""Programs of their own for tests in which processes are killed: a database each, of the kind this run tests."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.db.backends.base.base import BaseDatabaseWrapper

from tests.postgres import asked

ROOT = Path(__file__).resolve().parents[1]


@contextmanager
def own_database(folder: Path, name: str, *, copied: Path | str) -> Iterator[dict[str, str]]:
    """The environment of a program whose data lies in `folder`, or in a PostgreSQL database `name` that is dropped.

    It begins with what the fixture `empty_database` holds.
    """
    environment = {key: value for key, value in os.environ.items() if key != "LINLI_DATABASE_URL"}
    environment |= {"LINLI_DATA": str(folder), "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    environment |= {"DJANGO_SETTINGS_MODULE": "linli.settings"}
    if not asked():
        shutil.copy(copied, folder / "linli.sqlite3")
        yield environment
        return
    with server() as cluster:
        cluster.execute(f"CREATE DATABASE {name} TEMPLATE {copied}")
        try:
            url = os.environ["LINLI_DATABASE_URL"]
            yield environment | {"LINLI_DATABASE_URL": url.replace("/linli?", f"/{name}?")}
        finally:
            cluster.execute(f"DROP DATABASE {name} WITH (FORCE)")


def server() -> psycopg.Connection:
    """A connection to this run's PostgreSQL, beside all databases of it."""
    url = os.environ["LINLI_DATABASE_URL"].replace("/linli?", "/postgres?")
    return psycopg.connect(url, autocommit=True)


def keep_template(connection: BaseDatabaseWrapper) -> str:
    """The name of a copy of the tests' own PostgreSQL database, to which nobody is connected."""
    connection.close()
    with server() as cluster:
        cluster.execute(f"CREATE DATABASE empty TEMPLATE {connection.settings_dict['NAME']}")
    return "empty"


def run(module: str, *numbers: int, environment: dict[str, str]) -> dict[str, float]:
    """The figures, one JSON object in its last line, that the program prints; AssertionError when it fails."""
    program = [sys.executable, "-m", module, *(str(number) for number in numbers)]
    done = subprocess.run(program, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def tell_figures(capsys, figures: dict[str, float]) -> None:
    """Prints the figures although pytest holds back what tests print."""
    kind = "PostgreSQL" if asked() else "SQLite"
    with capsys.disabled():
        sys.stdout.write(
            f"\n{kind}: " + ", ".join(f"{name} {figure}" for name, figure in figures.items()) + "\n"
        )
