"""Dropping what has ended. Nothing about signing in outlives its use."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from linli.people.models import SignInCode, Slip, Throttle
from linli.people.sessions import SessionStore

KEEP_CODES = timedelta(days=1)
# A used slip lets its holder be found by the paper they bring, so it is kept a year and a bit.
KEEP_SLIPS = timedelta(days=400)


def sweep_ended() -> dict[str, int]:
    """Deletes codes a day and slips 400 days after their end, and counters and sessions at once; returns how many rows."""
    now = timezone.now()
    ended = {
        "codes": SignInCode.objects.filter(expires_at__lt=now - KEEP_CODES),
        "slips": Slip.objects.filter(expires_at__lt=now - KEEP_SLIPS),
        "counters": Throttle.objects.filter(ends_at__lt=now),
    }
    with transaction.atomic():
        counts = {what: rows.delete()[0] for what, rows in ended.items()}
        SessionStore.clear_expired()
    return counts
