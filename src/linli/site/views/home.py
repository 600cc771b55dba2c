"""The front door: what is open near by, and the way to everything else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from linli.areas import tree
from linli.directory.listing import OpenFirst
from linli.directory.models import Station
from linli.kit.pages import page
from linli.kit.policies import public
from linli.news.panels import latest
from linli.programmes.panels import soon
from linli.site.searching import find

CARDS, SESSIONS, ARTICLES = 6, 4, 3


@public
def home(request: HttpRequest) -> HttpResponse:
    """Stations that are open now, and how many there are. Before the set-up, the way to the set-up.

    Sessions and news are everybody's: like the list of stations they are kept, as they are drawn in each language, for the
    minute or until the ledger's next fact. A sign-up is one, so the seats that are left are as right as the doors.
    """
    now = timezone.now()
    doors = OpenFirst(lambda: Station.objects.visible_to(request.user), now, "home", only_open=True)
    open_now, count = doors[:CARDS], doors.whole_count()
    if not count and tree.root() is None:
        return redirect("site:set_up_first")
    context = {
        "open_now": open_now,
        "open_count": doors.open_count(),
        "count": count,
        "sessions": SimpleLazyObject(lambda: soon(now, SESSIONS)),
        "articles": SimpleLazyObject(lambda: latest(ARTICLES)),
        "edition": doors.edition,
        "now": now,
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
