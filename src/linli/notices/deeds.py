"""What notices do by the clock."""

from django.db import transaction

from linli.ledger.facts import deed, every
from linli.notices.actions import deliver_due


@every(minutes=1)
@deed("notices.deliver")
def deliver_notices(_data: dict) -> None:
    """Sends what is due, once this deed itself is committed: a message cannot be rolled back."""
    transaction.on_commit(deliver_due)
