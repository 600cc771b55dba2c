"""Whether two databases hold the same rows: for each table how many, and the sum of their hashes, in whatever order.

Rows are read one at a time. The sum is of SHA-256 digests as numbers, modulo 2²⁵⁶: a row changed, lost or doubled changes
it. It finds what went wrong, not what somebody forged: for that there are the seals of the ledger.
"""

import hashlib
import sqlite3
from collections.abc import Iterable
from typing import Any

Fingerprints = dict[str, str]


def of_rows(rows: Iterable[bytes]) -> str:
    """`"3 rows 9f86…"`."""
    count, total = 0, 0
    for row in rows:
        count += 1
        total += int.from_bytes(hashlib.sha256(row).digest(), "big")
    return f"{count} rows {total % 2**256:064x}"


def of_sqlite(path: str) -> Fingerprints:
    """Of every table of a database file; what a full-text index keeps for itself is made of other tables, so left out."""
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        made = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
        virtual = [name for name, sql in made if sql and sql.upper().startswith("CREATE VIRTUAL")]
        tables = [
            name
            for name, _sql in made
            if not name.startswith("sqlite_")
            and not any(name == v or name.startswith(f"{v}_") for v in virtual)
        ]
        return {
            table: of_rows(repr(row).encode() for row in database.execute(f'SELECT * FROM "{table}"'))  # noqa: S608
            for table in sorted(tables)
        }
    finally:
        database.close()


def of_postgres(connection: Any) -> Fingerprints:
    """Of every table of the schema, as one snapshot sees it: the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
        tables = [table for (table,) in cursor.fetchall()]
    found = {}
    for table in tables:
        with connection.cursor(name="fingerprint") as cursor:
            cursor.itersize = 2_000
            cursor.execute(f'SELECT row::text FROM "{table}" AS row')  # noqa: S608
            found[table] = of_rows(text.encode() for (text,) in cursor)
    return found


def count(fingerprints: Fingerprints) -> int:
    """All rows of all tables."""
    return sum(int(text.split()[0]) for text in fingerprints.values())


def differing(one: Fingerprints, other: Fingerprints) -> list[str]:
    """The tables that are not the same in both."""
    return sorted(table for table in one.keys() | other.keys() if one.get(table) != other.get(table))
