"""What a station's own page shows beside its hours: each set is asked for once."""

from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import quote
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from linli.directory.models import (
    Building,
    Entrance,
    Facility,
    OpeningRule,
    Service,
    Station,
)
from linli.directory.panels.hours import rules_in_words
from linli.kit.coordinates import outside_china, wgs84_to_gcj02

FACILITY_ORDER = {kind: place for place, kind in enumerate(Facility.Kind.values)}


@dataclass(frozen=True)
class Offer:
    """A service at a station with its own hours here in words, and the source's words where they could not be read."""

    service: Service
    hours: list[str]
    hours_text: str


@dataclass(frozen=True)
class WayIn:
    """An entrance with its own hours in words; none: it is open whenever the door is."""

    entrance: Entrance
    hours: list[str]


@dataclass(frozen=True)
class Behind:
    """What is behind a door."""

    facilities: list[Facility]
    for_persons: list[Offer]
    for_firms: list[Offer]
    ways_in: list[WayIn]


def behind(station: Station) -> Behind:
    """Facilities, active services and entrances, each with its own hours here: four queries."""
    hours: dict[UUID, list[OpeningRule]] = defaultdict(list)
    for rule in station.rules.exclude(service=None, entrance=None):
        hours[rule.service_id or rule.entrance_id].append(rule)
    rows = station.offers.filter(service__active=True).select_related("service").order_by("service__reading")
    offers = [Offer(row.service, rules_in_words(hours[row.service_id]), row.hours_text) for row in rows]
    firms = Service.Audience.FIRMS
    return Behind(
        facilities=sorted(station.facilities.all(), key=lambda each: FACILITY_ORDER[each.kind]),
        for_persons=[offer for offer in offers if offer.service.audience != firms],
        for_firms=[offer for offer in offers if offer.service.audience == firms],
        ways_in=[WayIn(way, rules_in_words(hours[way.pk])) for way in station.entrances.order_by("code")],
    )


def checked(station: Station) -> str:
    """When the entry was last found right, and by which place of the network."""
    if station.checked_on is None:
        return _("Nobody has checked this page yet.")
    by = {
        Station.Checker.DESK: _("Checked on %(day)s by the station."),
        Station.Checker.AREA: _("Checked on %(day)s by the area."),
        Station.Checker.SOURCE: _("Checked on %(day)s by the source it came from."),
    }
    return by.get(station.checked_by, _("Checked on %(day)s.")) % {"day": date_format(station.checked_on)}


def phones(station: Station) -> list[dict[str, str]]:
    """Public numbers, each with the digits that a phone dials."""
    rows = station.phones.order_by("number").values("number", "extension", "about")
    return [row | {"dial": "".join(c for c in row["number"] if c.isdigit() or c == "+")} for row in rows]


def map_links(station: Station | Building) -> list[tuple[str, str]]:
    """Links out to maps, in the datum each of them expects. Nothing is asked of them until somebody taps."""
    if station.point is None:
        return []
    latitude, longitude = station.point
    name = quote(station.name)
    links = [
        (
            "OpenStreetMap",
            f"https://www.openstreetmap.org/?mlat={latitude:.5f}&mlon={longitude:.5f}#map=18/{latitude:.5f}/{longitude:.5f}",
        )
    ]
    if outside_china(latitude, longitude):
        return links
    lat, lon = wgs84_to_gcj02(latitude, longitude)
    return [(_("Amap"), f"https://uri.amap.com/marker?position={lon:.5f},{lat:.5f}&name={name}"), *links]
