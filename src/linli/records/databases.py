"""The two databases, each with its own way to be copied whole while people use it, put back, and looked at."""

import os
import secrets
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings

from linli.records.fingerprints import Fingerprints, of_postgres, of_sqlite


class Broken(Exception):
    """A copy that cannot be made, read or put back; the sentence says what to do."""


class Database(Protocol):
    """What both can: the name of the copy's file, and four deeds."""

    file: str

    def copy(self, to: Path) -> Fingerprints:
        """Copies one whole state, while others write, and tells what is in it."""

    def put_back(self, copy: Path) -> Fingerprints:
        """Puts the copy in the place of what is there, all or nothing, and tells what is there now."""

    def try_out(self, copy: Path) -> Fingerprints:
        """Puts the copy into a place of its own, tells what is there, and removes it."""

    def others(self) -> bool:
        """Whether somebody else is connected: a server or a worker that was not stopped."""


class SQLite:
    """One file with its log beside it. A plain copy would miss what still lies in the log; the online backup does not."""

    file = "linli.sqlite3"

    def __init__(self, own: dict[str, Any]):
        self.path = Path(own["NAME"])

    def copy(self, to: Path) -> Fingerprints:
        with (
            closing(sqlite3.connect(f"file:{self.path}?mode=rw", uri=True)) as source,
            closing(sqlite3.connect(to)) as copy,
        ):
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            (said,) = copy.execute("PRAGMA integrity_check").fetchone()
        if said != "ok":
            raise Broken(f"The copy is damaged, so the database may be: {said}")
        return of_sqlite(str(to))

    def put_back(self, copy: Path) -> Fingerprints:
        """What was there is set aside as linli.sqlite3.before."""
        fresh = self.path.with_name(self.path.name + ".new")
        copy_whole(copy, fresh)
        for part in ("", "-wal", "-shm"):
            there = self.path.with_name(self.path.name + part)
            if there.exists():
                there.replace(self.path.with_name(f"{self.path.name}.before{part}"))
        fresh.replace(self.path)
        return of_sqlite(str(self.path))

    def try_out(self, copy: Path) -> Fingerprints:
        with tempfile.TemporaryDirectory(dir=settings.DATA) as folder:
            tried = Path(folder) / self.file
            copy_whole(copy, tried)
            return of_sqlite(str(tried))

    def others(self) -> bool:
        if not self.path.exists():
            return False
        with closing(sqlite3.connect(self.path, timeout=0.5)) as own:
            try:
                # Leaving the log is only granted to whoever is alone.
                (mode,) = own.execute("PRAGMA journal_mode=DELETE").fetchone()
            except sqlite3.OperationalError:
                return True
            return bool(mode != "delete")


class PostgreSQL:
    """The server's own programs, on one snapshot that the fingerprints are taken of as well."""

    file = "linli.dump"

    def __init__(self, own: dict[str, Any]):
        self.name = own["NAME"]
        options = own.get("OPTIONS", {})
        said = {
            "PGHOST": own.get("HOST"),
            "PGPORT": own.get("PORT"),
            "PGUSER": own.get("USER"),
            "PGPASSWORD": own.get("PASSWORD"),
            "PGSSLMODE": options.get("sslmode"),
        }
        # In the environment, because everybody on the machine can read arguments.
        self.environment = os.environ | {name: str(value) for name, value in said.items() if value}

    @contextmanager
    def connected(self, name: str = "") -> Iterator[Any]:
        import psycopg

        said = {PG_NAMES[key]: value for key, value in self.environment.items() if key in PG_NAMES}
        with psycopg.connect(dbname=name or self.name, autocommit=True, **said) as connection:
            yield connection

    def copy(self, to: Path) -> Fingerprints:
        with self.connected() as connection, connection.transaction():
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            (snapshot,) = connection.execute("SELECT pg_export_snapshot()").fetchone()
            self.call(
                "pg_dump",
                "--format=custom",
                "--no-owner",
                f"--snapshot={snapshot}",
                f"--file={to}",
                self.name,
            )
            return of_postgres(connection)

    def put_back(self, copy: Path) -> Fingerprints:
        """Everything of the schema is dropped first, in the same transaction: a later version may have made tables."""
        self.pour(copy, self.name)
        return self.told(self.name)

    def try_out(self, copy: Path) -> Fingerprints:
        name = f"linli_try_{secrets.token_hex(4)}"
        with self.connected() as server:
            try:
                server.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
            except Exception as error:
                raise Broken(
                    f"No database could be made to try it in: {error}. See docs/production.md."
                ) from None
            try:
                self.pour(copy, name)
                return self.told(name)
            finally:
                server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def others(self) -> bool:
        asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        with self.connected() as connection:
            (count,) = connection.execute(asked + " AND backend_type = 'client backend'").fetchone()
        return bool(count)

    def told(self, name: str) -> Fingerprints:
        with self.connected(name) as connection, connection.transaction():
            return of_postgres(connection)

    def pour(self, copy: Path, name: str) -> None:
        with tempfile.TemporaryDirectory(dir=settings.DATA) as folder:
            script = Path(folder) / "restore.sql"
            self.call("pg_restore", "--no-owner", f"--file={script}", str(copy))
            empty = "DROP SCHEMA public CASCADE; CREATE SCHEMA public AUTHORIZATION pg_database_owner;"
            said = [
                "--quiet",
                "--no-psqlrc",
                "--single-transaction",
                "--set=ON_ERROR_STOP=1",
                "--output=/dev/null",
            ]
            self.call("psql", *said, f"--command={empty}", f"--file={script}", f"--dbname={name}")

    def call(self, *command: str) -> None:
        try:
            done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)  # noqa: S603
        except FileNotFoundError:
            raise Broken(
                f"{command[0]} is not installed; it comes with PostgreSQL's client programs."
            ) from None
        if done.returncode != 0:
            raise Broken(f"{command[0]} failed: {done.stderr.strip()[-500:]}")


# What psycopg calls the settings that the server's programs read from the environment.
PG_NAMES = {
    "PGHOST": "host", "PGPORT": "port", "PGUSER": "user", "PGPASSWORD": "password", "PGSSLMODE": "sslmode",
}  # fmt: skip


def copy_whole(source: Path, target: Path) -> None:
    """Copies a file and waits until it is on the disk."""
    with source.open("rb") as read, target.open("wb") as written:
        while piece := read.read(1 << 20):
            written.write(piece)
        written.flush()
        os.fsync(written.fileno())


def own_database() -> Database:
    """The one of this installation."""
    own = settings.DATABASES["default"]
    return PostgreSQL(own) if own["ENGINE"].endswith("postgresql") else SQLite(own)
