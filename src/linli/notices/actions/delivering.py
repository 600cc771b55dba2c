"""Messages on their way out: queued → sending → sent | failed | unknown.

`sending` is committed before anything leaves the house. If the process dies then, or the line breaks so that nobody
knows, the delivery ends as `unknown` and is shown to the operator: sent at most once, never doubled.
"""

import logging
import time
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from linli.notices.channels import SENDERS, NotSent, consenting
from linli.notices.models import Delivery, Preference, State
from linli.notices.parcels import Parcel, wrap
from linli.notices.rules import LEASE, after_quiet, wait_after

log = logging.getLogger("linli.notices")


def deliver_due(*, seconds: float = 20) -> int:
    """Sends what is due, for at most about `seconds`; returns how many deliveries were taken up.

    Never inside a transaction: on SQLite that would stop every writer for as long as the mail server takes.
    """
    mark_lost(timezone.now())
    taken, until = 0, time.monotonic() + seconds
    while time.monotonic() < until and (delivery := claim(timezone.now())) is not None:
        deliver(delivery)
        taken += 1
    return taken


def mark_lost(now: datetime) -> int:
    """Deliveries whose sender is gone end as unknown."""
    return Delivery.objects.lost(now).update(state=State.UNKNOWN, ended_at=now, error="SenderGone")


def claim(now: datetime) -> Delivery | None:
    """The next due delivery, now ours to send until the lease ends; None when nothing is due."""
    related = "notice__person", "contact"
    while delivery := Delivery.objects.due(now).select_related(*related).first():
        lease = now + LEASE
        mine = Delivery.objects.filter(pk=delivery.pk, state=State.QUEUED, due_at=delivery.due_at)
        if mine.update(state=State.SENDING, due_at=lease, tries=F("tries") + 1):
            delivery.state, delivery.due_at, delivery.tries = State.SENDING, lease, delivery.tries + 1
            return delivery
    return None


def deliver(delivery: Delivery) -> None:
    """Sends one claimed delivery, unless it is no longer wanted or this is a quiet hour."""
    now = timezone.now()
    wish = Preference.objects.filter(pk=delivery.notice.person_id).first() or Preference()
    if not is_wanted(delivery, wish):
        held(delivery).delete()
    elif (later := out_of_quiet(now, wish)) > now:
        held(delivery).update(state=State.QUEUED, due_at=later, tries=F("tries") - 1)
    else:
        send(delivery, wish)


def is_wanted(delivery: Delivery, wish: Preference) -> bool:
    """Whether it may still go out: consent, wish and person as they are now, and the notice not read meanwhile."""
    notice = delivery.notice
    return (
        notice.seen_at is None
        and notice.person.is_active
        and wish.allows(delivery.channel)
        and bool(consenting([notice.person_id], delivery.channel))
    )


def send(delivery: Delivery, wish: Preference) -> None:
    """Hands the message over and writes down how that ended. Only the type of an error is kept."""
    try:
        parcel: Parcel = wrap(delivery)
    except Exception as error:
        return end(delivery, State.FAILED, error)
    try:
        SENDERS[delivery.channel](parcel)
    except NotSent as refusal:
        wait = wait_after(delivery.tries) if refusal.temporary else None
        if wait is None:
            return end(delivery, State.FAILED, refusal)
        due_at = out_of_quiet(timezone.now() + wait, wish)
        held(delivery).update(state=State.QUEUED, due_at=due_at, error=refusal.reason)
    except Exception as error:
        return end(delivery, State.UNKNOWN, error)
    else:
        end(delivery, State.SENT)
    return None


def held(delivery: Delivery):
    """The row, as long as it is ours: a lease that ran out has already ended it as unknown."""
    return Delivery.objects.filter(pk=delivery.pk, state=State.SENDING, due_at=delivery.due_at)


def end(delivery: Delivery, state: State, error: Exception | None = None) -> None:
    reason = getattr(error, "reason", type(error).__name__) if error else ""
    held(delivery).update(state=state, ended_at=timezone.now(), error=reason)
    if error:
        log.warning("delivery %s by %s: %s with %s", delivery.pk, delivery.channel, state.value, reason)


def out_of_quiet(moment: datetime, wish: Preference) -> datetime:
    return after_quiet(moment, wish.quiet_from, wish.quiet_until, ZoneInfo(settings.TIME_ZONE))
