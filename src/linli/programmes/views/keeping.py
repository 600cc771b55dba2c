"""The programmes of a unit, kept by those who run them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from linli.areas import tree
from linli.areas.models import Unit
from linli.kit.pages import page
from linli.kit.policies import public, staff
from linli.kit.rules import Problem, require
from linli.programmes import actions
from linli.programmes.forms.programmes import KINDS, ProgrammeForm
from linli.programmes.models import Programme
from linli.programmes.rules import may_keep_programmes
from linli.programmes.views.found import own_programme, unit_of


@public
def of_unit(request: HttpRequest, code: str) -> HttpResponse:
    """What a unit and all below it run; those who run it begin another here."""
    unit = unit_of(request, code)
    found = list(Programme.objects.running().of(unit.pk).order_by("reading", "code")[:200])
    context = {
        "unit": unit,
        "standing": tree.standing([unit.pk]).get(unit.pk),
        "programmes": found,
        "kinds": dict(KINDS),
        "may_keep": may_keep_programmes(request.user, unit),
    }
    return page(request, "programmes/of_unit.html", context)


def kept_unit(request: HttpRequest, code: str) -> Unit:
    unit = unit_of(request, code)
    require(may_keep_programmes(request.user, unit))
    return unit


@staff
def begin(request: HttpRequest, code: str) -> HttpResponse:
    """A new programme of a unit."""
    unit, form = kept_unit(request, code), ProgrammeForm(request.POST or None)
    made: list[Programme] = []

    def deed() -> None:
        made.append(actions.begin_programme(by=request.user, unit=unit, described=form.described()))

    if request.method == "POST" and form.carries(deed):
        return redirect(made[0])
    context = {"form": form, "unit": unit, "standing": tree.standing([unit.pk]).get(unit.pk)}
    return page(request, "programmes/begin.html", context, status=422 if form.errors else 200)


@staff
def change(request: HttpRequest, code: str) -> HttpResponse:
    """What a programme says of itself, said anew."""
    found = own_programme(request, code)
    form = ProgrammeForm(request.POST or None, thing=found)

    def deed() -> None:
        actions.change_programme(by=request.user, programme=found, described=form.described())

    if request.method == "POST" and form.carries(deed):
        return redirect(found)
    context = {"form": form, "programme": found, "ends": found.ended_on is None}
    return page(request, "programmes/change.html", context, status=422 if form.errors else 200)


@staff
@require_POST
def end(request: HttpRequest, code: str) -> HttpResponse:
    """Ends a programme that has no sessions to come."""
    found = own_programme(request, code)
    try:
        actions.end_programme(by=request.user, programme=found)
    except Problem as problem:
        form = ProgrammeForm(thing=found)
        context = {"form": form, "programme": found, "ends": True, "why_not": problem}
        return page(request, "programmes/change.html", context, status=422)
    return redirect(found)
