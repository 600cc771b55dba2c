"""What tests of programmes share: everybody who comes near a session, who of them may do a thing, and who was told what."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from linli.kit.rules import Refused
from linli.notices.models import Notice
from tests.factories import make_person, make_role

SHANGHAI = ZoneInfo("Asia/Shanghai")
# A Monday, and nobody sleeps.
NOON = datetime(2026, 12, 7, 12, tzinfo=SHANGHAI)


def everybody(request, town) -> dict:
    """The cast, and who else comes near the tower station, by what they are called here."""
    cast = {name: request.getfixturevalue(name) for name in ("kai", "lena", "mei", "omar", "gao")}
    return cast | {
        "manager": staff("经理", town.tower.unit, "manager"),
        "next door": staff("隔壁", town.night.unit, "worker"),
        "district": staff("区里", town.district, "organiser"),
        "east": staff("江宁路", town.east, "organiser"),
        "command line": None,
    }


def staff(name, unit, role):
    person = make_person(name)
    make_role(person, unit, role)
    return person


def who_may(people: dict, deed) -> set[str]:
    """Whom of them `deed(person)` does not refuse; what it did is undone each time."""
    allowed = set()
    for name, person in people.items():
        try:
            with transaction.atomic():
                deed(person)
                transaction.set_rollback(True)
        except Refused:
            continue
        allowed.add(name)
    return allowed


def told(person) -> list[str]:
    """The kinds of the person's notices, in order."""
    return list(Notice.objects.filter(person=person).order_by("at", "id").values_list("kind", flat=True))


def seats(session) -> tuple[int, int]:
    """How many seats are taken, and how many wait."""
    session.refresh_from_db()
    return session.taken, session.waiting
