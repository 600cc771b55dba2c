"""Slips: a printed code and link with which somebody without a phone signs in, once."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.kit.ids import code as fresh_code
from linli.kit.ids import digest, read_code, token
from linli.kit.refs import ref
from linli.kit.rules import Problem, require
from linli.kit.secrets import blind_index
from linli.ledger.actions import record
from linli.people import throttle
from linli.people.access import noted
from linli.people.desks import may_issue_slip
from linli.people.events import OWN_ACCOUNT, PersonJoined, SlipIssued
from linli.people.models import Person, Slip

SLIP_HOURS = 24
CODE_LENGTH = 10


@dataclass(frozen=True)
class Printed:
    """What stands on the paper. Shown once: afterwards only hashes are left."""

    slip: Slip
    token: str
    code: str


def code_hash_of(code: str) -> str:
    """Hash of a typed code; I and O are read as 1 and 0, spaces do not count."""
    return blind_index(read_code(code), "people.slip")


def issue_slip(*, by: Person, unit, name: str = "", earlier: str = "", hours: int = SLIP_HOURS) -> Printed:
    """A slip for somebody new, or for the holder of an `earlier` slip (its code) of this very unit.

    People are found by the paper they bring and not by name, so a desk cannot look anybody up. Earlier slips of the
    person that were not used end. Raises Refused for who may not, Problem for an unknown earlier slip or for staff.
    """
    require(may_issue_slip(by, unit))
    with transaction.atomic():
        person = holder_of(earlier, unit) if earlier else Person.objects.create(name=name, language="")
        printed = print_slip(person, unit, timedelta(hours=hours))
        record(SlipIssued(is_new=not earlier), by=by, subject=ref(unit), scope=ref(unit))
        if not earlier:
            record(PersonJoined(by_way_of="slip"), by=None, subject=OWN_ACCOUNT, scope=OWN_ACCOUNT)
    return printed


def holder_of(earlier: str, unit) -> Person:
    """Whose slip that was. Slips of staff are refused: nobody at the desk may become a colleague."""
    slip = Slip.objects.filter(code_hash=code_hash_of(earlier), unit=unit, person__is_active=True).first()
    if slip is None or slip.person.is_staff_member:
        raise Problem(
            _("No slip of this station has this code. Leave it empty to make a new account."), "earlier"
        )
    return slip.person


def print_slip(person: Person, unit, lifetime: timedelta) -> Printed:
    """A fresh slip; the caller has asked who may and records the fact."""
    now = timezone.now()
    Slip.objects.filter(person=person, used_at=None, expires_at__gt=now).update(used_at=now)
    secret, code = token(), fresh_code(CODE_LENGTH)
    slip = Slip.objects.create(
        person=person,
        unit=unit,
        token_hash=digest(secret),
        code_hash=code_hash_of(code),
        issued_at=now,
        expires_at=now + lifetime,
    )
    return Printed(slip, secret, code)


def sign_in_with_slip(*, by: None, secret: str = "", code: str = "", network: str) -> Person:
    """The slip's person, by the token of its link or its typed code; the slip is used up.

    Raises Problem for an unknown, used or late slip (all alike), TooMany from a busy network.
    """
    person = use_slip(secret=secret, code=code, network=network, of=Q())
    noted("sign-in-slip", person=person)
    return person


def confirm_with_slip(*, by: Person, code: str, network: str) -> None:
    """For people without any contact: a fresh slip from the desk shows that it is really they."""
    use_slip(secret="", code=code, network=network, of=Q(person=by))
    noted("confirm-slip", person=by)


def use_slip(*, secret: str, code: str, network: str, of: Q) -> Person:
    throttle.take(throttle.TRY_SLIP_FROM_NETWORK, network)
    now = timezone.now()
    named = Q(token_hash=digest(secret)) if secret else Q(code_hash=code_hash_of(code))
    good = Slip.objects.filter(named, of, used_at=None, expires_at__gt=now, person__is_active=True)
    with transaction.atomic():
        slip = good.select_related("person").first()
        if slip is not None and Slip.objects.filter(pk=slip.pk, used_at=None).update(used_at=now):
            return slip.person
    noted("slip", allowed=False)
    raise Problem(_("This slip is not good any more, or was mistyped. The desk prints a new one."), "code")
