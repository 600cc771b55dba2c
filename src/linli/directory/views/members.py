"""Who belongs to the network of an area, and who works in a building."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from linli.areas.models import Unit
from linli.directory import actions
from linli.directory.forms.members import EndForm, JoinForm, MoveInForm
from linli.directory.models import Building, Membership, Occupancy
from linli.directory.rules import may_change_building, may_keep_members
from linli.directory.views.buildings import building_of
from linli.directory.views.stations import area_of
from linli.kit.pages import page
from linli.kit.policies import staff
from linli.kit.rules import require

PER_PAGE = 50


@staff
def area_members(request: HttpRequest, code: str) -> HttpResponse:
    """The network of an area: who joins, who leaves, who belongs to it."""
    unit, standing = area_of(request, code)
    require(may_keep_members(request.user, unit))
    form = JoinForm(request.POST if request.method == "POST" and "term" not in request.POST else None)
    ending = EndForm(request.POST) if "term" in request.POST else None
    if form.carries(lambda: join(request, unit, form)):
        return redirect("directory:area_members", code)
    if ending and ending.carries(lambda: leave(request, unit, ending)):
        return redirect("directory:area_members", code)
    terms = unit.memberships.select_related("organisation").order_by("organisation__reading", "since")
    rows = Paginator(terms, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "unit": unit,
        "standing": standing,
        "form": form,
        "page": rows,
        "terms": EndForm.beside(rows, ending),
    }
    return page(request, "directory/area_members.html", context, status=status_of(form, ending))


def status_of(form: JoinForm, ending: EndForm | None) -> int:
    return 422 if form.errors or (ending and ending.errors) else 200


def join(request: HttpRequest, unit: Unit, form: JoinForm) -> None:
    actions.join_network(by=request.user, unit=unit, **form.cleaned_data)


def leave(request: HttpRequest, unit: Unit, ending: EndForm) -> None:
    terms = Membership.objects.visible_to(request.user).select_related("organisation__unit", "unit")
    membership = get_object_or_404(terms, unit=unit, pk=ending.cleaned_data["term"])
    actions.leave_network(by=request.user, membership=membership, until=ending.cleaned_data["until"])


@staff
def tenants(request: HttpRequest, code: str) -> HttpResponse:
    """Who works in a building, for those who keep it: who moves in, who moves out."""
    building = building_of(request, code)
    require(may_change_building(request.user, building))
    form = MoveInForm(request.POST if request.method == "POST" and "term" not in request.POST else None)
    ending = EndForm(request.POST) if "term" in request.POST else None
    if form.carries(lambda: move_in(request, building, form)):
        return redirect("directory:tenants", code)
    if ending and ending.carries(lambda: move_out(request, building, ending)):
        return redirect("directory:tenants", code)
    terms = building.occupancies.select_related("organisation").order_by("organisation__reading", "since")
    rows = Paginator(terms, PER_PAGE).get_page(request.GET.get("page"))
    context = {"building": building, "form": form, "page": rows, "terms": EndForm.beside(rows, ending)}
    return page(request, "directory/tenants.html", context, status=status_of(form, ending))


def move_in(request: HttpRequest, building: Building, form: MoveInForm) -> None:
    actions.move_in(by=request.user, building=building, **form.cleaned_data)


def move_out(request: HttpRequest, building: Building, ending: EndForm) -> None:
    terms = Occupancy.objects.visible_to(request.user).select_related("organisation__unit", "building")
    occupancy = get_object_or_404(terms, building=building, pk=ending.cleaned_data["term"])
    actions.move_out(by=request.user, occupancy=occupancy, until=ending.cleaned_data["until"])
