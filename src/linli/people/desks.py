"""Who may work with slips and desk machines, who sits at one, and which PINs are too easy. Writes nothing."""

from itertools import pairwise

from linli.people.models import Person, Pin, Role

DESK_ROLES = frozenset({"worker", "manager"})
SWITCH_ROLES = DESK_ROLES | {"handler"}


def may_issue_slip(person, unit) -> bool:
    """Workers and managers of this very unit."""
    return person.is_authenticated and person.holds(DESK_ROLES, unit)


def may_keep_desk(person, unit) -> bool:
    """Workers and managers of this very unit: they know which browser stands on their desk."""
    return may_issue_slip(person, unit)


def colleagues(unit):
    """Staff of exactly this unit who have a PIN, as the switch page lists them."""
    here = Role.objects.current().filter(unit=unit, role__in=SWITCH_ROLES)
    return (
        Person.objects.active()
        .filter(pk__in=here.values("person"))
        .filter(pk__in=Pin.objects.values("person"))
    )


def is_weak(pin: str) -> bool:
    """Repeats (111111, 121212, 123123, 112233), runs (123456, 987654, 135791), and dates of birth (990312, 031299)."""
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    return (
        len(set(pin)) <= 2
        or len(steps) == 1
        or pin[:3] == pin[3:]
        or pin[::2] == pin[1::2]
        or pin == pin[::-1]
        or is_date(pin[2:4], pin[4:])
        or is_date(pin[2:4], pin[:2])
        or pin[:4] in {"1314", "5201"}
    )


def is_date(month: str, day: str) -> bool:
    return 1 <= int(month) <= 12 and 1 <= int(day) <= 31
