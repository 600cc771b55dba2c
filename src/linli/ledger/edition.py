"""How far the ledger is: what a page kept is right as long as no fact has been added, and nothing lapsed by the clock."""

from datetime import datetime

from django.db import connection

from linli.kit.ids import digest

# Facts that several processes write within a millisecond stand in any order, and one that took long to be written shows
# after younger ones: so a new fact need not be the newest. It is among so many.
NEWEST = 16


def edition(at: datetime) -> str:
    """The newest facts and the minute: keep under it, for a minute at most, what only facts and the clock change. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM ledger_event ORDER BY id DESC LIMIT %s", [NEWEST])
        newest = " ".join(str(row[0]) for row in cursor.fetchall())
    return f"{digest(newest)[:16]}/{at.timestamp() // 60:.0f}"
