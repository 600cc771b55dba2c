"""Legal holds. They are placed at the machine (`linli manage hold`): no page shows an operator whose data it is."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from linli.kit.refs import ref
from linli.kit.rules import Problem
from linli.ledger.actions import record
from linli.people.events import OWN_ACCOUNT, HoldLifted, HoldPlaced
from linli.people.models import Hold, Person

LONGEST = timedelta(days=366)


@transaction.atomic
def place_hold(*, person: Person, ordered_by: str, reason: str, until: date) -> Hold:
    """Keeps everything that is about a person from deletion and erasure until the end of a day, a year off at most.

    The person can see it, as with everything held about them. Problem for a day that is past or too far.
    """
    today = timezone.localdate()
    if not today <= until <= today + LONGEST:
        raise Problem(_("A hold ends within a year; it can be placed anew."), "until")
    hold = Hold.objects.create(person=person, ordered_by=ordered_by, reason=reason, until=until)
    record(HoldPlaced(until.isoformat()), by=None, subject=ref(hold), scope=OWN_ACCOUNT)
    return hold


@transaction.atomic
def lift_hold(*, code: str) -> Hold:
    """Ends a hold before its day. Problem when there is none of that code in force."""
    hold = Hold.objects.in_force().filter(code=code).select_for_update().first()
    if hold is None:
        raise Problem(_("No hold of this code is in force."))
    Hold.objects.filter(pk=hold.pk).update(lifted_at=timezone.now())
    record(HoldLifted(), by=None, subject=ref(hold), scope=OWN_ACCOUNT)
    return hold


def refuse_held(person: Person) -> None:
    """Problem, in words, while a hold lies on the person."""
    last = Hold.objects.in_force().filter(person=person).order_by("-until").first()
    if last is not None:
        words = _(
            "By order of an authority your data has to be kept until %(day)s. Ask who runs this site about it."
        )
        raise Problem(words % {"day": date_format(last.until)})
