"""Person, contacts and all that signing in needs; roles, consents and looks."""

from linli.people.models.consents import Consent
from linli.people.models.contacts import Contact
from linli.people.models.erasures import Erasure
from linli.people.models.holds import Hold
from linli.people.models.looks import Look
from linli.people.models.person import Person
from linli.people.models.roles import Role
from linli.people.models.signing_in import (
    DeskMachine,
    Pin,
    RecoveryCode,
    SecondFactor,
    SignedIn,
    SignInCode,
    Slip,
    Throttle,
    WrongPins,
)

__all__ = [
    "Consent",
    "Contact",
    "DeskMachine",
    "Erasure",
    "Hold",
    "Look",
    "Person",
    "Pin",
    "RecoveryCode",
    "Role",
    "SecondFactor",
    "SignInCode",
    "SignedIn",
    "Slip",
    "Throttle",
    "WrongPins",
]
