"""To name the leader 领队 of one session, and to take the task back."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from linli.kit.refs import ref
from linli.kit.rules import Problem, require
from linli.ledger.actions import record
from linli.people import throttle
from linli.people.actions.roles import signed_in_by
from linli.people.models import Person
from linli.programmes.events import LeaderNamed
from linli.programmes.models import Leader, Session
from linli.programmes.rules import may_keep_sessions


def find_leader(*, by: Any, session: Session, contact: str) -> Person:
    """Whom a phone number or e-mail address signs in. Problem when nobody; asking is limited, for it tells who has an account."""
    require(may_keep_sessions(by, session.station))
    throttle.take(throttle.FIND_COLLEAGUE, str(by.pk))
    person = Person.objects.active().filter(pk__in=signed_in_by(contact)).first()
    if person is None:
        raise Problem(_("Nobody signs in with this yet. Ask them to sign in once, and try again."), "contact")
    return person


@transaction.atomic
def name_leader(*, by: Any, session: Session, leader: Person | None) -> None:
    """The leader sees who is expected, from an hour before until a day after, and notes arrivals; None: nobody any more."""
    require(may_keep_sessions(by, session.station))
    if leader is None:
        Leader.objects.filter(session=session).delete()
    else:
        Leader.objects.update_or_create(session=session, defaults={"person": leader})
    record(LeaderNamed(leader is not None), by=by, subject=ref(session), scope=ref(session.station.unit))
