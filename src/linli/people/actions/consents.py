"""Saying yes to a purpose and taking it back, both in one step."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.kit.refs import Ref
from linli.kit.rules import Problem, require
from linli.ledger.actions import record
from linli.people.events import ConsentGiven, ConsentWithdrawn
from linli.people.models import Consent, Person
from linli.people.purposes import PURPOSES, Purpose


def has_consent(person: Person, purpose: str) -> bool:
    """Whether the person's yes to this purpose, in words that still count, stands today."""
    live = Consent.objects.visible_to(person).live()
    return live.filter(purpose=purpose, text_digest__in=PURPOSES[purpose].digests).exists()


@transaction.atomic
def give_consent(*, by: Person, purpose: str, channel: str = Consent.Channel.WEB) -> Consent:
    """Keeps the person's yes with the digest of the sentence; giving it twice is giving it once.

    A yes to older words is replaced. Raises Problem for a purpose we do not ask about.
    """
    require(by.is_authenticated)
    asked = known(purpose)
    # One after the other, so that two taps at once are one consent.
    Person.objects.select_for_update().get(pk=by.pk)
    live = Consent.objects.filter(person=by, purpose=purpose).live()
    standing = live.filter(text_digest__in=asked.digests).first()
    if standing is not None:
        return standing
    live.update(withdrawn_at=timezone.now())
    consent = Consent.objects.create(
        person=by, purpose=purpose, text_digest=asked.text_digest, channel=channel
    )
    note(ConsentGiven(purpose=purpose, text_digest=asked.text_digest, channel=str(channel)), by, purpose)
    return consent


@transaction.atomic
def withdraw_consent(*, by: Person, purpose: str) -> None:
    """Takes the yes back from this moment on; nothing happens where there was none."""
    require(by.is_authenticated)
    known(purpose)
    if Consent.objects.filter(person=by, purpose=purpose).live().update(withdrawn_at=timezone.now()):
        note(ConsentWithdrawn(purpose=purpose), by, purpose)


def known(purpose: str) -> Purpose:
    if purpose not in PURPOSES:
        raise Problem(_("We do not ask for this."), field="purpose")
    return PURPOSES[purpose]


def note(fact: ConsentGiven | ConsentWithdrawn, by: Person, purpose: str) -> None:
    """One scope a purpose: what somebody agreed to elsewhere cannot be put together."""
    about = Ref(f"people.purpose/{purpose}")
    record(fact, by=by, subject=about, scope=about)
