"""What organisers and liaisons say of organisations."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from linli.areas import tree
from linli.directory import actions
from linli.directory.forms.organisations import CommitteeForm, CountForm, OrganisationForm
from linli.directory.models import Organisation
from linli.directory.panels.organisations import committee_counts, listed
from linli.directory.rules import may_change_organisation, may_give_count, may_keep_members
from linli.directory.views.stations import area_of
from linli.kit.forms import Form
from linli.kit.pages import page
from linli.kit.policies import staff
from linli.kit.rules import require

PER_PAGE = 50


def organisation_of(request: HttpRequest, code: str) -> Organisation:
    seen = Organisation.objects.visible_to(request.user).select_related("unit")
    return get_object_or_404(seen, code=code)


@staff
def area_organisations(request: HttpRequest, code: str) -> HttpResponse:
    """Who stands in an area: how many have a group, with the whole they are of, and the list in reading order."""
    unit, standing = area_of(request, code)
    require(may_keep_members(request.user, unit))
    here = Organisation.objects.visible_to(request.user).filter(unit__in=tree.descendants(unit.pk))
    pages = Paginator(here.order_by("reading", "code"), PER_PAGE)
    rows = pages.get_page(request.GET.get("page"))
    context = {
        "unit": unit,
        "standing": standing,
        "page": rows,
        "organisations": [(organisation, *listed(organisation)) for organisation in rows],
        "counts": committee_counts(here),
        "today": timezone.localdate(),
    }
    return page(request, "directory/area_organisations.html", context)


@staff
def enter_organisation(request: HttpRequest, code: str) -> HttpResponse:
    unit, standing = area_of(request, code)
    require(may_keep_members(request.user, unit))
    form = OrganisationForm(request.POST or None)
    made: list[Organisation] = []

    def enter() -> None:
        made.append(
            actions.enter_organisation(
                by=request.user, under=unit, on=timezone.localdate(), naming=form.naming(), **form.details()
            )
        )

    if form.carries(enter):
        return redirect(made[0])
    context = {"form": form, "unit": unit, "standing": standing}
    return page(request, "directory/enter_organisation.html", context, status=422 if form.errors else 200)


@staff
def change_organisation(request: HttpRequest, code: str) -> HttpResponse:
    organisation = organisation_of(request, code)
    require(may_change_organisation(request.user, organisation))
    form = OrganisationForm(
        request.POST or None, thing=organisation, initial=OrganisationForm.of(organisation)
    )

    def change() -> None:
        actions.change_organisation(
            by=request.user,
            organisation=organisation,
            on=timezone.localdate(),
            naming=form.naming(),
            **form.details(),
        )

    if form.carries(change):
        return redirect(organisation)
    return answer(request, "change_organisation", organisation, form)


@staff
def say_committee(request: HttpRequest, code: str) -> HttpResponse:
    organisation = organisation_of(request, code)
    require(may_change_organisation(request.user, organisation))
    form = CommitteeForm(request.POST or None, initial={"committee": organisation.committee})

    def say() -> None:
        asked = form.cleaned_data
        actions.say_committee(by=request.user, organisation=organisation, today=timezone.localdate(), **asked)

    if form.carries(say):
        return redirect(organisation)
    return answer(request, "say_committee", organisation, form)


@staff
def give_count(request: HttpRequest, code: str) -> HttpResponse:
    """Its liaison, or an organiser, writes down a number."""
    organisation = organisation_of(request, code)
    require(may_give_count(request.user, organisation))
    form = CountForm(request.POST or None)

    def give() -> None:
        asked = form.cleaned_data
        actions.give_count(by=request.user, organisation=organisation, today=timezone.localdate(), **asked)

    if form.carries(give):
        return redirect(organisation)
    return answer(request, "give_count", organisation, form)


def answer(request: HttpRequest, verb: str, organisation: Organisation, form: Form) -> HttpResponse:
    context = {"form": form, "organisation": organisation}
    return page(request, f"directory/{verb}.html", context, status=422 if form.errors else 200)
