"""Who is on duty when 值班. Facts say that the roster changed, never who is on it."""

from datetime import date, time, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from linli.directory.events import RosterChanged
from linli.directory.models import Duty, Station
from linli.directory.rules import may_keep_things
from linli.kit.refs import ref
from linli.kit.rules import Problem, require
from linli.ledger.actions import record
from linli.people.models import Person, Role

AT_THE_DESK = ("worker", "manager")
A_WEEK = timedelta(days=7)


def desk_roles(station: Station) -> list[Role]:
    """A role of everybody who works at this very station today: forms name rows of roles, not people."""
    roles = Role.objects.current().at(station.unit).filter(role__in=AT_THE_DESK).select_related("person")
    return list({role.person_id: role for role in roles.order_by("person__name", "pk")}.values())


def colleagues(station: Station) -> list[Person]:
    """Everybody who works at this very station today, each once."""
    return [role.person for role in desk_roles(station)]


@transaction.atomic
def set_duty(*, by: Any, station: Station, person: Person, on: date, starts: time, ends: time) -> Duty:
    """Puts a colleague on the roster. Problem for somebody who does not work here, and for a duty twice."""
    require(may_keep_things(by, station))
    if person not in colleagues(station):
        raise Problem(_("Only who works at this station can be on its roster."), "person")
    if starts == ends:
        raise Problem(_("A duty needs a beginning and another end."), "ends")
    duty, fresh = Duty.objects.get_or_create(
        station=station, person=person, on=on, starts=starts, defaults={"ends": ends}
    )
    if not fresh:
        raise Problem(_("This duty stands on the roster already."), "starts")
    changed(by, station, 1)
    return duty


@transaction.atomic
def end_duty(*, by: Any, duty: Duty) -> None:
    """Takes a duty off the roster."""
    require(may_keep_things(by, duty.station))
    duty.delete()
    changed(by, duty.station, -1)


@transaction.atomic
def copy_week(*, by: Any, station: Station, monday: date) -> int:
    """Fills the week from `monday` with the duties of the week before; what stands there stays. Returns how many came."""
    require(may_keep_things(by, station))
    before = Duty.objects.filter(station=station, on__gte=monday - A_WEEK, on__lt=monday)
    working = {person.pk for person in colleagues(station)}
    week = Duty.objects.filter(station=station, on__gte=monday, on__lt=monday + A_WEEK)
    there = set(week.values_list("person_id", "on", "starts"))
    rows = [
        Duty(
            station=station, person_id=duty.person_id, on=duty.on + A_WEEK, starts=duty.starts, ends=duty.ends
        )
        for duty in before
        if duty.person_id in working and (duty.person_id, duty.on + A_WEEK, duty.starts) not in there
    ]
    Duty.objects.bulk_create(rows, ignore_conflicts=True)
    if rows:
        changed(by, station, len(rows))
    return len(rows)


def changed(by: Any, station: Station, change: int) -> None:
    record(RosterChanged(change), by=by, subject=ref(station), scope=ref(station.unit))
