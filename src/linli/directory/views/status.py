"""What a station says of itself right now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from linli.directory import actions
from linli.directory.forms.status import StatusForm, read_choice
from linli.directory.rules import may_declare_status
from linli.directory.views.stations import station_of
from linli.kit.pages import page
from linli.kit.policies import staff
from linli.kit.rules import Problem, require


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
