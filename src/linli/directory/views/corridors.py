"""Corridors of stations across areas."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from linli.directory import actions
from linli.directory.forms.corridors import CorridorForm
from linli.directory.models import Corridor
from linli.directory.rules import may_change_corridor, may_keep_members
from linli.directory.views.stations import area_of
from linli.kit.pages import page
from linli.kit.policies import staff
from linli.kit.rules import require


@staff
def enter_corridor(request: HttpRequest, code: str) -> HttpResponse:
    """An organiser puts stations together; one of their own area leads."""
    unit, standing = area_of(request, code)
    require(may_keep_members(request.user, unit))
    form = CorridorForm(request.POST or None)
    made: list[Corridor] = []

    def enter() -> None:
        made.append(actions.enter_corridor(by=request.user, naming=form.naming(), **form.details()))

    if form.carries(enter):
        return redirect(made[0])
    context = {"form": form, "unit": unit, "standing": standing}
    return page(request, "directory/enter_corridor.html", context, status=422 if form.errors else 200)


@staff
def change_corridor(request: HttpRequest, code: str) -> HttpResponse:
    seen = Corridor.objects.visible_to(request.user).select_related("lead__unit")
    corridor = get_object_or_404(seen, code=code)
    require(may_change_corridor(request.user, corridor))
    form = CorridorForm(request.POST or None, thing=corridor, initial=CorridorForm.of(corridor))

    def change() -> None:
        asked = form.details()
        actions.change_corridor(by=request.user, corridor=corridor, naming=form.naming(), **asked)

    if form.carries(change):
        return redirect(corridor)
    context = {"form": form, "corridor": corridor}
    return page(request, "directory/change_corridor.html", context, status=422 if form.errors else 200)
