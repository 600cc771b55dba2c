"""Other ways to give seats, for comparison only. Each writes the same row and the same fact as ours; only the count differs."""

from typing import Any

from django.db import transaction

from linli.kit.refs import ref
from linli.ledger.actions import record
from linli.programmes.actions import signing_up
from linli.programmes.actions.signing_up import Attendee, Full, insert
from linli.programmes.events import SignedUp
from linli.programmes.models import Session, SignUp

OURS = signing_up.enter


def insert_if_free(by: Any, session: Session, attendee: Attendee, holder: Any) -> SignUp:
    if SignUp.objects.filter(session=session).seated().count() >= (session.capacity or 0):
        raise Full("All seats are taken.")
    made = insert(session, attendee, holder)
    record(SignedUp(), by=by, subject=ref(session), scope=ref(session))
    return made


@transaction.atomic
def count_then_insert(by: Any, session: Session, attendee: Attendee, *, holder: Any, wait: bool) -> SignUp:
    """The control: two who count at the same time both find the last seat free."""
    return insert_if_free(by, session, attendee, holder)


@transaction.atomic
def lock_and_count(by: Any, session: Session, attendee: Attendee, *, holder: Any, wait: bool) -> SignUp:
    """Everybody waits for the session's row first, and counts alone."""
    Session.objects.select_for_update().values_list("pk").get(pk=session.pk)
    return insert_if_free(by, session, attendee, holder)


ENGINES = {"ours": OURS, "lock": lock_and_count, "count": count_then_insert}
