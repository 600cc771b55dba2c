"""The list of stations and each station's page."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from linli.areas import tree
from linli.directory import panels
from linli.directory.listing import StationFilter, station_card
from linli.directory.models import Station
from linli.directory.rules import may_declare_status
from linli.kit.pages import page
from linli.kit.policies import public
from linli.kit.refs import ref
from linli.notices.panels import follow_button

PER_PAGE = 50


@public
def stations(request: HttpRequest) -> HttpResponse:
    """All stations, open ones first; filters narrow by what one needs."""
    now, form = timezone.now(), StationFilter(request.GET)
    pages = Paginator(form.listed(Station.objects.visible_to(request.user), now), PER_PAGE)
    context = {
        "filter": form,
        "cards": pages.get_page(request.GET.get("page")),
        "count": pages.count,
        "now": now,
    }
    return page(request, "site/stations.html", context, partial="list")


def place(station: Station) -> list[tree.Standing]:
    """Where it stands: the units above it, the network first. Two queries."""
    above = tree.ancestors(station.unit_id)
    standing = tree.standing(above)
    return [standing[unit_id] for unit_id in reversed(above)]


@public
def station(request: HttpRequest, code: str) -> HttpResponse:
    """One station: open now or until when, what it offers, its week, and whom to ask."""
    seen = Station.objects.visible_to(request.user).select_related("unit", "operator")
    station = get_object_or_404(seen, code=code)
    now = timezone.now()
    standing = place(station)
    card = station_card(station, now)
    context = {
        "station": station,
        "pack": next((unit.pack for unit in reversed(standing) if unit.pack), settings.PACK),
        "card": card,
        "place": standing,
        "offers": panels.offers(station),
        "week": panels.week(card, now),
        "has_hours": bool(card.timetable.rules or card.timetable.exceptions),
        "phones": panels.phones(station),
        "map_links": panels.map_links(station),
        "address": request.build_absolute_uri(request.path),
        "coming": panels.coming_exceptions(card, now),
        "follow": follow_button(request.user, ref(station)),
        "works_here": may_declare_status(request.user, station),
        "now": now,
    }
    return page(request, "site/station.html", context)
