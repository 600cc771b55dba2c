"""What people see when something went wrong: what happened, in words, and a way on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from linli.kit.policies import public


@public
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "site/errors/400.html", status=400)


@public
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Says the refusal's own sentence where there is one."""
    return render(request, "site/errors/403.html", {"why": str(exception or "")}, status=403)


@public
def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: it stood open too long, or another site sent it."""
    return render(request, "site/errors/expired.html", status=403)


@public
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "site/errors/404.html", status=404)


@public
def broken(request: HttpRequest) -> HttpResponse:
    """Needs neither context nor database: they may be what is broken."""
    return render(None, "site/errors/500.html", status=500)  # type: ignore[arg-type]
