"""The lists of the API: which parameters each takes, which rows it finds, what it shows of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial, reduce
from math import cos, radians, sin
from operator import and_, or_
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.db.models import Avg, F, Q, QuerySet
from django.db.models.functions import Cos, Radians, Sin

from linli.directory.models import Facility, Organisation, Service, ServiceAtStation, Station
from linli.directory.nearest import box_around
from linli.interop.hsds import briefs, terms, wholes
from linli.interop.hsds.asked import PAGING, Asked
from linli.interop.hsds.terms import AUDIENCES, FACILITIES, ORGANISATION_KINDS, PLACE_KINDS, SERVICE_KINDS
from linli.interop.hsds.wholes import VISITOR
from linli.kit.coordinates import EARTH_RADIUS_M, Point

Found = dict[str, Any]
# How many there are of everything is counted once in so many seconds.
COUNTED_FOR = 60
# A search looks for so many words.
WORDS = 5
NOTHING = Q(pk__in=[])


class Listing(Protocol):
    """What was found: how many, one page of it, and all of it in batches."""

    def count(self) -> int: ...

    def part(self, start: int, stop: int) -> list[Found]: ...

    def batches(self, size: int) -> Iterator[list[Found]]: ...


@dataclass(frozen=True)
class Rows:
    """Rows of the database, in the order of their `key`. `name` is given where nothing was narrowed."""

    rows: QuerySet[Any]
    show: Callable[[QuerySet[Any]], list[Found]]
    key: str = "pk"
    name: str = ""

    def count(self) -> int:
        if self.name:
            return int(cache.get_or_set(f"hsds:{self.name}:count", self.rows.count, COUNTED_FOR))
        return self.rows.count()

    def part(self, start: int, stop: int) -> list[Found]:
        """The rows that are skipped are only counted off, never read whole."""
        keys = self.rows.order_by(self.key).values_list(self.key, flat=True)[start:stop]
        return self.show(self.these(list(keys)))

    def these(self, keys: list[UUID]) -> QuerySet[Any]:
        return self.rows.model._default_manager.filter(**{f"{self.key}__in": keys}).order_by(self.key)

    def batches(self, size: int) -> Iterator[list[Found]]:
        """From key to key, so that the last batch costs no more than the first."""
        rows = self.rows.order_by(self.key)
        while keys := list(rows.values_list(self.key, flat=True)[:size]):
            yield self.show(self.these(keys))
            rows = self.rows.order_by(self.key).filter(**{f"{self.key}__gt": keys[-1]})


@dataclass(frozen=True)
class Made:
    """Objects that are made, not stored: taxonomies and their terms."""

    objects: list[Found]

    def count(self) -> int:
        return len(self.objects)

    def part(self, start: int, stop: int) -> list[Found]:
        return self.objects[start:stop]

    def batches(self, size: int) -> Iterator[list[Found]]:
        yield self.objects


@dataclass(frozen=True)
class Kind:
    """One list. `shape` is what its objects look like, `parameters` what it can be asked."""

    name: str
    shape: str
    about: str
    parameters: tuple[str, ...]
    find: Callable[[Asked], Listing]
    # What one object by itself can be asked.
    alone: tuple[str, ...] = ()

    def one(self, number: UUID, asked: Asked) -> Found | None:
        """The object with this id and everything that hangs on it."""
        listing = self.find(Asked(asked, full=True))
        if isinstance(listing, Rows):
            found = listing.show(listing.rows.filter(**{listing.key: number}).order_by(listing.key))
        else:
            found = [each for each in listing.part(0, listing.count()) if each["id"] == str(number)]
        return found[0] if found else None


def mentions(text: str, *fields: str) -> Q:
    """Every word is in one of these fields, or in the name in another language."""
    languages = [f"translations__{language}__name" for language, _name in settings.LANGUAGES]
    each = [
        reduce(or_, (Q(**{f"{field}__icontains": word}) for field in (*fields, *languages)))
        for word in text.split()[:WORDS]
    ]
    return reduce(and_, each)


def has_column(column: str, value: str | None) -> Q:
    return ~Q(**{column: ""}) if value is None else Q(**{column: value})


def has_facility(column: str, value: str | None) -> Q:
    facilities = Facility.objects.all() if value is None else Facility.objects.filter(kind=value)
    return Q(**{f"{column}__in": facilities.values("station")})


# Which condition the terms of a taxonomy put on the rows of each list.
OF_SERVICES = {SERVICE_KINDS: partial(has_column, "kind"), AUDIENCES: partial(has_column, "audience")}
OF_PLACES = {PLACE_KINDS: partial(has_column, "kind"), FACILITIES: partial(has_facility, "pk")}
OF_OFFERS = {
    SERVICE_KINDS: partial(has_column, "service__kind"),
    AUDIENCES: partial(has_column, "service__audience"),
    PLACE_KINDS: partial(has_column, "station__kind"),
    FACILITIES: partial(has_facility, "station"),
}
OF_ORGANISATIONS = {ORGANISATION_KINDS: partial(has_column, "kind")}
Conditions = dict[str, Callable[[str | None], Q]]


def classified(asked: Asked, conditions: Conditions) -> Q:
    """Only what has the term, or any term of the taxonomy, that was asked for."""
    condition = Q()
    if number := asked.get("taxonomy_term_id"):
        term = terms.find_term(str(number))
        known = term and conditions.get(term.taxonomy)
        condition &= known(term.key) if term and known else NOTHING
    if number := asked.get("taxonomy_id"):
        known = conditions.get(terms.find_taxonomy(str(number)) or "")
        condition &= known(None) if known else NOTHING
    return condition


def within(stations: QuerySet[Station], point: Point, metres: int) -> QuerySet[Station]:
    """Stations at most so many metres from a point: a box that an index finds, and the circle in it.

    The circle is asked by the haversine of the angle, which grows with the distance and needs no root.
    """
    latitude, longitude = point
    north = Sin(Radians(F("wgs_latitude") - latitude) / 2)
    east = Sin(Radians(F("wgs_longitude") - longitude) / 2)
    haversine = north * north + Cos(Radians("wgs_latitude")) * cos(radians(latitude)) * east * east
    found = stations.filter(box_around(point, metres).condition()).alias(haversine=haversine)
    return found.filter(haversine__lte=sin(metres / EARTH_RADIUS_M / 2) ** 2)


def nearby(stations: QuerySet[Station], asked: Asked) -> QuerySet[Station]:
    """Narrowed to a postcode, or to what lies around it or around a point. One query more for a postcode's middle."""
    point = (asked["latitude"], asked["longitude"]) if "latitude" in asked else None
    if code := asked.get("postcode"):
        # Not within a longer number or word.
        whole = rf"(^|[^0-9A-Za-z]){code}($|[^0-9A-Za-z])"
        having = stations.filter(address__contains=code, address__regex=whole)
        if "proximity" not in asked:
            return having
        point = middle(having)
    if point is None:
        return stations.none() if "proximity" in asked else stations
    return within(stations, point, asked["proximity"])


def middle(stations: QuerySet[Station]) -> Point | None:
    """The mean of their points, if any of them has one."""
    mean = stations.aggregate(north=Avg("wgs_latitude"), east=Avg("wgs_longitude"))
    return None if mean["north"] is None else (mean["north"], mean["east"])


def name_of(asked: Asked, name: str) -> str:
    return "" if asked.narrows else name


def services(asked: Asked) -> Rows:
    found = Service.objects.visible_to(VISITOR).filter(classified(asked, OF_SERVICES))
    if text := asked.get("search"):
        found = found.filter(mentions(text, "name", "reading", "description"))
    if number := asked.get("organization_id"):
        found = found.filter(organisation=number)
    show = wholes.services if asked.get("full") else minimal if asked.get("minimal") else brief_services
    return Rows(found, show, name=name_of(asked, "services"))


def brief_services(found: QuerySet[Service]) -> list[Found]:
    return briefs.services(briefs.service_rows(found))


def minimal(found: QuerySet[Service]) -> list[Found]:
    """Of each service its id, and what the standard does not let go."""
    rows = found.values_list("pk", "name", "active")
    return [
        {"id": str(number), "name": name, "status": "active" if active else "inactive"}
        for number, name, active in rows
    ]


def organizations(asked: Asked) -> Rows:
    found = Organisation.objects.visible_to(VISITOR).filter(classified(asked, OF_ORGANISATIONS))
    if text := asked.get("search"):
        found = found.filter(mentions(text, "name", "reading", "description"))
    show = brief_organizations
    if asked.is_whole:
        show = partial(wholes.organizations, full_service=bool(asked.get("full_service")))
    return Rows(found, show, name=name_of(asked, "organizations"))


def brief_organizations(found: QuerySet[Organisation]) -> list[Found]:
    return [briefs.organization(row) for row in briefs.organisation_rows(found)]


def locations(asked: Asked) -> Rows:
    found = Station.objects.visible_to(VISITOR).filter(classified(asked, OF_PLACES))
    if text := asked.get("search"):
        found = found.filter(mentions(text, "name", "reading", "about", "address", "code"))
    if number := asked.get("organization_id"):
        found = found.filter(operator=number)
    show = wholes.locations if asked.get("full") else brief_locations
    return Rows(nearby(found, asked), show, name=name_of(asked, "locations"))


def brief_locations(found: QuerySet[Station]) -> list[Found]:
    return [briefs.location(row) for row in briefs.station_rows(found)]


def service_at_locations(asked: Asked) -> Rows:
    found = ServiceAtStation.objects.visible_to(VISITOR).filter(classified(asked, OF_OFFERS))
    if text := asked.get("search"):
        about = Service.objects.filter(mentions(text, "name", "reading", "description"))
        there = Station.objects.filter(mentions(text, "name", "reading", "about", "address"))
        found = found.filter(Q(service__in=about.values("pk")) | Q(station__in=there.values("pk")))
    for parameter, column in OFFERS_BY.items():
        if number := asked.get(parameter):
            found = found.filter(**{column: number})
    if {"postcode", "proximity"} & set(asked):
        found = found.filter(station__in=nearby(Station.objects.visible_to(VISITOR), asked).values("pk"))
    show = wholes.offers if asked.get("full") else brief_offers
    return Rows(found, show, key="uid", name=name_of(asked, "service_at_locations"))


OFFERS_BY = {"service_id": "service", "location_id": "station", "organization_id": "service__organisation"}


def brief_offers(found: QuerySet[ServiceAtStation]) -> list[Found]:
    return briefs.offers(briefs.offer_rows(found))


def taxonomies(asked: Asked) -> Made:
    return Made(containing(terms.taxonomies(), asked))


def taxonomy_terms(asked: Asked) -> Made:
    found = containing([terms.shown(term) for term in terms.all_terms()], asked)
    if number := asked.get("taxonomy_id"):
        found = [term for term in found if term["taxonomy_id"] == str(number)]
    return Made([] if "parent_id" in asked else found)


def containing(objects: list[Found], asked: Asked) -> list[Found]:
    wanted = asked.get("search", "").casefold().split()[:WORDS]
    return [
        each
        for each in objects
        if all(word in f"{each['name']} {each['description']}".casefold() for word in wanted)
    ]


CLASSIFIED, NEAR = ("taxonomy_term_id", "taxonomy_id"), ("postcode", "proximity", "latitude", "longitude")
KINDS = {
    kind.name: kind
    for kind in [
        Kind(
            "services",
            "service",
            "Services: what is offered, for whom, on which terms.",
            ("search", *PAGING, *CLASSIFIED, "organization_id", "modified_after", "minimal", "full"),
            services,
        ),
        Kind(
            "organizations",
            "organization",
            "Organizations: who runs places and gives services.",
            ("search", *PAGING, *CLASSIFIED, "full", "full_service"),
            organizations,
            alone=("full_service",),
        ),
        Kind(
            "locations",
            "location",
            "Places: the doors one can go to. This list is not in HSDS: an addition of HSDS-Linli.",
            ("search", *PAGING, *CLASSIFIED, "organization_id", "full", *NEAR),
            locations,
        ),
        Kind(
            "service_at_locations",
            "service_at_location",
            "Services at places: what is given where, and when.",
            (
                "search", *PAGING, *CLASSIFIED, "organization_id", "modified_after", "full", *NEAR,
                "service_id", "location_id",
            ),
            service_at_locations,
        ),
        Kind(
            "taxonomies",
            "taxonomy",
            "Taxonomies: the lists that all of this is sorted by.",
            ("search", *PAGING),
            taxonomies,
        ),
        Kind(
            "taxonomy_terms",
            "taxonomy_term",
            "Terms of the taxonomies.",
            ("search", *PAGING, "taxonomy_id", "top_only", "parent_id"),
            taxonomy_terms,
        ),
    ]
}  # fmt: skip
