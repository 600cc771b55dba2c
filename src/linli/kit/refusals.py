"""Errors that a domain raises and no form caught become a page in the person's language, never a bare 500."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

from linli.kit.rules import Problem

METHODS = ["GET", "HEAD", "POST", "OPTIONS"]


class Refusals:
    """Middleware: a `Problem` outside a form is a 422 page that says what is wrong; methods no page knows are refused."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request) if request.method in METHODS else HttpResponseNotAllowed(METHODS)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Problem):
            return render(request, "site/errors/problem.html", {"problem": error}, status=422)
        return None
