"""Landmarks by which people say where they are."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from linli.areas import tree
from linli.directory import actions
from linli.directory.forms.fields import point_of
from linli.directory.forms.landmarks import KINDS, LandmarkForm
from linli.directory.models import Landmark
from linli.directory.rules import may_change_landmark, may_keep_members
from linli.directory.views.stations import area_of
from linli.kit.pages import page
from linli.kit.policies import staff
from linli.kit.rules import require


@staff
def area_landmarks(request: HttpRequest, code: str) -> HttpResponse:
    """The landmarks of an area, and one more."""
    unit, standing = area_of(request, code)
    require(may_keep_members(request.user, unit))
    form = LandmarkForm(request.POST or None)

    def enter() -> None:
        kind, naming = form.cleaned_data["kind"], form.naming()
        actions.enter_landmark(by=request.user, unit=unit, naming=naming, kind=kind, point=form.placed())

    if form.carries(enter):
        return redirect("directory:area_landmarks", code)
    here = Landmark.objects.visible_to(request.user).filter(unit__in=tree.descendants(unit.pk))
    context = {
        "form": form,
        "unit": unit,
        "standing": standing,
        "landmarks": [(each, KINDS[Landmark.Kind(each.kind)]) for each in here.order_by("reading", "code")],
    }
    return page(request, "directory/area_landmarks.html", context, status=422 if form.errors else 200)


@staff
def change_landmark(request: HttpRequest, code: str) -> HttpResponse:
    """Another name or place, or, with `remove`, none any more."""
    landmark = get_object_or_404(Landmark.objects.visible_to(request.user).select_related("unit"), code=code)
    require(may_change_landmark(request.user, landmark))
    back = redirect("directory:area_landmarks", landmark.unit.code)  # type: ignore[union-attr]
    if "remove" in request.POST:
        actions.remove_landmark(by=request.user, landmark=landmark)
        return back
    first = point_of(landmark) | {"kind": landmark.kind}
    form = LandmarkForm(request.POST or None, thing=landmark, initial=first)

    def change() -> None:
        kind, naming = form.cleaned_data["kind"], form.naming()
        actions.change_landmark(
            by=request.user, landmark=landmark, naming=naming, kind=kind, point=form.placed()
        )

    if form.carries(change):
        return back
    context = {"form": form, "landmark": landmark}
    return page(request, "directory/change_landmark.html", context, status=422 if form.errors else 200)
