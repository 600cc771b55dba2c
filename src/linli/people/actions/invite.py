"""The first organiser of a real installation, invited from the command line."""

from datetime import timedelta

from django.db import transaction

from linli.ledger.actions import record
from linli.people.actions.slips import Printed, print_slip
from linli.people.events import OWN_ACCOUNT, PersonJoined
from linli.people.models import Person

INVITATION_DAYS = 3


def invite(*, by: None, unit, role: str, name: str = "") -> Printed:
    """A new person with a role at the unit, and the slip that signs them in once within three days.

    For whoever has the command line, and so the installation, in hand; pages never call it.
    """
    from linli.people.actions import grant_role

    with transaction.atomic():
        person = Person.objects.create(name=name)
        record(PersonJoined(by_way_of="invitation"), by=None, subject=OWN_ACCOUNT, scope=OWN_ACCOUNT)
        grant_role(by=by, person=person, unit=unit, role=role)
        return print_slip(person, unit, timedelta(days=INVITATION_DAYS))
