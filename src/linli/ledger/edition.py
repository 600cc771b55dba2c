"""How far the ledger is: what a page kept is right as long as no fact has been added, and nothing lapsed by the clock."""

from datetime import datetime

from django.db import connection


def edition(at: datetime) -> str:
    """The newest fact and the minute: keep under it what only facts and the clock change. One query.

    Where two facts are written at once, the later one may show first; so nothing is kept for longer than its minute.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM ledger_event ORDER BY id DESC LIMIT 1")
        newest = cursor.fetchone()
    return f"{newest[0] if newest else ''}/{at.timestamp() // 60:.0f}"
