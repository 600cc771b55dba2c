"""What people's accounts need by the clock."""

from django.utils import timezone

from linli.ledger.facts import deed, every
from linli.people.actions.retention import end_rows


# Alone: after months without a worker there may be many rows, and each batch of them keeps its own transaction.
@every(minutes=15)
@deed("people.end_rows", alone=True)
def end(_data: dict) -> None:
    end_rows(now=timezone.now())
