"""Person, contacts and all that signing in needs; roles, consents and looks."""

from linli.people.models.contacts import Contact
from linli.people.models.person import Person
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
    "Contact",
    "DeskMachine",
    "Person",
    "Pin",
    "RecoveryCode",
    "SecondFactor",
    "SignInCode",
    "SignedIn",
    "Slip",
    "Throttle",
    "WrongPins",
]
