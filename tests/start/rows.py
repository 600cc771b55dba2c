"""`python -m tests.start.rows`: a hash of the rows of every table, as JSON in the last line."""

import hashlib
import json
import sys

import django
from django.db import connection


def digest(table: str) -> str:
    """The same for the same rows in any order."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
        rows = [[bytes(value) if isinstance(value, memoryview) else value for value in row] for row in cursor]
    return f"{len(rows)} rows {hashlib.sha256(repr(sorted(map(repr, rows))).encode()).hexdigest()}"


if __name__ == "__main__":
    django.setup()
    tables = connection.introspection.table_names()
    sys.stdout.write(json.dumps({table: digest(table) for table in tables}) + "\n")
