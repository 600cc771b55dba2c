"""Answers of the API: JSON for everybody, problems as RFC 9457 has them, and the rules of a read-only address."""

import hashlib
import json
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from linli.interop.hsds.asked import Unanswerable
from linli.kit.policies import public

View = Callable[..., HttpResponseBase]
JSON, NDJSON, PROBLEM = "application/json", "application/x-ndjson", "application/problem+json"
FORM = {"application/x-www-form-urlencoded", "multipart/form-data"}
# An answer may be shown again for so many seconds without asking.
FRESH = 60


def encoded(body: Any) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def answer(request: HttpRequest, body: Any) -> HttpResponse:
    """200 with JSON, or 304 when the reader holds the same already."""
    content = encoded(body)
    response = HttpResponse(content, content_type=JSON)
    response["Cache-Control"] = f"public, max-age={FRESH}"
    response["ETag"] = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    return get_conditional_response(request, etag=response["ETag"], response=response)


def lines(batches: Iterable[list[Any]]) -> StreamingHttpResponse:
    """One object a line, as they come."""
    bodies = (b"".join(encoded(each) + b"\n" for each in batch) for batch in batches)
    return StreamingHttpResponse(bodies, content_type=NDJSON)


def problem(status: int, title: str, detail: str, parameter: str | None = None) -> HttpResponse:
    """What went wrong, in the reader's language; `parameter` names the one to mend."""
    body = {
        "type": f"{reverse('hsds:profile')}#problems",
        "title": title,
        "status": status,
        "detail": str(detail),
    }
    content = encoded(body if parameter is None else body | {"parameter": parameter})
    return HttpResponse(content, content_type=PROBLEM, status=status)


def open_to_all(*methods: str) -> Callable[[View], View]:
    """A read-only address that any page of the web may ask, by these methods and OPTIONS.

    Without a token: nothing here writes, and nobody's cookie changes what is answered.
    """
    allowed = ", ".join((*methods, "OPTIONS"))

    def decorate(view: View) -> View:
        @public
        @csrf_exempt
        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method == "OPTIONS":
                response: HttpResponseBase = HttpResponse(status=204)
            elif request.method not in methods:
                response = problem(
                    405, _("Not that way"), _("This address answers to %(methods)s.") % {"methods": allowed}
                )
            else:
                response = answered(view, request, *args, **kwargs)
            if response.status_code in {204, 405}:
                response["Allow"] = response["Access-Control-Allow-Methods"] = allowed
            response["Access-Control-Allow-Origin"] = "*"
            return response

        return opened

    return decorate


def answered(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    """The view's answer, or the problem it met."""
    if request.method == "POST" and request.content_type and request.content_type not in FORM:
        return problem(
            415, _("Not that way"), _("A search by POST says what it wants in a form or in the address.")
        )
    try:
        return view(request, *args, **kwargs)
    except Unanswerable as found:
        return problem(400, _("Not a question we can answer"), str(found), found.field)
    except Http404 as found:
        return problem(404, _("Not here"), str(found))


def published() -> Any:
    """The data speak the installation's language, whatever the reader's: what is kept must not differ by who asked."""
    return translation.override(settings.LANGUAGE_CODE)
