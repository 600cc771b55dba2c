"""What each colleague holds at a station, for whoever may pass it on."""

from dataclasses import dataclass
from typing import Any

from linli.directory.actions.handover import coming_duties
from linli.directory.actions.roster import AT_THE_DESK
from linli.directory.models import Duty, Station
from linli.people.models import Person, Role
from linli.people.rules import grantable


@dataclass(frozen=True)
class Holding:
    """Somebody's roles and coming duties here, and the rows of roles of the colleagues who may take them over."""

    person: Person
    roles: list[Role]
    duties: list[Duty]
    takers: list[Role]

    @property
    def key(self) -> str:
        return str(self.roles[0].pk)


def holdings(station: Station, by: Any) -> list[Holding]:
    """One's own first, then those of the colleagues whose every role `by` gives. As many queries for any number."""
    rows = Role.objects.current().at(station.unit).select_related("person").order_by("person__name", "pk")
    held: dict[Any, list[Role]] = {}
    for row in rows:
        held.setdefault(row.person_id, []).append(row)
    given = set(grantable(by, station.unit))
    leavers = [roles for pk, roles in held.items() if pk == by.pk or all(row.role in given for row in roles)]
    leavers.sort(key=lambda roles: roles[0].person_id != by.pk)
    duties: dict[Any, list[Duty]] = {}
    for duty in coming_duties(station, [roles[0].person for roles in leavers]):
        duties.setdefault(duty.person_id, []).append(duty)
    return [
        Holding(roles[0].person, roles, duties.get(roles[0].person_id, []), takers(held, roles[0], by))
        for roles in leavers
    ]


def takers(held: dict[Any, list[Role]], leaver: Role, by: Any) -> list[Role]:
    """Who works at the desk, but the leaver; and nobody gives themselves what another held."""
    return [
        next(row for row in roles if row.role in AT_THE_DESK)
        for pk, roles in held.items()
        if pk not in {leaver.person_id, by.pk} and any(row.role in AT_THE_DESK for row in roles)
    ]
