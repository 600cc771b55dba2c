"""Errors that a domain raises and no form caught become a page in the person's language, never a bare 500."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

from linli.kit.rules import Problem

METHODS = ["GET", "HEAD", "POST", "OPTIONS"]


class Refusals:
    """Middleware: a `Problem` outside a form is a page that says what is wrong (422, or 429); methods no page knows are refused."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request) if request.method in METHODS else HttpResponseNotAllowed(METHODS)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Problem):
            return None
        response = render(request, "site/errors/problem.html", {"problem": error}, status=error.status)
        if error.retry_after is not None:
            response["Retry-After"] = str(error.retry_after)
        return response
