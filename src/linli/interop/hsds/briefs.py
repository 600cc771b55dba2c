"""Organizations, services and places with their direct fields only: what lists show, and what stands inside others.

Rows, not models: a page holds hundreds of them.
"""

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from linli.directory.models import Organisation, Service, ServiceAtStation, Station
from linli.interop.hsds.ids import filled


class OrganisationRow(NamedTuple):
    id: UUID
    name: str
    translations: dict[str, dict[str, str]]
    description: str
    email: str
    url: str
    kind: str
    uscc: str


class ServiceRow(NamedTuple):
    id: UUID
    organisation_id: UUID | None
    name: str
    translations: dict[str, dict[str, str]]
    description: str
    url: str
    email: str
    active: bool
    how: str
    cost: str
    audience: str
    kind: str


class StationRow(NamedTuple):
    id: UUID
    code: str
    operator_id: UUID | None
    name: str
    translations: dict[str, dict[str, str]]
    about: str
    directions: str
    wgs_latitude: float | None
    wgs_longitude: float | None
    kind: str
    address: str
    time_zone: str
    hours_text: str
    all_day_zone: str
    follows_holidays: bool


class OfferRow(NamedTuple):
    """A service at a station."""

    uid: UUID
    service_id: UUID
    station_id: UUID
    hours_text: str


Row = OrganisationRow | ServiceRow | StationRow | OfferRow


def other_name(name: str, translations: dict[str, dict[str, str]]) -> str:
    """The name in another language, if there is one."""
    names = (said.get("name", "") for said in translations.values())
    return next((each for each in names if each and each != name), "")


def organisation_rows(found: QuerySet[Organisation]) -> list[OrganisationRow]:
    return [OrganisationRow._make(row) for row in found.values_list(*OrganisationRow._fields)]


def service_rows(found: QuerySet[Service]) -> list[ServiceRow]:
    return [ServiceRow._make(row) for row in found.values_list(*ServiceRow._fields)]


def station_rows(found: QuerySet[Station]) -> list[StationRow]:
    return [StationRow._make(row) for row in found.values_list(*StationRow._fields)]


def offer_rows(found: QuerySet[ServiceAtStation]) -> list[OfferRow]:
    return [OfferRow._make(row) for row in found.values_list(*OfferRow._fields)]


def organization(row: OrganisationRow) -> dict[str, Any]:
    return {"id": str(row.id), "name": row.name, "description": row.description} | filled(
        alternate_name=other_name(row.name, row.translations), email=row.email, website=row.url
    )


def organizations(numbers: Collection[UUID]) -> dict[UUID, dict[str, Any]]:
    """The organizations with these ids: one query, none where there are none."""
    if not numbers:
        return {}
    rows = organisation_rows(Organisation.objects.filter(pk__in=numbers))
    return {row.id: organization(row) for row in rows}


def services(rows: Iterable[ServiceRow]) -> list[dict[str, Any]]:
    """Services, each with its organization: one query."""
    rows = list(rows)
    known = organizations({row.organisation_id for row in rows if row.organisation_id})
    eligible = {"person": _("For persons."), "firm": _("For firms and other organizations.")}
    return [service(row, known, eligible) for row in rows]


def service(row: ServiceRow, known: dict[UUID, dict[str, Any]], eligible: dict[str, str]) -> dict[str, Any]:
    """`known` organizations by id; `eligible` says in words for whom it is."""
    organisation = row.organisation_id
    return filled(
        id=str(row.id),
        organization_id=organisation and str(organisation),
        name=row.name,
        alternate_name=other_name(row.name, row.translations),
        description=row.description,
        url=row.url,
        email=row.email,
        status="active" if row.active else "inactive",
        application_process=row.how,
        fees_description=row.cost,
        eligibility_description=eligible.get(row.audience),
        organization=organisation and known.get(organisation),
    )


def location(row: StationRow) -> dict[str, Any]:
    return filled(
        id=str(row.id),
        location_type="physical",
        organization_id=row.operator_id and str(row.operator_id),
        name=row.name,
        alternate_name=other_name(row.name, row.translations),
        description=row.about,
        transportation=row.directions,
        latitude=row.wgs_latitude,
        longitude=row.wgs_longitude,
        external_identifier=row.code,
        external_identifier_type=_("Code of the station"),
    )


def offers(rows: Iterable[OfferRow]) -> list[dict[str, Any]]:
    """Services at places, each with its service and its place: three queries."""
    rows = list(rows)
    given = service_rows(Service.objects.filter(pk__in={row.service_id for row in rows}))
    places = station_rows(Station.objects.filter(pk__in={row.station_id for row in rows}))
    services_by_id = {found.id: each for found, each in zip(given, services(given), strict=True)}
    places_by_id = {place.id: location(place) for place in places}
    return [
        offer(row, service=services_by_id[row.service_id], location=places_by_id[row.station_id])
        for row in rows
    ]


def offer(row: OfferRow, **inside: Any) -> dict[str, Any]:
    return filled(id=str(row.uid), service_id=str(row.service_id), location_id=str(row.station_id), **inside)
