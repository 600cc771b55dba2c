"""Who may do what to roles and rows about people. Every answer is a yes or a no, and a visitor's is always no."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from linli.areas import tree
from linli.people.models import Role
from linli.people.roles import FROM_ABOVE, LEAD_ROLES, ROLES, STAFF_ROLES, as_keys, place


def held(person: Any, roles: str | Iterable[str], on: date | None = None):
    """The person's rows of these roles on that day (default today); none for a visitor."""
    if not getattr(person, "is_authenticated", False) or not person.is_active:
        return Role.objects.none()
    return Role.objects.current(on).filter(person=person, role__in=as_keys(roles))


def holds(person: Any, roles: str | Iterable[str], unit: Any, on: date | None = None) -> bool:
    """Whether the person holds one of the roles at exactly this unit. The only question that opens rows of people."""
    return held(person, roles, on).filter(unit=key(unit)).exists()


def reaches(person: Any, unit: Any, roles: str | Iterable[str], on: date | None = None) -> bool:
    """Whether the person holds one of the roles at this unit or above it: for units, never for people.

    Two queries at most, and one when the person holds none of the roles anywhere.
    """
    return bool(heights(person, unit, roles, on))


def is_above(person: Any, unit: Any, roles: str | Iterable[str], on: date | None = None) -> bool:
    """Whether the person holds one of the roles strictly above this unit."""
    return bool(heights(person, unit, roles, on) - {key(unit)})


def heights(person: Any, unit: Any, roles: str | Iterable[str], on: date | None = None) -> set[Any]:
    """Where on the way from the unit up to the root the person holds one of the roles."""
    units = set(held(person, roles, on).values_list("unit_id", flat=True))
    return units & {key(unit), *tree.ancestors(key(unit), on)} if units else set()


def key(unit: Any) -> Any:
    """The id of a unit given as an object or as its id."""
    return getattr(unit, "pk", unit)


def is_staff_member(person: Any) -> bool:
    """Whether the person works for others anywhere today: such an account needs a second factor."""
    return held(person, STAFF_ROLES).exists()


def is_operator(person: Any) -> bool:
    """Whether the person keeps the installation running."""
    return held(person, "operator").exists()


def may_grant_role(person: Any, unit: Any, role: str, to: Any = None) -> bool:
    """Whether the person may give this role at this unit, by the table of roles; never to themselves."""
    kind = ROLES.get(role)
    if kind is None or place(unit.kind) not in kind.where or (to is not None and to == person):
        return False
    return any(grants_as(person, unit, role, granter) for granter in kind.granted_by)


def grants_as(person: Any, unit: Any, role: str, granter: str) -> bool:
    """Whether holding `granter` lets the person give `role` here: a manager at the very station, others from their area."""
    if granter == "operator":
        return is_operator(person)
    if granter == "organiser":
        return is_above(person, unit, granter) if role in FROM_ABOVE else reaches(person, unit, granter)
    return holds(person, granter, unit)


def may_end_role(person: Any, row: Role) -> bool:
    """Whether the person may end this role: their own at any time, another's if they could have given it."""
    return is_own(person, row) or may_grant_role(person, row.unit, row.role)


def may_hand_over_role(person: Any, row: Role, to: Any) -> bool:
    """Whether the role may pass to `to`: its holder to a colleague of the same unit, or who could have given it."""
    if may_grant_role(person, row.unit, row.role, to=to):
        return True
    return (
        is_own(person, row)
        and to != person
        and Role.objects.current().at(row.unit).filter(person=to).exists()
    )


def is_own(person: Any, row: Role) -> bool:
    return bool(getattr(person, "is_authenticated", False)) and row.person_id == person.pk


def grantable(person: Any, unit: Any) -> tuple[str, ...]:
    """The roles the person may give at this unit, in the table's order."""
    return tuple(role for role in ROLES if may_grant_role(person, unit, role))


def may_see_staff(person: Any, unit: Any) -> bool:
    """Whether the roles page of this unit opens: to who works at it, and to who gives a role there."""
    return holds(person, STAFF_ROLES, unit) or bool(grantable(person, unit))


def roles_shown(person: Any, unit: Any) -> frozenset[str]:
    """The roles whose holders this page names to the person: its managers see all who work with them, the others
    there see who leads, and who gives roles from above sees those, never a station's workers."""
    if holds(person, "manager", unit):
        return frozenset(ROLES)
    led = LEAD_ROLES if holds(person, STAFF_ROLES, unit) else frozenset()
    return led | frozenset(grantable(person, unit))
