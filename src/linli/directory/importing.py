"""Writes a directory that was read elsewhere, as often as one likes: rows are found again by (source, source_id).

What the source says replaces what it said before. Hours that a station has set itself stay: the people at the door
know better. Nothing is deleted that others may refer to; only hours, telephone numbers and the link between a service
and a station go when the source no longer says them.
"""

import base64
import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from linli.areas.actions.steps import check_parent, hold_tree
from linli.areas.models import Unit, UnitVersion
from linli.areas.rules import may_edit_units
from linli.directory.events import DirectoryImported
from linli.directory.hsds.records import Directory
from linli.directory.indexing import index_named, index_stations
from linli.directory.models import OpeningRule, Organisation, Phone, Service, ServiceAtStation, Station
from linli.directory.models.base import placed
from linli.directory.nodes import open_nodes, rename_nodes
from linli.directory.spans import renew_spans
from linli.kit.pinyin import sort_key
from linli.kit.refs import ref
from linli.kit.rules import require
from linli.ledger.actions import record

CODE_LENGTH = 10
A_BATCH = 500
RULE = ("station_id", "service_id", "weekday", "nth", "opens", "closes", "valid_from", "valid_until", "note")
PHONE = ("station_id", "organisation_id", "service_id", "number", "extension", "kind", "about")
# Fields of rows, by source id.
Wanted = Mapping[str, dict[str, Any]]


@dataclass(frozen=True)
class Tally:
    """How many rows of a kind were `new`, `changed`, the `same`, `removed`, or `absent`: kept, but no longer in the source."""

    new: int = 0
    changed: int = 0
    same: int = 0
    removed: int = 0
    absent: int = 0

    @property
    def is_quiet(self) -> bool:
        return not (self.new or self.changed or self.removed)


@dataclass(frozen=True)
class Origin:
    """What the package does not say of itself: a lasting name for it, its language, and the zone of its clocks."""

    source: str
    language: str
    time_zone: str


@dataclass
class Renewal:
    """One import under way: the rows written so far by source id, and how many of each kind."""

    directory: Directory
    origin: Origin
    own_hours: set[str]
    organisations: dict[str, Any] = field(default_factory=dict)
    stations: dict[str, Any] = field(default_factory=dict)
    services: dict[str, Any] = field(default_factory=dict)
    tallies: dict[str, Tally] = field(default_factory=dict)
    tell: Callable[[str, Tally], None] | None = None

    def count(self, kind: str, tally: Tally) -> None:
        self.tallies[kind] = tally
        if self.tell:
            self.tell(kind, tally)

    def words(self, place: str, service: str) -> str:
        """The source's own words for hours, each once, a line for each row."""
        return "\n".join(dict.fromkeys(self.directory.words.get((place, service), ())))


@transaction.atomic
def import_directory(
    *,
    by: Any,
    directory: Directory,
    origin: Origin,
    under: Unit,
    tell: Callable[[str, Tally], None] | None = None,
) -> dict[str, Tally]:
    """Enters organisations, stations below `under`, services, hours and telephone numbers; all or nothing.

    One fact `directory.imported` is left when anything changed; nobody is told. Reading takes the same queries however
    large the directory is, writing some more for each batch of rows; `tell` hears of each kind when it is done.
    Problem when `under` does not stand.
    """
    require(may_edit_units(by, under))
    hold_tree()
    check_parent(under, timezone.localdate())
    renewal = Renewal(directory, origin, stations_with_own_hours(origin.source), tell=tell)
    renewal.organisations = renew(renewal, Organisation, organisation_fields(renewal))
    renewal.stations = renew_stations(renewal, station_fields(renewal), under)
    renewal.services = renew(renewal, Service, service_fields(renewal))
    renew_offers(renewal)
    renew_rules(renewal)
    renew_phones(renewal)
    if not all(tally.is_quiet for tally in renewal.tallies.values()):
        renew_spans(renewal.stations.values(), timezone.now())
        index_stations(renewal.stations.values())
        index_named(*renewal.organisations.values())
        leave_fact(by, origin.source, under, list(renewal.tallies.values()))
    return renewal.tallies


def leave_fact(by: Any, source: str, under: Unit, tallies: list[Tally]) -> None:
    changed = sum(tally.changed + tally.removed for tally in tallies)
    fact = DirectoryImported(source, sum(t.new for t in tallies), changed, sum(t.same for t in tallies))
    record(fact, by=by, subject=ref(under), scope=ref(under))


def lasting_code(source: str, kind: str, source_id: str) -> str:
    """The code in the address of a page: the same at every import, even into another installation."""
    digest = base64.b32encode(hashlib.sha256(f"{source}/{kind}/{source_id}".encode()).digest())[:CODE_LENGTH]
    crockford = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    return digest.translate(crockford).decode()


def stations_with_own_hours(source: str) -> set[str]:
    """Source ids of the stations whose people have set the hours of the door themselves."""
    own = Station.objects.filter(source=source, keeps_own_hours=True)
    return set(own.values_list("source_id", flat=True))


def renew(renewal: Renewal, model: type[Model], wanted: Wanted) -> dict[str, Any]:
    """Brings one kind of sourced rows in line with `wanted`; answers all its rows by source id."""
    known, _changed, new = compare(renewal, model, wanted)
    model._default_manager.bulk_create(new)
    return known | {row.source_id: row for row in new}


def renew_stations(renewal: Renewal, wanted: Wanted, under: Unit) -> dict[str, Any]:
    """Stations like other rows, but each new one needs a unit to stand at, and a new name goes into the tree."""
    source = renewal.origin.source
    names = dict(Station.objects.filter(source=source).values_list("source_id", "name"))
    known, changed, new = compare(renewal, Station, wanted)
    today = timezone.localdate()
    open_nodes(new, dict.fromkeys((station.code for station in new), under.pk), "station", today)
    Station.objects.bulk_create(new)
    renamed = [station for station in changed if station.name != names[station.source_id]]
    rename_nodes(renamed, UnitVersion.objects.filter(unit__station__source=source), today)
    return known | {row.source_id: row for row in new}


def compare(
    renewal: Renewal, model: type[Model], wanted: Wanted
) -> tuple[dict[str, Any], list[Any], list[Any]]:
    """All known rows by source id, those of them that differed and are brought in line, and new ones, not yet saved."""
    source, kind = renewal.origin.source, str(model._meta.model_name)
    known: dict[str, Any] = {row.source_id: row for row in model._default_manager.filter(source=source)}
    changed = [row for key, row in known.items() if key in wanted and change(row, wanted[key])]
    update(model, changed, {"reading"}.union(*wanted.values()))
    new = [
        model(
            source=source,
            source_id=key,
            code=lasting_code(source, kind, key),
            reading=sort_key(fields["name"]),
            **fields,
        )
        for key, fields in wanted.items()
        if key not in known
    ]
    kept = len(wanted) - len(new)
    renewal.count(kind, Tally(len(new), len(changed), kept - len(changed), absent=len(known) - kept))
    return known, changed, new


def change(row: Any, fields: dict[str, Any]) -> bool:
    """Sets what differs. A reading may have been mended by hand, so it is only made anew for a new name."""
    different = {name: value for name, value in fields.items() if getattr(row, name) != value}
    if "name" in different:
        different["reading"] = sort_key(fields["name"])
    for name, value in different.items():
        setattr(row, name, value)
    return bool(different)


def update(model: type[Model], rows: list[Any], fields: Iterable[str]) -> None:
    if rows:
        model._default_manager.bulk_update(rows, sorted(fields))


def id_of(rows: dict[str, Any], source_id: str) -> Any:
    return rows[source_id].pk if source_id else None


def organisation_fields(renewal: Renewal) -> Wanted:
    return {
        key: {
            "language": renewal.origin.language,
            "name": each.name,
            "description": each.description,
            "url": each.url,
            "email": each.email,
        }
        for key, each in renewal.directory.organisations.items()
    }


def station_fields(renewal: Renewal) -> Wanted:
    return {
        key: {
            "language": renewal.origin.language,
            "kind": Station.Kind.PLACE.value,
            "operator_id": id_of(renewal.organisations, each.organisation),
            "name": each.name,
            "about": each.about,
            "address": each.address,
            "directions": each.directions,
            **placed(each.latitude, each.longitude),
            "time_zone": renewal.origin.time_zone,
            "hours_text": "" if key in renewal.own_hours else renewal.words(key, ""),
        }
        for key, each in renewal.directory.places.items()
    }


def service_fields(renewal: Renewal) -> Wanted:
    return {
        key: {
            "language": renewal.origin.language,
            "organisation_id": id_of(renewal.organisations, each.organisation),
            "name": each.name,
            "description": each.description,
            "how": each.how,
            "cost": each.cost,
            "url": each.url,
            "email": each.email,
            "active": each.active,
        }
        for key, each in renewal.directory.services.items()
    }


def renew_offers(renewal: Renewal) -> None:
    """Which service is given where; rows stay the same rows, for others may come to refer to them."""
    services, stations, source = renewal.services, renewal.stations, renewal.origin.source
    wanted = {
        (services[service].pk, stations[place].pk): renewal.words(place, service)
        for service, place in sorted(renewal.directory.offers)
    }
    rows = ServiceAtStation.objects.filter(service__source=source, station__source=source)
    known = {(row.service_id, row.station_id): row for row in rows}
    changed = [
        row for pair, row in known.items() if pair in wanted and change(row, {"hours_text": wanted[pair]})
    ]
    update(ServiceAtStation, changed, ("hours_text",))
    new = [
        ServiceAtStation(service_id=pair[0], station_id=pair[1], hours_text=said)
        for pair, said in wanted.items()
        if pair not in known
    ]
    ServiceAtStation.objects.bulk_create(new)
    stale = [row.pk for pair, row in known.items() if pair not in wanted]
    delete(ServiceAtStation.objects.all(), stale)
    same = len(wanted) - len(new) - len(changed)
    renewal.count("offer", Tally(len(new), len(changed), same, len(stale)))


def renew_rules(renewal: Renewal) -> None:
    """The hours the source gives, but not those of a door whose station sets them itself."""
    wanted = {
        (renewal.stations[rule.place].pk, id_of(renewal.services, rule.service), *rule.span, rule.note)
        for rule in renewal.directory.rules
        if rule.service or rule.place not in renewal.own_hours
    }
    source, own = renewal.origin.source, {renewal.stations[key].pk for key in renewal.own_hours}
    known = OpeningRule.objects.filter(station__source=source, entrance=None).filter(
        Q(service=None) | Q(service__source=source)
    )
    renewal.count("rule", replace(known, RULE, wanted, lambda rule: rule[1] is None and rule[0] in own))


def renew_phones(renewal: Renewal) -> None:
    source = renewal.origin.source
    owners = {"place": renewal.stations, "organisation": renewal.organisations, "service": renewal.services}
    wanted = set()
    for phone in renewal.directory.phones:
        columns = (owners[of][phone.owner].pk if of == phone.of else None for of in owners)
        wanted.add((*columns, phone.number, phone.extension, phone.kind, phone.about))
    known = Phone.objects.filter(
        Q(station__source=source) | Q(organisation__source=source) | Q(service__source=source)
    )
    renewal.count("phone", replace(known, PHONE, wanted))


def replace(
    known: QuerySet[Any],
    columns: tuple[str, ...],
    wanted: set[tuple[Any, ...]],
    is_kept: Callable[[tuple[Any, ...]], bool] = lambda values: False,
) -> Tally:
    """Makes rows that are nothing but their columns those that are wanted; what is right already is not touched."""
    held = {pk: tuple(values) for pk, *values in known.order_by().values_list("pk", *columns)}
    stale = [pk for pk, values in held.items() if values not in wanted and not is_kept(values)]
    same = wanted.intersection(held.values())
    new = sorted(wanted - same, key=str)
    known.model._default_manager.bulk_create(
        [known.model(**dict(zip(columns, row, strict=True))) for row in new]
    )
    delete(known.model._default_manager.all(), stale)
    return Tally(new=len(new), same=len(same), removed=len(stale))


def delete(rows: QuerySet[Any], keys: Iterable[Any]) -> None:
    """In batches, for a query takes only so many parameters."""
    remaining = iter(keys)
    while batch := list(islice(remaining, A_BATCH)):
        rows.filter(pk__in=batch).delete()
