"""`/hsds/` and below. Each list and each object is read alike; what they are stands in `kinds`."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.interop.hsds import PROFILE_VERSION, VERSION, openapi
from linli.interop.hsds.answers import answer, lines, open_to_all, published
from linli.interop.hsds.asked import MOST, MOST_WHOLE, Asked, identifier, read
from linli.interop.hsds.kinds import KINDS, Kind, Listing
from linli.kit.pages import page
from linli.kit.policies import public
from linli.kit.rules import Problem

READ, SEARCH = ("GET", "HEAD"), ("GET", "HEAD", "POST")


@open_to_all(*READ)
def root(request: HttpRequest) -> HttpResponse:
    """Which version, which profile, described where."""
    read(request, ())
    here = request.build_absolute_uri
    body = {
        "version": VERSION,
        "profile": here(reverse("hsds:profile")),
        "openapi_url": here(reverse("hsds:openapi")),
    }
    return answer(request, body)


@open_to_all(*READ)
def description(request: HttpRequest) -> HttpResponse:
    read(request, ())
    return answer(request, openapi.description())


@public
def profile(request: HttpRequest) -> HttpResponse:
    """HSDS-Linli for people: what is stricter, what is added, what is left out."""
    context = {
        "version": VERSION,
        "profile_version": PROFILE_VERSION,
        "lists": [(kind.name, reverse(f"hsds:{kind.name}")) for kind in KINDS.values()],
        "most": MOST,
        "most_whole": MOST_WHOLE,
    }
    return page(request, "interop/profile.html", context)


def listing(kind: Kind) -> Any:
    """The view of a list. A POST is a search, as the standard has it."""

    @open_to_all(*SEARCH)
    def view(request: HttpRequest) -> HttpResponseBase:
        asked = read(request, kind.parameters)
        found = kind.find(asked)
        if asked.get("format") == "ndjson":
            return lines(spoken(found, MOST_WHOLE if asked.is_whole else MOST))
        with published():
            body = one_page(found, asked)
        return answer(request, body)

    return view


def spoken(found: Listing, size: int) -> Iterator[list[Any]]:
    """Batch after batch, each made in the installation's language: a stream is read after its view has ended."""
    batches = found.batches(size)
    while True:
        with published():
            batch = next(batches, None)
        if batch is None:
            return
        yield batch


def one_page(found: Listing, asked: Asked) -> dict[str, Any]:
    """The page that was asked for; beyond the last one an empty one."""
    total, size = found.count(), asked.per_page
    pages = max(1, -(-total // size))
    start = (asked.page - 1) * size
    contents = found.part(start, start + size) if start < total else []
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": asked.page,
        "size": len(contents),
        "first_page": asked.page == 1,
        "last_page": asked.page >= pages,
        "empty": not contents,
        "contents": contents,
    }


def single(kind: Kind) -> Any:
    """The view of one object with everything that hangs on it."""

    @open_to_all(*READ)
    def view(request: HttpRequest, number: str) -> HttpResponse:
        asked = read(request, kind.alone)
        with published():
            found = kind.one(number_of(number), asked)
        if found is None:
            raise Http404(_("There is nothing with this id, or it has closed for good."))
        return answer(request, found)

    return view


def number_of(text: str) -> Any:
    try:
        return identifier(text)
    except Problem as problem:
        raise Http404(problem.sentence) from None


@open_to_all(*READ)
def nowhere(request: HttpRequest, rest: str) -> HttpResponse:
    raise Http404(_("There is no such address below /hsds/."))
