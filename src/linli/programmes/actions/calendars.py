"""A person's own calendar address."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from linli.kit.ids import digest, token
from linli.kit.rules import require
from linli.programmes.models import Calendar


@transaction.atomic
def renew_calendar(*, by: Any) -> str:
    """Makes the address, or another in its place: the old one ends at once. Returns its secret, shown this once.

    No fact is left: what somebody keeps in their calendar is theirs.
    """
    require(by.is_authenticated)
    secret = token()
    Calendar.objects.update_or_create(
        person=by, defaults={"digest": digest(secret), "made_at": timezone.now()}
    )
    return secret


def end_calendar(*, by: Any) -> None:
    """Ends the address; nobody is told."""
    require(by.is_authenticated)
    Calendar.objects.filter(person=by).delete()
