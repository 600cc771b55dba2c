"""Hand-over 交接 at the desk."""

from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from linli.directory import actions
from linli.directory.forms.handover import HandOverForm
from linli.directory.models import Station
from linli.directory.panels.handover import Holding, holdings
from linli.directory.rules import may_hand_over_desk
from linli.directory.views.stations import station_of
from linli.kit.pages import page
from linli.kit.policies import reconfirmed, staff
from linli.kit.rules import Problem, require
from linli.people.actions import look

PAGE_NAME = gettext_noop("Hand-over at a desk")


@staff
@reconfirmed
def hand_over_desk(request: HttpRequest, code: str) -> HttpResponse:
    """What one holds here, and colleagues hold, each with who takes over; afterwards the page to print."""
    station = station_of(request, code)
    require(may_hand_over_desk(request.user, station))
    found = holdings(station, request.user)
    shown = {row.person for each in found for row in [*each.roles, *each.takers]}
    look(by=request.user, subjects=shown, page=PAGE_NAME, unit=station.unit)
    pairs = [(each, form_of(each, request)) for each in found]
    context = {"station": station, "pairs": pairs, "zone": ZoneInfo(station.time_zone)}
    if request.method == "POST" and not any(form.is_bound for _each, form in pairs):
        raise Problem(_("Please use one of the buttons."))
    for each, form in pairs:
        if form.is_valid() and (done := hand_over(request, station, each, form)):
            return page(request, "directory/handed_over.html", context | {"done": done})
    return page(request, "directory/handover.html", context, status=422 if request.method == "POST" else 200)


def form_of(each: Holding, request: HttpRequest) -> HandOverForm:
    """Bound only where the button of this very person was pressed."""
    sent = request.POST if request.POST.get("leaver") == each.key else None
    takers = [(str(row.pk), row.person.name) for row in each.takers]
    return HandOverForm(sent, leaver=each.key, colleagues=takers, auto_id=f"{each.key}_%s")


def hand_over(
    request: HttpRequest, station: Station, each: Holding, form: HandOverForm
) -> actions.HandedOver | None:
    to = next(row.person for row in each.takers if str(row.pk) == form.cleaned_data["to"])
    try:
        return actions.hand_over_desk(by=request.user, station=station, leaver=each.person, to=to)
    except Problem as problem:
        form.show(problem)
        return None
