"""Short ways to grow a tree in a test."""

from dataclasses import dataclass
from datetime import date

from linli.areas.actions import open_unit
from linli.areas.models import Unit
from linli.kit.ids import digest
from linli.ledger.models import Event

START = date(2020, 1, 1)
DAY = date(2026, 3, 1)


def grow(code: str, parent: Unit | None = None, on: date = START, kind: str = "block") -> Unit:
    return open_unit(
        by=None, parent=parent, on=on, kind=kind, name=f"Name of {code}", language="en", code=code
    )


def facts(kind: str) -> list[tuple[str, str, dict]]:
    """Subject, scope and data of every fact of that kind, oldest first."""
    found = Event.objects.filter(kind=kind).order_by("at", "id")
    return [(event.subject, event.scope, event.data) for event in found]


@dataclass(frozen=True)
class Somebody:
    """Stands in for a person: organiser of the units whose codes are given, and of no other."""

    organises: frozenset = frozenset()
    is_authenticated: bool = True

    def reaches(self, unit, roles, on=None) -> bool:
        return unit.code in self.organises and "organiser" in roles

    def pseudonym(self, scope) -> str:
        return digest(f"somebody {scope}")


def organiser(*units: Unit) -> Somebody:
    return Somebody(frozenset(unit.code for unit in units))
