"""Stepping into the cast: only in a demonstration, where everybody is invented."""

from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from linli.kit.pages import back
from linli.kit.policies import public
from linli.people.browsers import begin, pass_second_factor
from linli.people.models import Person


@public
def step_into(request: HttpRequest) -> HttpResponse:
    """Signs the visitor in as one of the cast, second factor included; an empty choice steps out again."""
    if not settings.DEMONSTRATION or request.method != "POST":
        raise Http404
    key = request.POST.get("cast", "")
    if not key:
        logout(request)
        return back(request)
    person = get_object_or_404(Person.objects.active().exclude(cast=""), cast=key)
    begin(request, person)
    pass_second_factor(request)
    return back(request)
