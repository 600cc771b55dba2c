"""Public pages of organisations, buildings and corridors."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from linli.areas import tree
from linli.directory import panels
from linli.directory.listing import OpenFirst, station_cards
from linli.directory.models import Building, Corridor, Organisation, Station
from linli.directory.panels import corridors as walks
from linli.directory.panels import organisations as members
from linli.directory.rules import (
    may_change_building,
    may_change_corridor,
    may_change_organisation,
    may_see_counts,
)
from linli.kit.pages import page
from linli.kit.policies import public

PER_PAGE = 50


@public
def organisation(request: HttpRequest, code: str) -> HttpResponse:
    """What it is, the stations it runs, what it offers and where it belongs; numbers only for those they concern."""
    found = get_object_or_404(Organisation.objects.visible_to(request.user).select_related("unit"), code=code)
    now, today = timezone.now(), timezone.localdate()
    runs = Station.objects.visible_to(request.user).filter(operator=found)
    cards = Paginator(OpenFirst(lambda: runs, now, f"organisation/{code}"), PER_PAGE)
    sees_counts = may_see_counts(request.user, found)
    context = {
        "organisation": found,
        "kind": members.KINDS[Organisation.Kind(found.kind)],
        "band": members.BANDS.get(found.band, ""),
        "operating": members.OPERATING[Organisation.Operating(found.operating)],
        "cards": cards.get_page(request.GET.get("page")),
        "services": members.offered_by(found),
        "terms": members.terms(found.memberships.all(), today),
        "workplaces": members.workplaces(found, today),
        "sees_counts": sees_counts,
        "may_change": may_change_organisation(request.user, found),
        "committee": members.COMMITTEES.get(found.committee, "") if sees_counts else "",
        "counts": members.latest_counts(found, request.user),
    }
    return page(request, "site/organisation.html", context)


@public
def building(request: HttpRequest, code: str) -> HttpResponse:
    """Its names, where it is, and which stations serve it."""
    buildings = Building.objects.visible_to(request.user).select_related("property_company", "unit")
    found = get_object_or_404(buildings, code=code)
    now, today = timezone.now(), timezone.localdate()
    cards = station_cards(members.serving(found, Station.objects.visible_to(request.user)), now)
    context = {
        "building": found,
        "area": tree.standing([found.unit_id]).get(found.unit_id) if found.unit_id else None,
        "cards": cards,
        "may_change": may_change_building(request.user, found),
        "responsible": members.responsible_station(found),
        "tenants": members.tenants(found, today),
        "map_links": panels.map_links(found),
        "today": today,
    }
    return page(request, "site/building.html", context)


@public
def corridors(request: HttpRequest) -> HttpResponse:
    """Every corridor, and how many of its doors are open now."""
    now = timezone.now()
    return page(
        request, "site/corridors.html", {"corridors": walks.all_corridors(request.user, now), "now": now}
    )


@public
def corridor(request: HttpRequest, code: str) -> HttpResponse:
    """Its stations in the order one walks them, and the one that leads."""
    found = get_object_or_404(
        Corridor.objects.visible_to(request.user).select_related("lead__unit"), code=code
    )
    now = timezone.now()
    cards = station_cards(walks.along(found, Station.objects.visible_to(request.user)), now)
    open_count = sum(card.opening.is_open for card in cards)
    return page(
        request,
        "site/corridor.html",
        {
            "corridor": found,
            "cards": cards,
            "may_change": may_change_corridor(request.user, found),
            "lead": found.lead.code if found.lead else "",
            "open_count": open_count,
            "now": now,
        },
    )
