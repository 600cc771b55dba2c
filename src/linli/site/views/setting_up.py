"""The set-up page of an empty installation."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from linli.areas import tree
from linli.kit.pages import page
from linli.kit.policies import public
from linli.kit.rules import Problem
from linli.people.browsers import begin
from linli.site import setting_up
from linli.site.forms import SetUpForm


@public
def first(request: HttpRequest) -> HttpResponse:
    """Without the link: how to get it. Once something stands, the front door."""
    if tree.root() is not None:
        return redirect("site:home")
    return page(request, "site/setup.html", {"address": request.build_absolute_uri() + "…/"})


@public
def set_up(request: HttpRequest, key: str) -> HttpResponse:
    """Three rows; afterwards the first organiser is signed in and goes on to a second factor and a contact."""
    if not setting_up.may_set_up(key):
        raise Http404
    form = SetUpForm(request.POST or None)
    if form.is_valid():
        try:
            start = setting_up.set_up(key=key, **form.cleaned_data)
            begin(request, start.organiser)
            return redirect("people:contacts")
        except Problem as problem:
            form.show(problem)
    return page(request, "site/setup.html", {"form": form}, status=422 if form.errors else 200)
