"""The plain map: second to the list, which holds the same."""

from django.http import HttpRequest, HttpResponse

from linli.directory.listing import StationFilter
from linli.kit.pages import page
from linli.kit.policies import public
from linli.site.tiles import allow, tiles


@public
def stations(request: HttpRequest) -> HttpResponse:
    """Our own layers only, drawn by the browser from `/stations.geojson`; the page itself asks for nothing but the area."""
    found = tiles()
    response = page(request, "site/map.html", {"filter": StationFilter(request.GET), "tiles": found})
    return allow(response, found) if found else response
