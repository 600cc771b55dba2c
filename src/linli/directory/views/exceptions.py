"""The days on which a door does not do as usual."""

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from linli.directory import actions, panels
from linli.directory.forms.exceptions import ExceptionForm, TakeBackForm, read_choice
from linli.directory.models import Station
from linli.directory.rules import may_set_hours
from linli.directory.timetables import timetables
from linli.directory.views.stations import station_of
from linli.kit.pages import page
from linli.kit.policies import staff
from linli.kit.rules import Problem, require


@staff
def exceptions(request: HttpRequest, code: str) -> HttpResponse:
    """Those to come, and the form for another one; one tap (`choice`) from the desk."""
    station = station_of(request, code)
    require(may_set_hours(request.user, station))
    if "choice" in request.POST:
        choose(request.user, station, request.POST["choice"])
        return redirect("site:desk_of", code)
    form = ExceptionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.set_exception(by=request.user, station=station, **form.cleaned_data)
            return redirect("directory:exceptions", code)
        except Problem as problem:
            form.show(problem)
    return page(
        request,
        "directory/exceptions.html",
        {"form": form, "station": station, "coming": coming(station), "zone": ZoneInfo(station.time_zone)},
        status=422 if form.errors else 200,
    )


def choose(by: Any, station: Station, value: str) -> None:
    on, until = read_choice(value)
    if until is None:
        actions.set_exception(by=by, station=station, on=on, hours=[])
    else:
        actions.close_early(by=by, station=station, on=on, at=until)


def coming(station: Station) -> list[panels.OtherDay]:
    now = timezone.now()
    today = now.astimezone(ZoneInfo(station.time_zone)).date()
    return panels.coming_exceptions(timetables([station], now)[station.pk], today, None)


@staff
def take_back(request: HttpRequest, code: str) -> HttpResponse:
    """The usual hours hold on that day again."""
    station = station_of(request, code)
    require(may_set_hours(request.user, station))
    form = TakeBackForm(request.POST)
    if request.method == "POST" and form.is_valid():
        actions.take_back_exception(by=request.user, station=station, on=form.cleaned_data["on"])
    return redirect("directory:exceptions", code)
