"""The list of stations and each station's page."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from linli.directory.hearsay import in_words, what_words
from linli.directory.listing import StationFilter
from linli.directory.models import Station
from linli.directory.panels import Sheet, at_door
from linli.directory.rules import may_declare_status
from linli.kit.pages import page
from linli.kit.policies import public
from linli.kit.refs import ref
from linli.notices.panels import follow_button
from linli.programmes.panels import at_station, polls_of

PER_PAGE, SESSIONS = 50, 5


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


@public
def station(request: HttpRequest, code: str) -> HttpResponse:
    """One station: open now or until when, how it works, what it offers, which door, what is hard, and its week.

    What only changes when somebody changes it is kept for a minute, or until the station's next fact.
    """
    now = timezone.now()
    found = at_door(code, now)
    if found is None:
        raise Http404
    station = found.station
    sheet = Sheet(station, now)
    context = {
        "station": station,
        "sheet": sheet,
        "pack": SimpleLazyObject(lambda: sheet.pack),
        "card": found.card,
        "live": found.live,
        "sessions": SimpleLazyObject(lambda: at_station(station, now, SESSIONS)),
        "polls": SimpleLazyObject(lambda: polls_of(station.unit)),
        "heard": in_words(found.said, found.card.zone),
        "taps": what_words(),
        "edition": found.edition,
        "today": now.astimezone(found.card.zone).date(),
        "address": request.build_absolute_uri(request.path),
        "follow": follow_button(request.user, ref(station)),
        "works_here": may_declare_status(request.user, station),
    }
    return page(request, "site/station.html", context)
