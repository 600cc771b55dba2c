"""What decides whether doors are open, read from the database for any number of stations at once."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q

from linli.areas.models import DayOff
from linli.directory import hours
from linli.directory.hours import Opening, Schedule, opening, scheduled
from linli.directory.models import LiveStatus, OpeningException, OpeningRule, Station

# Up to this many stations are named in a query; SQLite takes no more than 999 parameters everywhere.
NAMED = 500


class RuleRow(NamedTuple):
    """An opening rule of a door, as `hours` asks for it: rows, not models, for a list holds thousands."""

    station_id: UUID
    weekday: int
    nth: int
    opens: time
    closes: time
    valid_from: date | None
    valid_until: date | None


class ExceptionRow(NamedTuple):
    """An opening exception of a door."""

    station_id: UUID
    on: date
    opens: time | None
    closes: time | None
    reason: str


@dataclass
class Timetable:
    """All that decides whether one door is open. `services` only where the door has no hours of its own."""

    rules: list[RuleRow] = field(default_factory=list)
    exceptions: list[ExceptionRow] = field(default_factory=list)
    live: LiveStatus | None = None
    services: list[RuleRow] = field(default_factory=list)
    all_day: bool = False
    days_off: dict[date, hours.DayOff] = field(default_factory=dict)

    @property
    def schedule(self) -> Schedule:
        """What is planned at the door itself."""
        return Schedule(self.rules, self.exceptions, self.all_day, self.days_off)

    @property
    def staffed(self) -> Schedule:
        """The same without the part that never closes: when somebody is there."""
        return Schedule(self.rules, self.exceptions, False, self.days_off)

    def judged(self, today: date) -> tuple[Schedule, str]:
        """The schedule that says whether it is open, and whose it is (Station.JudgedBy)."""
        if self.schedule.is_known(today):
            return self.schedule, Station.JudgedBy.DOOR
        if self.services:
            return Schedule(self.services), Station.JudgedBy.SERVICES
        return self.schedule, Station.JudgedBy.NOTHING

    def opening(self, at: datetime, zone: ZoneInfo) -> Opening:
        """The door's answer; where it has no hours, whether one of its services is on."""
        answer = opening(self.schedule, self.live, at, zone)
        if answer.basis != "none" or not self.services:
            return answer
        return replace(scheduled(Schedule(self.services), at, zone), basis="services")


def timetables(stations: Collection[Station], at: datetime) -> dict[UUID, Timetable]:
    """The timetable of every door, exceptions of the last week and to come: five queries at most."""
    found = {station.pk: Timetable(all_day=bool(station.all_day_zone)) for station in stations}
    # All of them are read without naming each: a database takes only so many parameters.
    within = Q(station__in=list(found)) if len(found) <= NAMED else Q()
    rules = OpeningRule.objects.of_door().filter(within).order_by("weekday", "opens")
    exceptions = OpeningException.objects.filter(within, on__gte=at.date() - timedelta(days=7))
    for rule in map(RuleRow._make, rules.values_list(*RuleRow._fields)):
        if rule.station_id in found:
            found[rule.station_id].rules.append(rule)
    for row in map(ExceptionRow._make, exceptions.order_by("on", "opens").values_list(*ExceptionRow._fields)):
        if row.station_id in found:
            found[row.station_id].exceptions.append(row)
    for live in LiveStatus.objects.filter(within, ended_at=None):
        if live.station_id in found:
            found[live.station_id].live = live
    add_services({pk: table for pk, table in found.items() if not table.rules})
    add_holidays([found[station.pk] for station in stations if station.follows_holidays], at)
    return found


def add_services(found: dict[UUID, Timetable]) -> None:
    """The hours of active services, for doors without hours of their own: one query, none where there is no such door."""
    if not found:
        return
    within = Q(station__in=list(found)) if len(found) <= NAMED else Q()
    rules = OpeningRule.objects.filter(within, service__active=True)
    for rule in map(RuleRow._make, rules.values_list(*RuleRow._fields)):
        if rule.station_id in found:
            found[rule.station_id].services.append(rule)


def add_holidays(followers: list[Timetable], at: datetime) -> None:
    """The days off around the moment, for doors that keep them: one query, none where there is no such door."""
    if followers:
        days = days_off(at.date() - timedelta(days=7), at.date() + timedelta(days=60))
        for table in followers:
            table.days_off = days


def days_off(first: date, last: date) -> dict[date, hours.DayOff]:
    """Public holidays and make-up workdays from `first` to `last`, both included. One query."""
    return dict(DayOff.objects.filter(on__range=(first, last)).values_list("on", "kind"))
