"""Offers 候补名额: taken in time, lapsed by the clock, or, close to the start, given by the desk on the phone."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.kit.refs import ref
from linli.kit.rules import Problem, require
from linli.ledger.actions import record
from linli.programmes.actions.seats import confirm, fill, hold, leave
from linli.programmes.events import OfferAccepted, OfferLapsed
from linli.programmes.models import Session, SignUp
from linli.programmes.rules import may_decide, may_keep_sessions

State = SignUp.State


@transaction.atomic
def accept_offer(*, by: Any, sign_up: SignUp) -> None:
    """Takes the seat that is kept for them. Problem when the offer is over; then the seat goes on at once."""
    require(may_decide(by, sign_up))
    session = hold(sign_up.session)
    fresh = SignUp.objects.get(pk=sign_up.pk)
    if fresh.state == State.CONFIRMED:
        return
    if not session.is_open or fresh.state != State.OFFERED or fresh.offered_until <= timezone.now():
        raise Problem(_("This offer is over. If seats are left you can sign up anew."))
    confirm(fresh)
    record(OfferAccepted(), by=by, subject=ref(session), scope=ref(session))


@transaction.atomic
def lapse_offer(*, sign_up: SignUp, until: datetime) -> bool:
    """The clock's deed: the offer that ends at `until` was not taken, so the seat goes to the next. Twice is once.

    Of a session that was cancelled no seat goes to anybody, and who was told of that hears no more of it.
    """
    session = hold(sign_up.session)
    fresh = SignUp.objects.get(pk=sign_up.pk)
    if not session.is_open or fresh.state != State.OFFERED or fresh.offered_until != until:
        return False
    leave(fresh, State.LAPSED)
    record(OfferLapsed(fresh.code), by=None, subject=ref(session), scope=ref(session))
    fill(session)
    return True


@transaction.atomic
def give_seat(*, by: Any, sign_up: SignUp) -> None:
    """The desk has called somebody who waits, and they come. Problem when no seat is free any more."""
    require(may_keep_sessions(by, sign_up.session.station))
    session = hold(sign_up.session)
    fresh = SignUp.objects.get(pk=sign_up.pk)
    if fresh.state != State.WAITING:
        return
    if not session.is_open or session.free < 1 or session.ends_at <= timezone.now():
        raise Problem(_("No seat is free any more."))
    SignUp.objects.filter(pk=fresh.pk).update(state=State.CONFIRMED, queued_at=None)
    Session.objects.filter(pk=session.pk).update(taken=session.taken + 1, waiting=session.waiting - 1)
    record(OfferAccepted(), by=by, subject=ref(session), scope=ref(session))
