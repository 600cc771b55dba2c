"""The one place that knows htmx: a whole page, or the partial that stands inside it."""

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from linli.kit.rules import Problem


def page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    partial: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """`template` rendered whole; for an htmx request only its partial of that name, which is also its DOM id."""
    name = f"{template}#{partial}" if partial and request.htmx else template  # type: ignore[attr-defined]
    response = render(request, name, context, status=status)
    if partial:
        response["Vary"] = ", ".join(filter(None, [response.get("Vary"), "HX-Request"]))
    return response


def refuse(
    request: HttpRequest, template: str, context: dict[str, Any], problem: Problem | None = None
) -> HttpResponse:
    """The same page with what was typed: 422, or 429 with Retry-After when it was tried too often.

    `context` holds the form as "form".
    """
    if problem is not None:
        context["form"].show(problem)
    response = page(request, template, context, status=problem.status if problem else 422)
    if problem is not None and problem.retry_after is not None:
        response["Retry-After"] = str(problem.retry_after)
    return response


def safe_next(request: HttpRequest, default: str = "/") -> str:
    """The `next` a form or link carried, if it is a path of this very site; else `default`.

    Only a path survives: no host, no scheme, no backslash, no control character can lead elsewhere.
    """
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    plain = wanted.startswith("/") and wanted.isprintable() and "\\" not in wanted and wanted.isascii()
    if not plain or not url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return default
    parts = urlsplit(wanted)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def back(request: HttpRequest, default: str = "/") -> HttpResponseRedirect:
    """Redirect to the safe `next`."""
    return HttpResponseRedirect(safe_next(request, default))


def swap(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """After a deed on a component that stands on many pages: the component anew for htmx, else back to its page."""
    return render(request, template, context) if request.htmx else back(request)  # type: ignore[attr-defined]
