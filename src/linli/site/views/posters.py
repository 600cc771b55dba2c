"""A sheet of A4 for the door: big, in both languages, with a way to what holds just now."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from linli.directory.models import Station
from linli.directory.panels import Sheet
from linli.directory.panels.poster import is_crowded, sides
from linli.kit.pages import page
from linli.kit.policies import public
from linli.kit.qr import qr
from linli.site.nearby import nearby_url


@public
def poster(request: HttpRequest, code: str) -> HttpResponse:
    """Everybody may print it: nothing stands on it that does not stand on the station's page."""
    seen = Station.objects.visible_to(request.user).select_related("unit", "operator")
    station, now = get_object_or_404(seen, code=code), timezone.now()
    sheet = Sheet(station, now)
    today, here = timezone.localdate(now, sheet.card.zone), settings.ADDRESS + station.get_absolute_url()
    said = sides(sheet, today)
    context = {
        "station": station,
        "sides": said,
        "crowded": is_crowded(said),
        "phones": sheet.phones[:2],
        "today": today,
        "here": here,
        "here_code": qr(here),
        "nearby_code": nearby_code(code),
    }
    return page(request, "site/poster.html", context)


def nearby_code(code: str) -> str:
    """The way to the open doors nearest to this poster."""
    return qr(settings.ADDRESS + nearby_url({"from": code}, []))
