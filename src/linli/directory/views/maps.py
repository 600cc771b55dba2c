"""Stations and areas for maps: our own page's and anybody's."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.views.decorators.gzip import gzip_page

from linli.directory import geojson
from linli.directory.doors import doors
from linli.directory.listing import StationFilter
from linli.directory.models import Station
from linli.kit.policies import public

# By the browser that asked, not by caches in between: the language may come from a cookie.
STATIONS_KEPT, AREAS_KEPT = 60, 600


@public
@gzip_page
def stations(request: HttpRequest) -> HttpResponse:
    """All stations that a list with the same filters shows, in no order: two queries. `lang` names the language."""
    now, form = timezone.now(), StationFilter(request.GET)
    chosen = form.chosen(Station.objects.visible_to(request.user), now)
    if form.asked("open"):
        chosen = chosen.open_at(now)
    found = doors(chosen.values_list("pk", flat=True), now).values()
    return answer(request, lambda language: geojson.stations(found, language, now), STATIONS_KEPT)


@public
@gzip_page
def areas(request: HttpRequest) -> HttpResponse:
    """The names of areas, for the middle of their stations. `lang` names the language."""
    placed = Station.objects.visible_to(request.user)
    return answer(request, lambda language: geojson.areas(placed, language, timezone.now()), AREAS_KEPT)


def answer(request: HttpRequest, say: Callable[[str], str], seconds: int) -> HttpResponse:
    """In the language that was asked for, else the reader's."""
    asked = request.GET.get("lang", "")
    language = asked if asked in dict(settings.LANGUAGES) else get_language() or settings.LANGUAGE_CODE
    with override(language):
        text = say(language)
    headers = {"Content-Language": language, "Cache-Control": f"private, max-age={seconds}"}
    return HttpResponse(text, content_type=geojson.TYPE, headers=headers)
