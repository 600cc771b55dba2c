"""What passers-by say of a door, with one tap and without an account, and the desk's answer to it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from linli.directory import actions
from linli.directory.forms.reports import ReportForm
from linli.directory.rules import may_end_reports
from linli.directory.views.stations import station_of
from linli.kit.ids import token
from linli.kit.pages import safe_next
from linli.kit.policies import public, staff
from linli.kit.rules import Problem, require
from linli.people.throttle import Limit, network_of, take, wide_network_of

# Drawn at a browser's first report, so that it is one person for a day; it says nothing else.
DEVICE_COOKIE = "__Host-linli-door" if settings.HTTPS else "linli-door"
DEVICE_AGE = 24 * 3600
# Many couriers share one address of a telephone company.
REPORTS_FROM_NETWORK = Limit("report-network", 60, 3600)


@public
def report_door(request: HttpRequest, code: str) -> HttpResponse:
    """One tap; afterwards the page it was tapped on, at this door."""
    station = station_of(request, code)
    if request.method != "POST":
        return redirect(station)
    what = tapped(request)
    take(REPORTS_FROM_NETWORK, network_of(request))
    secret = request.COOKIES.get(DEVICE_COOKIE, "")[:100] or token()
    network = wide_network_of(request)
    actions.report_door(by=request.user, station=station, what=what, device=secret, network=network)
    response = HttpResponseRedirect(f"{safe_next(request, station.get_absolute_url())}#door-{station.code}")
    if secret != request.COOKIES.get(DEVICE_COOKIE):
        remember_device(response, secret)
    return response


def remember_device(response: HttpResponse, secret: str) -> None:
    response.set_cookie(
        DEVICE_COOKIE, secret, max_age=DEVICE_AGE, secure=settings.HTTPS, httponly=True, samesite="Lax"
    )


def tapped(request: HttpRequest) -> str:
    """What the button says. Problem when it is none of ours."""
    form = ReportForm(request.POST)
    if not form.is_valid():
        raise Problem(_("Please use one of the buttons."))
    return str(form.cleaned_data["what"])


@staff
def end_reports(request: HttpRequest, code: str) -> HttpResponse:
    """It is mended: what was reported is gone."""
    station = station_of(request, code)
    if request.method == "POST":
        require(may_end_reports(request.user, station))
        actions.end_reports(by=request.user, station=station, what=tapped(request))
    return redirect("site:desk_of", code)
