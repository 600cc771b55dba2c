"""Services, organizations and services at places with everything that hangs on them, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Min, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.directory.models import Announcement, Organisation, Service, ServiceAtStation, Station
from linli.interop.hsds import briefs, places
from linli.interop.hsds.briefs import OfferRow, OrganisationRow, ServiceRow
from linli.interop.hsds.ids import named
from linli.interop.hsds.places import listed
from linli.interop.hsds.schedules import RuleRow, in_words, returning
from linli.interop.hsds.terms import AUDIENCES, ORGANISATION_KINDS, SERVICE_KINDS, Term, attribute

VISITOR = AnonymousUser()
# What has more parts than this names the list they stand in instead of carrying them: never some of them.
MANY = 100
Found = dict[str, Any]


class Spread(NamedTuple):
    """At how many places a service is given, at how many of them somebody checked the entry, and when first."""

    places: int = 0
    checked: int = 0
    oldest: date | None = None


def services(found: QuerySet[Service]) -> list[Found]:
    """Services with where they are given, their numbers and kinds."""
    rows = briefs.service_rows(found)
    spread = spreads([row.id for row in rows])
    carried = [row.id for row in rows if spread[row.id].places <= MANY]
    given, numbers, notices = given_at(carried), places.phones("service", carried), alerts(carried)
    return [
        brief
        | dated(spread[row.id])
        | notices.get(row.id, {})
        | listed(phones=numbers[row.id], service_at_locations=given[row.id], attributes=kinds(row))
        | elsewhere(spread[row.id].places, "service_at_location", "service_id", row.id)
        for row, brief in zip(rows, briefs.services(rows), strict=True)
    ]


def spreads(services: Collection[UUID]) -> dict[UUID, Spread]:
    offers = ServiceAtStation.objects.visible_to(VISITOR).filter(service__in=services)
    counted = offers.values("service").annotate(
        places=Count("pk"), checked=Count("station__checked_on"), oldest=Min("station__checked_on")
    )
    rows = counted.values_list("service", "places", "checked", "oldest")
    return defaultdict(Spread, {service: Spread(*numbers) for service, *numbers in rows})


def dated(spread: Spread) -> Found:
    """Checked is what was checked everywhere; the oldest check says how old the whole may be."""
    known = spread.oldest and spread.checked == spread.places
    return {"assured_date": spread.oldest.isoformat()} if known else {}


def elsewhere(number: int, what: str, parameter: str, of: UUID) -> Found:
    """Where the parts are listed, when there are too many to carry."""
    if number <= MANY:
        return {}
    return {f"{what}s_url": f"{reverse(f'hsds:{what}s')}?{parameter}={of}"}


def kinds(row: ServiceRow) -> list[Found]:
    terms = [Term(SERVICE_KINDS, row.kind)] if row.kind else []
    return [attribute(row.id, "service", term) for term in [*terms, Term(AUDIENCES, row.audience)]]


def alerts(services: Collection[UUID]) -> dict[UUID, Found]:
    """Temporary notices of the places where a service is given: one query."""
    offers = ServiceAtStation.objects.visible_to(VISITOR).filter(service__in=services)
    notices = Announcement.objects.visible_to(VISITOR).in_force(timezone.now())
    rows = notices.filter(station__offers__in=offers).order_by("starts_at", "id")
    said: dict[UUID, list[str]] = defaultdict(list)
    for service, place, text in rows.values_list("station__offers__service", "station__name", "text"):
        if service in services:
            said[service].append(_("%(place)s: %(notice)s") % {"place": place, "notice": text})
    return {service: {"alert": "\n".join(dict.fromkeys(texts))} for service, texts in said.items()}


def given_at(services: Collection[UUID]) -> dict[UUID, list[Found]]:
    """The services at their places, under each service."""
    visible = ServiceAtStation.objects.visible_to(VISITOR).filter(service__in=services).order_by("uid")
    found: dict[UUID, list[Found]] = defaultdict(list)
    for row, inside in with_places(visible):
        found[row.service_id].append(briefs.offer(row, **inside))
    return found


def with_places(visible: QuerySet[ServiceAtStation]) -> Iterable[tuple[OfferRow, Found]]:
    """Each with its whole place and with the hours it has of its own there."""
    rows = briefs.offer_rows(visible)
    stations = Station.objects.filter(pk__in=visible.order_by().values("station"))
    rules = places.rules_of(stations.values("pk"))
    own: dict[tuple[UUID, UUID | None], list[RuleRow]] = defaultdict(list)
    for rule in rules:
        own[rule.station_id, rule.service_id].append(rule)
    whole, zones, now = (
        places.whole(stations, rules),
        dict(stations.values_list("pk", "time_zone")),
        timezone.now(),
    )
    for row in rows:
        hours = hours_of(row, own[row.station_id, row.service_id], zones[row.station_id], now)
        yield row, {"location": whole[row.station_id]} | listed(schedules=hours)


def hours_of(row: OfferRow, rules: list[RuleRow], zone: str, now: datetime) -> list[Found]:
    today = now.astimezone(ZoneInfo(zone)).date()
    return returning(rules, zone, today) + in_words(row.uid, row.hours_text)


def offers(found: QuerySet[ServiceAtStation]) -> list[Found]:
    """Services at places, each with its service and its whole place."""
    services = briefs.service_rows(Service.objects.filter(pk__in=found.order_by().values("service")))
    known = {
        row.id: brief | listed(attributes=kinds(row))
        for row, brief in zip(services, briefs.services(services), strict=True)
    }
    return [briefs.offer(row, service=known[row.service_id], **inside) for row, inside in with_places(found)]


def locations(found: QuerySet[Station]) -> list[Found]:
    """Places with everything that hangs on them."""
    whole = places.whole(found)
    return list(whole.values())


def organizations(found: QuerySet[Organisation], *, full_service: bool = False) -> list[Found]:
    """Organizations with numbers, places and services, these whole or only named."""
    rows = briefs.organisation_rows(found)
    ids = [row.id for row in rows]
    run, places_run = few(Station.objects.visible_to(VISITOR), "operator", ids)
    offered, services_offered = few(Service.objects.visible_to(VISITOR), "organisation", ids)
    numbers, given = places.phones("organisation", ids), services_of(offered, full_service)
    homes: dict[str, list[Found]] = defaultdict(list)
    for place in locations(run):
        homes[place["organization_id"]].append(place)
    return [
        briefs.organization(row)
        | listed(
            phones=numbers[row.id],
            organization_identifiers=identifiers(row),
            locations=homes[str(row.id)],
            services=given[str(row.id)],
            attributes=[attribute(row.id, "organization", Term(ORGANISATION_KINDS, row.kind))],
        )
        | elsewhere(places_run[row.id], "location", "organization_id", row.id)
        | elsewhere(services_offered[row.id], "service", "organization_id", row.id)
        for row in rows
    ]


def few(rows: QuerySet[Any], owner: str, ids: list[UUID]) -> tuple[QuerySet[Any], dict[UUID, int]]:
    """The rows of those owners that can carry theirs, and how many each owner has: one query."""
    counts = rows.filter(**{f"{owner}__in": ids}).values(owner).annotate(number=Count("pk"))
    number = defaultdict(int, counts.values_list(owner, "number"))
    carried = [each for each in ids if number[each] <= MANY]
    return rows.filter(**{f"{owner}__in": carried}).order_by("pk"), number


def services_of(offered: QuerySet[Service], whole: bool) -> dict[str, list[Found]]:
    """The services of organizations, by the organization's id."""
    found: dict[str, list[Found]] = defaultdict(list)
    for service in services(offered) if whole else briefs.services(briefs.service_rows(offered)):
        shown = service if whole else {name: service[name] for name in ("id", "name", "status")}
        found[service["organization_id"]].append(shown)
    return found


def identifiers(row: OrganisationRow) -> list[Found]:
    """The unified social credit code 统一社会信用代码 stands in a public register."""
    if not row.uscc:
        return []
    kind = _("Unified social credit code")
    return [{"id": named("uscc", row.id), "identifier_type": kind, "identifier": row.uscc}]
