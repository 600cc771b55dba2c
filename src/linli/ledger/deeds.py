"""What the ledger does by the clock."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from linli.ledger.facts import deed, every
from linli.ledger.models import Todo
from linli.ledger.sealing import seal

KEEP_DONE = timedelta(days=30)


@every(minutes=10)
@deed("ledger.seal")
def seal_events(_data: dict[str, Any]) -> None:
    while seal():
        pass


@every(minutes=24 * 60)
@deed("ledger.forget_done")
def forget_done(_data: dict[str, Any]) -> None:
    """Done work is kept a month for questions, then dropped; the events stay."""
    Todo.objects.filter(done_at__lt=timezone.now() - KEEP_DONE).delete()
