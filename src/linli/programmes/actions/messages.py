"""A message to those who have a seat, without showing anybody's number."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.kit.refs import ref
from linli.kit.rules import Problem, require
from linli.ledger.actions import record
from linli.notices.actions import tell
from linli.people.models import Person
from linli.programmes.events import MessageSent
from linli.programmes.models import Message, Session, SignUp
from linli.programmes.rules import may_see_attendees

A_DAY = 3


@transaction.atomic
def send_message(*, by: Any, session: Session, text: str) -> Message:
    """Puts it on every ticket and into the inbox of everybody with an account. Problem after three in a day."""
    now = timezone.now()
    require(may_see_attendees(by, session, now))
    today = now.astimezone(session.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    if Message.objects.filter(session=session, sent_at__gte=today).count() >= A_DAY:
        raise Problem(_("Three messages went out today. Please leave people in peace until tomorrow."))
    message = Message.objects.create(session=session, text=text, sent_at=now)
    event = record(MessageSent(), by=by, subject=ref(session), scope=ref(session.station.unit))
    seated = SignUp.objects.filter(session=session, holder__isnull=False).seated()
    people = Person.objects.filter(pk__in=seated.values("holder"))
    tell(event=event, people=people, data={"text": text})
    return message
