"""The hours of a door."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from linli.directory import actions
from linli.directory.forms.hours import HoursForm
from linli.directory.rules import may_set_hours
from linli.directory.views.stations import station_of
from linli.kit.pages import page
from linli.kit.policies import staff
from linli.kit.rules import require


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
