"""Deeds at the desk."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language

from linli.areas import tree
from linli.areas.models import Unit
from linli.directory import actions
from linli.directory.forms import HoursForm, StationForm, StatusForm, read_choice
from linli.directory.models import Station
from linli.directory.rules import may_declare_status, may_open_station, may_set_hours
from linli.kit.pages import page
from linli.kit.policies import staff
from linli.kit.rules import Problem, require


def station_of(request: HttpRequest, code: str) -> Station:
    return get_object_or_404(Station.objects.visible_to(request.user).select_related("unit"), code=code)


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
def declare_status(request: HttpRequest, code: str) -> HttpResponse:
    """One tap (`choice`), or the small form with another time and a reason."""
    station = station_of(request, code)
    if request.method != "POST":
        return redirect("site:desk_of", code)
    require(may_declare_status(request.user, station))
    if "choice" in request.POST:
        state, until = read_choice(request.POST["choice"])
        actions.declare_status(by=request.user, station=station, state=state, until=until)
        return redirect("site:desk_of", code)
    form = StatusForm(request.POST)
    if form.is_valid():
        try:
            asked = form.cleaned_data
            until = form.moment(station, timezone.now())
            actions.declare_status(
                by=request.user, station=station, state=asked["state"], until=until, note=asked["note"]
            )
            return redirect("site:desk_of", code)
        except Problem as problem:
            form.show(problem)
    return page(request, "directory/status.html", {"form": form, "station": station}, status=422)


@staff
def lift_status(request: HttpRequest, code: str) -> HttpResponse:
    """Back to the usual hours."""
    station = station_of(request, code)
    if request.method == "POST":
        actions.lift_status(by=request.user, station=station)
    return redirect("site:desk_of", code)


@staff
def set_hours(request: HttpRequest, code: str) -> HttpResponse:
    station = station_of(request, code)
    require(may_set_hours(request.user, station))
    form = HoursForm(request.POST if request.method == "POST" else None, initial=HoursForm.of(station))
    if form.is_valid():
        actions.set_hours(by=request.user, station=station, hours=form.hours())
        return redirect("site:desk_of", code)
    return page(
        request,
        "directory/hours.html",
        {"form": form, "station": station},
        status=422 if form.errors else 200,
    )
