"""Entering stations, and how every view here finds its station."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language

from linli.areas import tree
from linli.areas.models import Unit
from linli.directory import actions
from linli.directory.forms.stations import StationForm
from linli.directory.models import Station
from linli.directory.rules import may_open_station
from linli.kit.pages import page
from linli.kit.policies import staff
from linli.kit.rules import Problem, require


def station_of(request: HttpRequest, code: str) -> Station:
    return get_object_or_404(Station.objects.visible_to(request.user).select_related("unit"), code=code)


def area_of(request: HttpRequest, code: str) -> tuple[Unit, tree.Standing | None]:
    """A unit and how it stands today; 404 for one that has ended."""
    unit = get_object_or_404(Unit.objects.visible_to(request.user).filter(closed_on=None), code=code)
    return unit, tree.standing([unit.pk]).get(unit.pk)


@staff
def open_station(request: HttpRequest, code: str) -> HttpResponse:
    """An organiser enters a station below a unit; its manager, once granted, keeps its hours."""
    unit = get_object_or_404(Unit.objects.visible_to(request.user), code=code)
    require(may_open_station(request.user, unit))
    form = StationForm(request.POST or None)
    if form.is_valid():
        try:
            where = {"on": timezone.localdate(), "time_zone": settings.TIME_ZONE, "language": get_language()}
            station = actions.enter_station(by=request.user, under=unit, **where, **form.cleaned_data)
            return redirect("people:roles", station.code)
        except Problem as problem:
            form.show(problem)
    context = {"form": form, "unit": unit, "standing": tree.standing([unit.pk]).get(unit.pk)}
    return page(request, "directory/open_station.html", context, status=422 if form.errors else 200)


@staff
def check_entry(request: HttpRequest, code: str) -> HttpResponse:
    """One tap at the desk: everything that is shown of the station is right."""
    station = station_of(request, code)
    if request.method == "POST":
        actions.check_entry(by=request.user, station=station)
    return redirect("site:desk_of", code)
