"""What the pages of organisations and buildings show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from linli.areas import tree
from linli.areas.models import Unit
from linli.directory.models import (
    Building,
    Membership,
    Occupancy,
    Organisation,
    OrganisationCount,
    ServedBuilding,
    Service,
    Station,
)

KINDS = {
    Organisation.Kind.COMPANY: _("Company"),
    Organisation.Kind.PROPERTY: _("Property company"),
    Organisation.Kind.PUBLIC: _("Public body"),
    Organisation.Kind.SOCIAL: _("Non-profit organisation"),
    Organisation.Kind.GROUP: _("Group of people or shops"),
    Organisation.Kind.OTHER: _("Other"),
}
BANDS = {
    Organisation.Band.TO_9: _("Up to 9 people"),
    Organisation.Band.TO_49: _("10 to 49 people"),
    Organisation.Band.TO_299: _("50 to 299 people"),
    Organisation.Band.MORE: _("300 people and more"),
}
OPERATING = {
    Organisation.Operating.OPERATING: _("Working"),
    Organisation.Operating.SUSPENDED: _("Not working for the time being"),
    Organisation.Operating.CLOSED: _("Closed for good"),
}
COMMITTEES = {
    Organisation.Committee.OWN: _("A group of its own"),
    Organisation.Committee.JOINT: _("A group shared with others"),
    Organisation.Committee.NONE: _("No group"),
}
COUNTED = {
    OrganisationCount.What.WORKERS: _("People who work there"),
    OrganisationCount.What.MEMBERS: _("Members who work there"),
}


@dataclass(frozen=True)
class Term:
    """A membership with the unit as it stands today; `unit` is None where it stands no longer."""

    membership: Membership
    unit: tree.Standing | None
    is_over: bool


def terms(memberships: Iterable[Membership], today: date) -> list[Term]:
    """The networks it belongs to, those it has left at the end: two queries."""
    rows = list(memberships)
    standing = tree.standing({row.unit_id for row in rows})
    found = [Term(row, standing.get(row.unit_id), ended(row.until, today)) for row in rows]
    return sorted(found, key=lambda term: (term.is_over, term.membership.since))


def ended(until: date | None, today: date) -> bool:
    return until is not None and until <= today


def current(today: date) -> Q:
    """Half-open terms and occupancies that hold on a day."""
    return Q(since__lte=today) & (Q(until=None) | Q(until__gt=today))


def offered_by(organisation: Organisation) -> QuerySet[Service]:
    """Its active services, each with the number of stations that have it."""
    counted = organisation.services.filter(active=True).annotate(stations=Count("places"))
    return counted.order_by("reading", "code")


def workplaces(organisation: Organisation, today: date) -> QuerySet[Occupancy]:
    """Where it works today."""
    return organisation.occupancies.filter(current(today)).select_related("building")


def latest_counts(organisation: Organisation, person: Any) -> list[tuple[Any, OrganisationCount]]:
    """(what in words, the newest count) for those who may see them; empty for everybody else."""
    rows = OrganisationCount.objects.visible_to(person).filter(organisation=organisation).order_by("as_of")
    newest = {row.what: row for row in rows}
    return [(COUNTED[what], newest[what]) for what in OrganisationCount.What if what in newest]


def tenants(building: Building, today: date) -> int:
    """How many organisations work in a building today: a number, never a list."""
    here = building.occupancies.filter(current(today)).order_by()
    return int(here.aggregate(n=Count("organisation", distinct=True))["n"])


def serving(building: Building, stations: QuerySet[Station]) -> QuerySet[Station]:
    """The stations that serve a building, the responsible one first."""
    here = stations.filter(serves__building=building)
    return here.order_by("-serves__responsible", "reading", "code")


def responsible_station(building: Building) -> str:
    """The code of the station that is responsible for it; empty while none is."""
    return building.served_by.filter(responsible=True).values_list("station__code", flat=True).first() or ""


def committee_counts(organisations: QuerySet[Organisation]) -> dict[str, int]:
    """Of those that work: how many there are, by whether they have a group; `unsaid`: nobody has said. One query."""
    working = organisations.filter(operating=Organisation.Operating.OPERATING)
    found = dict(working.order_by().values_list("committee").annotate(Count("pk")))
    counts = {each.value or "unsaid": found.get(each.value, 0) for each in Organisation.Committee}
    return {"all": sum(counts.values()), **counts}


def listed(organisation: Organisation) -> tuple[Any, Any]:
    """What a list says of it: its kind, and whether it has a group."""
    return KINDS[Organisation.Kind(organisation.kind)], COMMITTEES.get(organisation.committee, "")


def buildings_in(unit: Unit, today: date) -> QuerySet[Building]:
    """The buildings of an area, and those that one of its stations serves while no area is responsible; each with how
    many organisations work there and, as `in_charge`, the responsible station."""
    below = tree.descendants(unit.pk)
    served = ServedBuilding.objects.filter(building=OuterRef("pk"), station__unit__in=below)
    in_charge = ServedBuilding.objects.filter(responsible=True).select_related("station")
    here = Q(unit__in=below) | Q(Exists(served), unit=None)
    now = Q(occupancies__since__lte=today) & (Q(occupancies__until=None) | Q(occupancies__until__gt=today))
    found = Building.objects.filter(here).order_by("reading", "code")
    working = Count("occupancies__organisation", filter=now, distinct=True)
    return found.annotate(organisations=working).prefetch_related(
        Prefetch("served_by", in_charge, to_attr="in_charge")
    )
