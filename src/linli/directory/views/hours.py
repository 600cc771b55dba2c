"""The hours of a door."""

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from linli.directory import actions, panels
from linli.directory.forms.hours import HoursForm
from linli.directory.rules import may_set_hours
from linli.directory.views.stations import station_of
from linli.kit.pages import page
from linli.kit.policies import staff
from linli.kit.rules import require


@staff
def set_hours(request: HttpRequest, code: str) -> HttpResponse:
    """The form; with `preview` what it means for the next two weeks; else it is kept."""
    station = station_of(request, code)
    require(may_set_hours(request.user, station))
    form = HoursForm(request.POST if request.method == "POST" else None, station=station)
    context: dict[str, Any] = {"form": form, "station": station, "zone": ZoneInfo(station.time_zone)}
    if form.is_valid():
        planned = {"hours": form.hours()} | {
            name: form.cleaned_data[name] for name in ("follows_holidays", "all_day_zone")
        }
        if "preview" not in request.POST:
            actions.set_hours(by=request.user, station=station, **planned)
            return redirect("site:desk_of", code)
        context["fortnight"] = panels.fortnight(station, now=timezone.now(), **planned)
    context["others"] = panels.rules_in_words(form.others)
    return page(request, "directory/hours.html", context, status=422 if form.errors else 200)
