"""Shared desk machines: registering a browser, choosing a PIN, switching who sits there."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.kit.ids import digest, token
from linli.kit.refs import ref
from linli.kit.rules import Problem, require
from linli.kit.secrets import blind_index
from linli.ledger.actions import record
from linli.people import throttle
from linli.people.access import noted
from linli.people.desks import colleagues, is_weak, may_keep_desk
from linli.people.events import OWN_ACCOUNT, DeskForgotten, DeskRegistered, PinSet
from linli.people.models import DeskMachine, Person, Pin, WrongPins
from linli.people.models.signing_in import PIN_TRIES

# About 25 ms and 19 MiB, OWASP's smallest Argon2id: the pepper and five tries do the rest for six digits.
hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


@cache
def no_pin() -> str:
    """Checked when there is nothing to check, so that a missing PIN takes as long as a wrong one."""
    return hasher.hash("no pin")


def peppered(person: Person, pin: str) -> str:
    return blind_index(f"{person.pk}:{pin}", "people.pin")


def register_desk(*, by: Person, unit, label: str) -> tuple[DeskMachine, str]:
    """Makes a browser a desk machine of the unit; the secret goes into its cookie, we keep the hash."""
    require(may_keep_desk(by, unit))
    secret = token()
    with transaction.atomic():
        machine = DeskMachine.objects.create(unit=unit, token_hash=digest(secret), label=label)
        record(DeskRegistered(), by=by, subject=ref(unit), scope=ref(unit))
    return machine, secret


def forget_desk(*, by: Person, machine: DeskMachine) -> None:
    """Nobody can switch on that machine any more."""
    require(may_keep_desk(by, machine.unit))
    with transaction.atomic():
        DeskMachine.objects.filter(pk=machine.pk).delete()
        record(DeskForgotten(), by=by, subject=ref(machine.unit), scope=ref(machine.unit))


def set_pin(*, by: Person, pin: str) -> None:
    """Six digits for the shared machines of the stations one works at. Problem for ones anybody would try first."""
    require(by.is_staff_member)
    if len(pin) != 6:
        raise Problem(_("A PIN has six digits."), "pin")
    if is_weak(pin):
        raise Problem(
            _("Anybody would try this one early. Please choose six digits without a pattern."), "pin"
        )
    hashed = hasher.hash(peppered(by, pin))
    with transaction.atomic():
        Pin.objects.update_or_create(person=by, defaults={"hash": hashed, "set_on": timezone.localdate()})
        WrongPins.objects.filter(pin__person=by).delete()
        record(PinSet(), by=by, subject=OWN_ACCOUNT, scope=OWN_ACCOUNT)


def switch_person(*, by: Person | None, machine: DeskMachine, person_id, pin: str) -> Person:
    """The colleague who sits down at this machine. `by` is who sat there before, if anybody.

    Five wrong PINs switch this person's PIN off on this machine until they sign in by code. Wrong, switched off,
    missing and no colleague take the same time and get the same answer.
    """
    throttle.take(throttle.TRY_PIN_ON_MACHINE, str(machine.pk))
    person = colleagues(machine.unit).filter(pk=person_id).first()
    stored = Pin.objects.filter(person=person).first() if person else None
    counted = stored is not None and claim_try(stored, machine)
    # Always verified, whatever is known already: constant work.
    right = verify(stored.hash if stored else no_pin(), peppered(person or Person(), pin))
    if not (person and stored and counted and right):
        noted("pin", person=person, allowed=False)
        raise Problem(
            _(
                "This PIN is not right, or it is switched off here. You can always sign in with a code instead."
            ),
            "pin",
        )
    with transaction.atomic():
        WrongPins.objects.filter(pin=stored, machine=machine).delete()
    noted("pin", person=person)
    return person


def claim_try(pin: Pin, machine: DeskMachine) -> bool:
    """Counts one try before looking; False once five were wrong. Commits on its own."""
    row = WrongPins.objects.filter(pin=pin, machine=machine)
    with transaction.atomic():
        WrongPins.objects.bulk_create([WrongPins(pin=pin, machine=machine)], ignore_conflicts=True)
        return bool(row.filter(count__lt=PIN_TRIES).update(count=F("count") + 1))


def verify(hashed: str, secret: str) -> bool:
    try:
        return hasher.verify(hashed, secret)
    except (VerifyMismatchError, InvalidHashError):
        return False
