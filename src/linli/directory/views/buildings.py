"""Buildings, and the stations that serve them."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from linli.directory import actions
from linli.directory.forms.buildings import ChangeBuildingForm, NewBuildingForm, ServingForm
from linli.directory.models import Building
from linli.directory.panels.organisations import buildings_in
from linli.directory.rules import may_change_building, may_keep_members
from linli.directory.views.stations import area_of
from linli.kit.pages import page
from linli.kit.policies import staff
from linli.kit.rules import require

PER_PAGE = 50


def building_of(request: HttpRequest, code: str) -> Building:
    seen = Building.objects.visible_to(request.user).select_related("unit", "property_company")
    return get_object_or_404(seen, code=code)


@staff
def area_buildings(request: HttpRequest, code: str) -> HttpResponse:
    """The buildings of an area, and those that a station of it serves while nobody is responsible."""
    unit, standing = area_of(request, code)
    require(may_keep_members(request.user, unit))
    here = buildings_in(unit, timezone.localdate())
    rows = Paginator(here, PER_PAGE).get_page(request.GET.get("page"))
    context = {"unit": unit, "standing": standing, "page": rows, "today": timezone.localdate()}
    return page(request, "directory/area_buildings.html", context)


@staff
def enter_building(request: HttpRequest, code: str) -> HttpResponse:
    unit, standing = area_of(request, code)
    require(may_keep_members(request.user, unit))
    form = NewBuildingForm(request.POST or None)
    made: list[Building] = []

    def enter() -> None:
        asked = form.details() | form.serving()
        made.append(actions.enter_building(by=request.user, under=unit, naming=form.naming(), **asked))

    if form.carries(enter):
        return redirect(made[0])
    context = {"form": form, "unit": unit, "standing": standing}
    return page(request, "directory/enter_building.html", context, status=422 if form.errors else 200)


@staff
def change_building(request: HttpRequest, code: str) -> HttpResponse:
    building = building_of(request, code)
    require(may_change_building(request.user, building))
    first = ChangeBuildingForm.of(building)
    form = ChangeBuildingForm(request.POST or None, thing=building, initial=first)

    def change() -> None:
        asked = form.details() | {"unit": form.cleaned_data["unit"]}
        actions.change_building(by=request.user, building=building, naming=form.naming(), **asked)

    if form.carries(change):
        return redirect(building)
    context = {"form": form, "building": building}
    return page(request, "directory/change_building.html", context, status=422 if form.errors else 200)


@staff
def serve_building(request: HttpRequest, code: str) -> HttpResponse:
    building = building_of(request, code)
    require(may_change_building(request.user, building))
    form = ServingForm(request.POST or None, initial=ServingForm.of(building))

    def serve() -> None:
        actions.serve_building(by=request.user, building=building, **form.cleaned_data)

    if form.carries(serve):
        return redirect(building)
    context = {"form": form, "building": building}
    return page(request, "directory/serve_building.html", context, status=422 if form.errors else 200)
