"""Our pages, and the page of signing up once more under /lock/ and /count/, where another engine gives the seats."""

import threading
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from benchmarks.signups.engines import ENGINES, OURS
from linli.programmes.actions import signing_up
from linli.programmes.views.signing_up import sign_up
from linli.urls import handler400, handler403, handler404, handler500
from linli.urls import urlpatterns as own

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
chosen = threading.local()


def enter(*words: Any, **more: Any) -> Any:
    return getattr(chosen, "engine", OURS)(*words, **more)


signing_up.enter = enter


def sign_up_by(request: HttpRequest, engine: str, code: str) -> HttpResponse:
    chosen.engine = ENGINES[engine]
    try:
        return sign_up(request, code)
    finally:
        del chosen.engine


urlpatterns = [*own, path("by/<slug:engine>/sessions/<slug:code>/sign-up/", sign_up_by)]
