"""The one place where seats are counted.

Every deed but a new sign-up first takes the session's row (`hold`), so that seats, waiting list and counters change together
and two deeds never wait for each other. A new sign-up inserts its own row first, which nobody else sees yet, and takes the
session's row last: in a rush people then wait for one short UPDATE each, and not for one another's work.
"""

from datetime import datetime
from typing import Any

from django.db.models import F, Q
from django.utils import timezone

from linli.kit.refs import ref
from linli.ledger.actions import record, schedule
from linli.programmes.events import SeatOffered
from linli.programmes.models import Block, Session, SignUp
from linli.programmes.rules import CALLING, offer_ends, offers_go_out

State = SignUp.State


def hold(session: Session) -> Session:
    """The session as it is now, nobody else changing its seats until this transaction ends."""
    return (
        Session.objects.select_for_update(of=("self",))
        .select_related("programme", "station__unit")
        .get(pk=session.pk)
    )


def take(session: Session, seats: int = 1) -> bool:
    """Takes seats that are free, unless somebody waits for one; False, and nothing changed, where that cannot be.

    Nor from a session that was moved since it was read: who asked for Friday shall not stand on Saturday's list.
    """
    free = Session.objects.filter(
        pk=session.pk, changes=session.changes, state="open", waiting=0, taken__lte=F("capacity") - seats
    )
    return bool(free.update(taken=F("taken") + seats))


def give_back(session: Session, seats: int = 1) -> None:
    Session.objects.filter(pk=session.pk).update(taken=F("taken") - seats)


def join_queue(sign_up: SignUp) -> None:
    """To the end of the waiting list."""
    now = timezone.now()
    SignUp.objects.filter(pk=sign_up.pk).update(state=State.WAITING, queued_at=now)
    sign_up.state, sign_up.queued_at = State.WAITING, now
    Session.objects.filter(pk=sign_up.session_id).update(waiting=F("waiting") + 1)


def leave(sign_up: SignUp, state: str) -> bool:
    """Ends a sign-up in `state`, with its seat or its place in the queue; False when it had ended already.

    The caller holds the session and calls `fill` afterwards.
    """
    was = SignUp.objects.filter(pk=sign_up.pk).alive().values_list("state", flat=True).first()
    if was is None:
        return False
    SignUp.objects.filter(pk=sign_up.pk).update(
        state=state, offered_until=None, queued_at=None, arrived_at=None
    )
    counts: dict[str, Any] = {"waiting": F("waiting") - 1} if was == State.WAITING else {}
    if was != State.WAITING and sign_up.block_id is None:
        counts = {"taken": F("taken") - 1}
    if sign_up.arrived_at is not None:
        counts["arrived"] = F("arrived") - 1
    if counts:
        Session.objects.filter(pk=sign_up.session_id).update(**counts)
    if sign_up.block_id is not None:
        Block.objects.filter(pk=sign_up.block_id).update(named=F("named") - 1)
    return True


def fill(session: Session, now: datetime | None = None) -> list[SignUp]:
    """Offers every free seat to whoever waits longest; returns the offers. The caller holds the session.

    Within three hours of the start nothing is offered any more: those who wait are the desk's list to call.
    """
    now = now or timezone.now()
    there = Session.objects.select_related("station__unit").get(pk=session.pk)
    if not (there.is_open and there.waiting and there.free and offers_go_out(now, there.starts_at)):
        return []
    chosen = list(SignUp.objects.filter(session=there).queue()[: min(there.free, there.waiting)])
    until = offer_ends(now, there.starts_at, there.zone)
    for each in chosen:
        offer(each, there, until)
    Session.objects.filter(pk=there.pk).update(
        taken=F("taken") + len(chosen), waiting=F("waiting") - len(chosen)
    )
    return chosen


def offer(sign_up: SignUp, session: Session, until: datetime) -> None:
    sign_up.state, sign_up.offered_until = State.OFFERED, until
    SignUp.objects.filter(pk=sign_up.pk).update(state=State.OFFERED, offered_until=until)
    fact = SeatOffered(sign_up.code, until.isoformat())
    record(fact, by=None, subject=ref(session), scope=ref(session))
    plan_lapse(sign_up, until)


def plan_lapse(sign_up: SignUp, until: datetime) -> None:
    schedule(
        "programmes.lapse",
        due_at=until,
        data={"sign_up": str(sign_up.pk), "until": until.isoformat()},
        key=f"{sign_up.code}:{until.timestamp():.0f}",
    )


def hasten(session: Session) -> None:
    """Offers of a session that was moved forward end sooner: at the latest three hours before its start."""
    latest = session.starts_at - CALLING
    for each in SignUp.objects.filter(session=session, state=State.OFFERED, offered_until__gt=latest):
        SignUp.objects.filter(pk=each.pk).update(offered_until=latest)
        plan_lapse(each, latest)


def confirm(sign_up: SignUp) -> None:
    """From an offer, which holds a seat already."""
    SignUp.objects.filter(pk=sign_up.pk).update(state=State.CONFIRMED, offered_until=None, queued_at=None)
    sign_up.state, sign_up.offered_until = State.CONFIRMED, None


def count_up(session: Session, column: str, number: int, most: int = 10_000) -> bool:
    """Changes a counter of the session, never below zero; False where that would be so."""
    within = Q(**{f"{column}__gte": -number, f"{column}__lte": most - number})
    return bool(Session.objects.filter(within, pk=session.pk).update(**{column: F(column) + number}))
