"""Ending sessions: one's own, from this browser or from afar."""

from django.db import transaction

from linli.kit.ids import digest
from linli.kit.rules import require
from linli.ledger.actions import record
from linli.people.events import OWN_ACCOUNT, SessionsEnded
from linli.people.models import Person, SignedIn


def end_session(*, by: Person, session: SignedIn) -> None:
    """That browser is signed out with its next request."""
    require(session.person_id == by.pk)
    with transaction.atomic():
        ended, _rows = SignedIn.objects.filter(pk=session.pk).delete()
        record(SessionsEnded(count=ended), by=by, subject=OWN_ACCOUNT, scope=OWN_ACCOUNT)


def end_all_sessions(*, by: Person, except_key: str = "") -> int:
    """Signs out every browser of the person but the one whose session key is given; returns how many."""
    others = SignedIn.objects.filter(person=by).exclude(key_hash=digest(except_key))
    with transaction.atomic():
        ended, _rows = others.delete()
        record(SessionsEnded(count=ended), by=by, subject=OWN_ACCOUNT, scope=OWN_ACCOUNT)
    return ended
