"""The worker's desk."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from linli.directory import panels
from linli.directory.forms.status import StatusForm
from linli.directory.hearsay import in_words, said_of
from linli.directory.listing import station_card
from linli.directory.models import Station
from linli.directory.rules import may_declare_status
from linli.kit.pages import page
from linli.kit.policies import staff
from linli.kit.rules import require
from linli.people.rules import held
from linli.programmes.panels import desk_sessions, proposals_at


@staff
def desk(request: HttpRequest) -> HttpResponse:
    """Straight to one's station; with several, or none, a page that says so."""
    mine = Station.objects.visible_to(request.user).filter(
        unit__in=held(request.user, {"worker", "manager"}).values("unit")
    )
    mine = mine.order_by("reading")
    if len(mine) == 1:
        return redirect("site:desk_of", mine[0].code)
    oversees = held(request.user, {"organiser", "steward"}).exists()
    return page(request, "site/desks.html", {"stations": mine, "oversees": oversees})


@staff
def desk_of(request: HttpRequest, code: str) -> HttpResponse:
    """A station's day at a glance: its door, the days that differ, what visitors see, and the pages of the desk."""
    station = get_object_or_404(Station.objects.visible_to(request.user).select_related("unit"), code=code)
    require(may_declare_status(request.user, station))
    now = timezone.now()
    card = station_card(station, now)
    context = {
        "station": station,
        "card": card,
        "choices": panels.one_tap_choices(card, now),
        "day_choices": panels.exception_choices(card, now),
        "coming": panels.coming_exceptions(card.timetable, now.astimezone(card.zone).date()),
        "checked": panels.checked(station),
        "form": StatusForm(),
        "day": panels.desk_day(station, now),
        "sessions": desk_sessions(station, now),
        "proposals": proposals_at(station),
        "heard": in_words(said_of(station, now), card.zone),
        "now": now,
    }
    return page(request, "site/desk.html", context)
