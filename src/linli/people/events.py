"""Facts about accounts. None says who: the actor's pseudonym within the scope is all there is.

Signing in leaves no fact. Nobody's comings are to be measured; the log of access keeps them, without names, for a while.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from linli.kit.refs import Ref
from linli.ledger.facts import fact

# Subject and scope of what people do to their own account.
OWN_ACCOUNT = Ref("people.person/own")


@fact("people.person_joined", says=_("Somebody joined."), daily=True)
@dataclass(frozen=True)
class PersonJoined:
    """`by_way_of`: "phone", "email", "slip" or "invitation"."""

    by_way_of: str


@fact("people.contact_added", says=_("Somebody added a contact."), daily=True)
@dataclass(frozen=True)
class ContactAdded:
    contact_kind: str


@fact("people.contact_removed", says=_("Somebody removed a contact."), daily=True)
@dataclass(frozen=True)
class ContactRemoved:
    contact_kind: str


@fact("people.slip_issued", says=_("A slip to sign in with was printed at a desk."))
@dataclass(frozen=True)
class SlipIssued:
    """`is_new`: for somebody who had no account yet."""

    is_new: bool


@fact("people.desk_registered", says=_("A browser became a shared desk machine."))
@dataclass(frozen=True)
class DeskRegistered:
    pass


@fact("people.desk_forgotten", says=_("A shared desk machine was given up."))
@dataclass(frozen=True)
class DeskForgotten:
    pass


@fact("people.pin_set", says=_("Somebody chose a PIN for shared desk machines."), daily=True)
@dataclass(frozen=True)
class PinSet:
    pass


@fact("people.second_factor_set", says=_("Somebody set up a second step for signing in."), daily=True)
@dataclass(frozen=True)
class SecondFactorSet:
    pass


@fact("people.recovery_code_used", says=_("Somebody used a recovery code."), daily=True)
@dataclass(frozen=True)
class RecoveryCodeUsed:
    remaining: int


@fact("people.sessions_ended", says=_("Somebody signed out browsers from afar."), daily=True)
@dataclass(frozen=True)
class SessionsEnded:
    count: int


@fact("people.role_granted", says=_("A role (%(role)s) was given until %(until)s."))
@dataclass(frozen=True)
class RoleGranted:
    """`holder` is the holder's pseudonym within the unit; `until` is the first day without the role, ISO 8601."""

    role: str
    until: str
    holder: str


@fact("people.role_ended", says=_("A role (%(role)s) ended."))
@dataclass(frozen=True)
class RoleEnded:
    role: str
    holder: str


@fact("people.role_handed_over", says=_("A role (%(role)s) was handed over."))
@dataclass(frozen=True)
class RoleHandedOver:
    role: str
    holder: str
    successor: str


@fact("people.consent_given", says=_("Somebody agreed to a purpose (%(purpose)s)."), daily=True)
@dataclass(frozen=True)
class ConsentGiven:
    """`text_digest` is that of the sentence agreed to; `channel`: "web", "desk" or "paper"."""

    purpose: str
    text_digest: str
    channel: str


@fact("people.consent_withdrawn", says=_("Somebody withdrew a consent (%(purpose)s)."), daily=True)
@dataclass(frozen=True)
class ConsentWithdrawn:
    purpose: str


@fact("people.data_exported", says=_("Somebody took a copy of their own data."), daily=True)
@dataclass(frozen=True)
class DataExported:
    pass


@fact("people.person_erased", says=_("Somebody erased their account."), daily=True)
@dataclass(frozen=True)
class PersonErased:
    pass


@fact("people.hold_placed", says=_("By order of an authority somebody's data is kept until {until}."))
@dataclass(frozen=True)
class HoldPlaced:
    """`until` in ISO 8601."""

    until: str


@fact("people.hold_lifted", says=_("A legal hold was lifted."))
@dataclass(frozen=True)
class HoldLifted:
    pass
