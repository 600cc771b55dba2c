"""Codes to a phone or an e-mail address: sending one, and what a right one opens."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.kit.contacts import ContactValue
from linli.kit.rules import Problem, require
from linli.kit.secrets import blind_index
from linli.ledger.actions import record
from linli.people import delivery, throttle
from linli.people.access import noted
from linli.people.events import OWN_ACCOUNT, ContactAdded, ContactRemoved, PersonJoined
from linli.people.models import Contact, Person, SignInCode, WrongPins
from linli.people.models.contacts import lookup_of
from linli.people.models.signing_in import CODE_TRIES

CODE_MINUTES = 10
Purpose = SignInCode.Purpose


@dataclass(frozen=True)
class Sent:
    """The attempt its browser keeps; `shown` holds the digits in the demonstration only, else nothing."""

    attempt: UUID
    masked: str
    shown: str


def hash_of(attempt: UUID, digits: str) -> str:
    return blind_index(f"{attempt}:{digits}", "people.code")


def named(purpose: str) -> str:
    """A purpose as the log of access says it."""
    return str(purpose).replace("_", "-")


def send_code(
    *, by: Person | None, contact: ContactValue, network: str, purpose: str = Purpose.SIGN_IN
) -> Sent:
    """Sends six digits, good for ten minutes and once, and returns the attempt they belong to.

    Never looks whether the contact is known, so its answer and its work cannot tell. Each call is an attempt of its
    own with its own three tries. `by` is the person who adds or confirms; None for signing in.
    Raises Problem when nothing can be delivered, TooMany when asked too often.
    """
    require((by is None) == (purpose == Purpose.SIGN_IN))
    delivery.require_way(contact)
    lookup = lookup_of(contact.value)
    throttle.take(throttle.SEND_TO_CONTACT_FROM_NETWORK, lookup, network)
    throttle.take(throttle.SEND_FROM_NETWORK, network)
    throttle.take(throttle.SEND_TO_CONTACT, lookup)
    digits = f"{secrets.randbelow(1_000_000):06}"
    now = timezone.now()
    code = SignInCode(
        purpose=purpose, person=by, kind=contact.kind, value=contact.value, lookup=lookup, sent_at=now
    )
    code.code_hash = hash_of(code.id, digits)
    code.expires_at = now + timedelta(minutes=CODE_MINUTES)
    with transaction.atomic():
        code.save(force_insert=True)
    delivery.deliver_code(contact, digits, CODE_MINUTES)
    noted(f"{named(purpose)}-code-sent", person=by)
    return Sent(code.id, contact.masked, digits if settings.DEMONSTRATION else "")


def sign_in_with_code(*, by: None, attempt: UUID, digits: str, network: str, language: str = "") -> Person:
    """The person whose contact received the code; made now if they are new. Counts on nothing but the code.

    Raises Problem for a wrong, used or late code, and for an account that was closed; TooMany from a busy network.
    """
    throttle.take(throttle.TRY_CODE_FROM_NETWORK, network)
    code = claim_try(attempt, Purpose.SIGN_IN, None)
    with transaction.atomic():
        spend(code, digits)
        person = owner_of(code, language)
        # Whoever proves to hold the contact gets the PIN back that wrong tries switched off.
        WrongPins.objects.filter(pin__person=person).delete()
    noted("sign-in-code", person=person)
    return person


def add_contact_with_code(*, by: Person, attempt: UUID, digits: str, network: str) -> Contact:
    """Adds the verified contact; from now on it signs this person in.

    Raises Problem when it already signs in somebody else, which only its holder learns.
    """
    throttle.take(throttle.TRY_CODE_FROM_NETWORK, network)
    code = claim_try(attempt, Purpose.ADD, by)
    try:
        with transaction.atomic():
            spend(code, digits)
            contact, _made = Contact.objects.update_or_create(
                person=by,
                lookup=code.lookup,
                defaults={
                    "kind": code.kind,
                    "value": code.value,
                    "verified_at": timezone.now(),
                    "sign_in": True,
                },
            )
            record(ContactAdded(contact_kind=code.kind), by=by, subject=OWN_ACCOUNT, scope=OWN_ACCOUNT)
    except IntegrityError:
        # The constraint is the judge, also when two people add one contact at the same moment.
        raise Problem(
            _("This contact already signs in another account. Sign in with it to see which.")
        ) from None
    return contact


def remove_contact(*, by: Person, contact: Contact) -> None:
    """Removes one of one's own contacts; not the last one that signs in, or one would lock oneself out."""
    require(contact.person_id == by.pk)
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=by.pk)
        others = Contact.objects.filter(person=by, sign_in=True).exclude(pk=contact.pk)
        if contact.sign_in and not others.exists():
            raise Problem(_("This is the only contact that signs you in. Add another one first."))
        Contact.objects.filter(pk=contact.pk).delete()
        record(ContactRemoved(contact_kind=contact.kind), by=by, subject=OWN_ACCOUNT, scope=OWN_ACCOUNT)


def confirm_with_code(*, by: Person, attempt: UUID, digits: str, network: str) -> None:
    """Shows once more that it is really `by` who sits there. Raises Problem for a wrong code."""
    throttle.take(throttle.TRY_CODE_FROM_NETWORK, network)
    code = claim_try(attempt, Purpose.CONFIRM, by)
    with transaction.atomic():
        spend(code, digits)
    noted("confirm-code", person=by)


def claim_try(attempt: UUID, purpose: str, person: Person | None) -> SignInCode:
    """Counts one try before looking, so that fifty guesses at once are still only three. Commits on its own."""
    row = SignInCode.objects.filter(
        pk=attempt,
        purpose=purpose,
        person=person,
        used_at=None,
        tries__lt=CODE_TRIES,
        expires_at__gt=timezone.now(),
    )
    with transaction.atomic():
        counted = row.update(tries=F("tries") + 1)
    if not counted:
        noted(f"{named(purpose)}-code", person=person, allowed=False)
        raise Problem(_("This code is no longer good. Please ask for a new one."))
    return SignInCode.objects.get(pk=attempt)


def spend(code: SignInCode, digits: str) -> None:
    """Uses the code up if the digits are right: of any number at once exactly one succeeds."""
    right = SignInCode.objects.filter(pk=code.pk, used_at=None, code_hash=hash_of(code.pk, digits))
    if right.update(used_at=timezone.now()):
        return
    noted(f"{named(code.purpose)}-code", allowed=False)
    if code.tries >= CODE_TRIES:
        raise Problem(_("This code is not right, and it is no longer good. Please ask for a new one."))
    raise Problem(_("This code is not right. Please look at the message again."), "digits")


def owner_of(code: SignInCode, language: str) -> Person:
    """The person the contact signs in, or a new one; two at once for the same new contact become one."""
    try:
        with transaction.atomic():
            return known_person(code) or new_person(code, language)
    except IntegrityError:
        person = known_person(code)
        if person is None:
            raise
        return person


def known_person(code: SignInCode) -> Person | None:
    contact = Contact.objects.for_sign_in(code.lookup).select_related("person").first()
    if contact is None:
        return None
    if not contact.person.is_active:
        raise Problem(_("This account is closed. The desk of your station can tell you more."))
    return contact.person


def new_person(code: SignInCode, language: str) -> Person:
    person = Person.objects.create(language=language)
    Contact.objects.create(
        person=person,
        kind=code.kind,
        value=code.value,
        lookup=code.lookup,
        verified_at=timezone.now(),
        sign_in=True,
    )
    record(PersonJoined(by_way_of=code.kind), by=person, subject=OWN_ACCOUNT, scope=OWN_ACCOUNT)
    return person
