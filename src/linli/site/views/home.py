"""The front door: what is open near by, and the way to everything else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from linli.areas import tree
from linli.directory.listing import station_cards
from linli.directory.models import Station
from linli.kit.pages import page
from linli.kit.policies import public
from linli.site.searching import find

CARDS = 6


@public
def home(request: HttpRequest) -> HttpResponse:
    """Stations that are open now, and how many there are. Before the set-up, the way to the set-up."""
    cards = station_cards(Station.objects.visible_to(request.user), timezone.now())
    if not cards and tree.root() is None:
        return redirect("site:set_up_first")
    open_now = [card for card in cards if card.opening.is_open]
    context = {
        "open_now": open_now[:CARDS],
        "open_count": len(open_now),
        "count": len(cards),
        "now": timezone.now(),
    }
    return page(request, "site/home.html", context)


@public
def search(request: HttpRequest) -> HttpResponse:
    """汉字, pinyin or initials; an empty query explains what can be found."""
    query = request.GET.get("q", "")[:100].strip()
    number = int(request.GET["page"]) if request.GET.get("page", "").isdecimal() else 1
    number = min(max(number, 1), 50)
    context = {
        "query": query,
        "hits": find(query, request.user, number),
        "page": number,
        "previous": number - 1,
        "next": number + 1,
    }
    return page(request, "site/search.html", context, partial="hits")
