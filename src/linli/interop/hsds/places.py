"""Places with all that hangs on them: addresses, phones, entrances, hours, what one can use there."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.directory.models import Entrance, Facility, OpeningException, OpeningRule, Phone, Station
from linli.directory.timetables import ExceptionRow, days_off
from linli.interop.hsds import briefs, schedules
from linli.interop.hsds.briefs import StationRow
from linli.interop.hsds.ids import filled, named
from linli.interop.hsds.schedules import AHEAD, RuleRow
from linli.interop.hsds.terms import FACILITIES, PLACE_KINDS, Term, attribute

# Ids of stations, or a query for them: a database takes only so many parameters.
Stations = Iterable[UUID] | QuerySet[Any]
PHONE = ("id", "number", "extension", "kind", "about")


def by_owner(rows: Iterable[tuple[Any, ...]], make: Callable[..., Any]) -> dict[UUID, list[Any]]:
    """What `make` makes of each row, in lists by the row's first value, its owner."""
    found: dict[UUID, list[Any]] = defaultdict(list)
    for owner, *row in rows:
        found[owner].append(make(*row))
    return found


def phone(number_id: UUID, number: str, extension: str, kind: str, about: str) -> dict[str, Any]:
    return filled(
        id=str(number_id),
        number=number,
        extension=int(extension) if extension.isascii() and extension.isdigit() else None,
        type=kind,
        description=about,
    )


def phones(owner: str, owners: Any) -> dict[UUID, list[dict[str, Any]]]:
    """Public numbers by their owner: `owner` is "station", "organisation" or "service". One query."""
    rows = Phone.objects.filter(**{f"{owner}__in": owners}).order_by("id")
    return by_owner(rows.values_list(f"{owner}_id", *PHONE), phone)


def entrance(number: UUID, name: str, directions: str, steps: int) -> dict[str, Any]:
    words = ngettext("%(entrance)s: %(count)d step", "%(entrance)s: %(count)d steps", steps)
    said = words if steps else _("%(entrance)s: no step")
    return filled(id=str(number), description=said % {"entrance": name, "count": steps}, details=directions)


def address(station: StationRow) -> list[dict[str, Any]]:
    """Addresses here are one line. What the standard wants apart and nobody has said apart is left empty."""
    apart = dict.fromkeys(("city", "state_province", "postal_code", "country"), "")
    kept = {"id": named("address", station.id), "address_1": station.address} | apart
    return [kept | {"address_type": "physical"}] if station.address else []


def rules_of(stations: Stations) -> list[RuleRow]:
    """All opening rules at these stations: of doors, entrances and services."""
    rules = OpeningRule.objects.filter(station__in=stations).order_by("weekday", "opens", "id")
    return [RuleRow._make(row) for row in rules.values_list(*RuleRow._fields)]


def around(today: date) -> tuple[date, date]:
    """The days looked at, with one more on either side: somewhere it is yesterday still, or tomorrow already."""
    return today - timedelta(days=1), today + timedelta(days=AHEAD + 1)


def exceptions_of(stations: Stations, today: date) -> dict[UUID, list[ExceptionRow]]:
    found: dict[UUID, list[ExceptionRow]] = defaultdict(list)
    ahead = OpeningException.objects.filter(station__in=stations, on__range=around(today))
    for row in ahead.order_by("on", "opens").values_list(*ExceptionRow._fields):
        found[row[0]].append(ExceptionRow._make(row))
    return found


def facilities_of(stations: Stations) -> dict[UUID, list[tuple[str, str]]]:
    rows = Facility.objects.filter(station__in=stations).order_by("kind")
    return by_owner(rows.values_list("station_id", "kind", "note"), lambda kind, note: (kind, note))


def whole(found: QuerySet[Station], rules: list[RuleRow] | None = None) -> dict[UUID, dict[str, Any]]:
    """These places with everything, by id: seven queries. `rules`: what `rules_of` gave for them, if it was asked."""
    stations = found.values("pk")
    rows = briefs.station_rows(found)
    now = timezone.now()
    doors = defaultdict(list)
    for rule in rules_of(stations) if rules is None else rules:
        if rule.service_id is None and rule.entrance_id is None:
            doors[rule.station_id].append(rule)
    numbers = phones("station", stations)
    counted = Entrance.objects.filter(station__in=stations, steps__isnull=False).order_by("name")
    ways = by_owner(counted.values_list("station_id", "id", "name", "directions", "steps"), entrance)
    exceptions, facilities = exceptions_of(stations, now.date()), facilities_of(stations)
    off = days_off(*around(now.date()))
    return {
        row.id: briefs.location(row)
        | listed(
            addresses=address(row),
            phones=numbers[row.id],
            accessibility=ways[row.id],
            schedules=schedules.of_door(row, doors[row.id], exceptions[row.id], off, now),
            attributes=attributes(row, facilities[row.id]),
        )
        for row in rows
    }


def attributes(row: StationRow, facilities: list[tuple[str, str]]) -> list[dict[str, Any]]:
    kind = attribute(row.id, "location", Term(PLACE_KINDS, row.kind))
    usable = (attribute(row.id, "location", Term(FACILITIES, key), note) for key, note in facilities)
    return [kind, *usable]


def listed(**lists: list[Any]) -> dict[str, list[Any]]:
    """Without the empty ones."""
    return {name: found for name, found in lists.items() if found}
