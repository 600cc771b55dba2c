"""What notices do by the clock."""

from django.db import transaction
from django.utils import timezone

from linli.ledger.facts import deed, every
from linli.notices.actions import deliver_due, forget_old


@every(minutes=1)
@deed("notices.deliver")
def deliver_notices(_data: dict) -> None:
    """Sends what is due, once this deed itself is committed: a message cannot be rolled back."""
    transaction.on_commit(deliver_due)


@every(minutes=24 * 60)
@deed("notices.forget_old")
def forget_old_notices(_data: dict) -> None:
    forget_old(now=timezone.now())
