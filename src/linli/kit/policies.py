"""The coarse policy of every page: public, member, staff or operator. A house test demands one of each URL.

The fine rules stand elsewhere: what one sees in `visible_to`, what one may do in `may_*`.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from linli.kit.rules import require

View = Callable[..., Any]
CONFIRMED_FOR = 600


def way_back(request: HttpRequest) -> str:
    """Where to return after signing in: this page for a GET, the page the form stood on for a POST."""
    if request.method == "GET":
        return request.get_full_path()
    from urllib.parse import urlsplit

    referer = urlsplit(request.headers.get("Referer", ""))
    own = referer.netloc == request.get_host()
    return (referer.path or "/") if own else "/"


def first(request: HttpRequest, name: str) -> HttpResponse:
    """Off to another page first, and back here afterwards."""
    return redirect(f"{reverse(name)}?{urlencode({'next': way_back(request)})}")


def declare(name: str, gate: Callable[[HttpRequest], HttpResponse | None]) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            return gate(request) or view(request, *args, **kwargs)

        guarded.policy = name  # type: ignore[attr-defined]
        return guarded

    return decorate


def member_gate(request: HttpRequest) -> HttpResponse | None:
    return None if request.user.is_authenticated else first(request, "people:sign_in")


def staff_gate(request: HttpRequest) -> HttpResponse | None:
    if not request.user.is_authenticated:
        return first(request, "people:sign_in")
    require(request.user.is_staff_member)
    if not request.session.get("second_factor_at"):
        return first(request, "people:second_factor")
    return None


def operator_gate(request: HttpRequest) -> HttpResponse | None:
    answer = staff_gate(request)
    if answer is None:
        require(getattr(request.user, "is_operator", False))
    return answer


public = declare("public", lambda request: None)
member = declare("member", member_gate)
staff = declare("staff", staff_gate)
operator = declare("operator", operator_gate)


def reconfirmed(view: View) -> View:
    """For exports, erasure and grants: who sits here must have shown it within ten minutes."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if time.time() - request.session.get("confirmed_at", 0) > CONFIRMED_FOR:
            return first(request, "people:confirm")
        return view(request, *args, **kwargs)

    return guarded
