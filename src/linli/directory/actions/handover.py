"""Hand-over 交接: everything somebody holds at a station passes to a colleague in one step."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.directory.actions.roster import colleagues
from linli.directory.events import DeskHandedOver
from linli.directory.hours import span
from linli.directory.models import Duty, Station
from linli.kit.refs import ref
from linli.kit.rules import Problem, require
from linli.ledger.actions import record
from linli.people.actions import end_role, hand_over
from linli.people.models import Person, Role
from linli.people.rules import may_hand_over_role

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class HandedOver:
    """What went from whom to whom; `doubled`: duties taken off because the colleague is there all that time."""

    leaver: Person
    to: Person
    roles: list[Role]
    passed: list[Duty]
    doubled: list[Duty]


@transaction.atomic
def hand_over_desk(*, by: Any, station: Station, leaver: Person, to: Person) -> HandedOver:
    """Passes every role and every coming duty of `leaver` at this station on to a colleague, or nothing at all.

    The leaver is signed out. Raises Refused unless every role may be handed over by `by` (people.rules); Problem when
    the leaver holds no role here any more, or `to` does not work here.
    """
    roles = list(
        Role.objects.current().at(station.unit).filter(person=leaver).select_related("unit", "person")
    )
    if not roles:
        raise Problem(_("This colleague holds nothing here any more."), "leaver")
    for role in roles:
        require(may_hand_over_role(by, role, to))
    if to not in colleagues(station):
        raise Problem(_("Please choose somebody who works at this station."), "to")
    Station.objects.select_for_update().get(pk=station.pk)
    passed, doubled = pass_duties(station, leaver, to)
    for role in roles:
        pass_role(by, role, to)
    fact = DeskHandedOver(len(roles), len(passed), len(doubled))
    record(fact, by=by, subject=ref(station), scope=ref(station.unit))
    return HandedOver(leaver, to, roles, passed, doubled)


def pass_role(by: Any, role: Role, to: Person) -> None:
    """To a colleague who holds the same role as long anyway it need not pass: it would end theirs sooner."""
    longer = (
        Role.objects.current()
        .at(role.unit)
        .filter(person=to, role=role.role, valid_until__gte=role.valid_until)
    )
    if longer.exists():
        end_role(by=by, role=role)
    else:
        hand_over(by=by, role=role, to=to)


def coming_duties(station: Station, people: Iterable[Person]) -> list[Duty]:
    """What these people still have before them on the roster of a station; a duty that has begun is not passed on."""
    now = timezone.localtime(timezone=ZoneInfo(station.time_zone))
    duties = Duty.objects.filter(station=station, person__in=people, on__gte=now.date()).order_by(
        "on", "starts"
    )
    return [duty for duty in duties if duty.on > now.date() or duty.starts > now.time()]


def pass_duties(station: Station, leaver: Person, to: Person) -> tuple[list[Duty], list[Duty]]:
    """The duties that now are the colleague's, and those taken off because the colleague stands there all that time.

    A shorter duty of the colleague's that begins at the same moment goes into the one that passes.
    """
    zone = ZoneInfo(station.time_zone)
    yesterday = timezone.localdate(timezone=zone) - ONE_DAY
    theirs = list(Duty.objects.filter(station=station, person=to, on__gte=yesterday))
    passed, doubled = [], []
    for duty in coming_duties(station, [leaver]):
        (doubled if any(covers(other, duty, zone) for other in theirs) else passed).append(duty)
    starts = {(duty.on, duty.starts) for duty in passed}
    gone = [*doubled, *(other for other in theirs if (other.on, other.starts) in starts)]
    Duty.objects.filter(pk__in=[duty.pk for duty in gone]).delete()
    for duty in passed:
        duty.person = to
    Duty.objects.bulk_update(passed, ["person"])
    return passed, doubled


def covers(one: Duty, other: Duty, zone: ZoneInfo) -> bool:
    """Whether whoever has the one duty is there during all of the other."""
    outer, inner = (span(duty.on, duty.starts, duty.ends, zone) for duty in (one, other))
    return outer.start <= inner.start and inner.end <= outer.end
