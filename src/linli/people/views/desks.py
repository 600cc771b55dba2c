"""The desk: slips to print, machines to register, PINs, and switching who sits there."""

from django.conf import settings
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from linli.areas import tree
from linli.areas.models import Unit
from linli.kit.pages import page, refuse, safe_next
from linli.kit.policies import public, reconfirmed, staff
from linli.kit.qr import qr
from linli.kit.rules import Problem, require
from linli.people import browsers
from linli.people.actions import forget_desk, issue_slip, register_desk, set_pin, switch_person
from linli.people.desks import colleagues, may_issue_slip, may_keep_desk
from linli.people.forms.desks import MachineForm, PinForm, SlipForm, SwitchForm
from linli.people.models import DeskMachine


def unit_or_404(code: str):
    return get_object_or_404(Unit.objects.standing(), code=code)


def standing_of(unit):
    """The unit's name and place today, for the heading."""
    return tree.standing([unit.pk])[unit.pk]


@staff
def slips(request, code: str):
    """Makes one slip and shows it for printing; it cannot be shown again."""
    unit = unit_or_404(code)
    require(may_issue_slip(request.user, unit))
    template, context = "people/slips.html", {"unit": unit, "place": standing_of(unit)}
    if request.method != "POST":
        return page(request, template, context | {"form": SlipForm()})
    context["form"] = form = SlipForm(request.POST)
    if not form.is_valid():
        return refuse(request, template, context)
    try:
        printed = issue_slip(by=request.user, unit=unit, **form.cleaned_data)
    except Problem as problem:
        return refuse(request, template, context, problem)
    link = settings.ADDRESS + reverse("people:slip", args=[printed.token])
    context |= {"printed": printed, "link": link, "picture": qr(link), "name": form.cleaned_data["name"]}
    context["typed_at"] = settings.ADDRESS + reverse("people:slip_code")
    return page(request, "people/slip_printed.html", context)


@staff
@reconfirmed
def machine(request, code: str):
    """Registers this very browser as a shared desk machine of the unit, or gives one up."""
    unit = unit_or_404(code)
    require(may_keep_desk(request.user, unit))
    context = {"unit": unit, "place": standing_of(unit), "here": browsers.machine_of(request)}
    context["machines"] = DeskMachine.objects.filter(unit=unit).order_by("registered_on", "id")
    if request.method != "POST":
        return page(request, "people/machine.html", context | {"form": MachineForm()})
    if "forget" in request.POST:
        return give_up(request, unit, context["here"])
    context["form"] = form = MachineForm(request.POST)
    if not form.is_valid():
        return refuse(request, "people/machine.html", context)
    _machine, secret = register_desk(by=request.user, unit=unit, label=form.cleaned_data["label"])
    response = redirect("people:machine", code=code)
    browsers.remember_machine(response, secret)
    return response


def give_up(request, unit, here):
    wanted = DeskMachine.objects.filter(unit=unit)
    chosen = next(
        (row for row in wanted.select_related("unit") if str(row.pk) == request.POST["forget"]), None
    )
    if chosen is not None:
        forget_desk(by=request.user, machine=chosen)
    response = redirect("people:machine", code=unit.code)
    if chosen is not None and chosen == here:
        browsers.forget_machine(response)
    return response


@staff
@reconfirmed
def pin(request):
    """Chooses one's own PIN."""
    template = "people/pin.html"
    if request.method != "POST":
        return page(request, template, {"form": PinForm()})
    form = PinForm(request.POST)
    if not form.is_valid():
        return refuse(request, template, {"form": form})
    try:
        set_pin(by=request.user, pin=form.cleaned_data["pin"])
    except Problem as problem:
        return refuse(request, template, {"form": form}, problem)
    return redirect("people:switch") if browsers.machine_of(request) else redirect("site:desk")


@public
def switch(request):
    """Who sits down now: names and a PIN field, on a registered machine only."""
    here = browsers.machine_of(request)
    if here is None:
        return page(request, "people/switch_elsewhere.html", status=404)
    people = list(colleagues(here.unit))
    template, context = (
        "people/switch.html",
        {"machine": here, "place": standing_of(here.unit), "people": people},
    )
    if request.method != "POST":
        form = SwitchForm(colleagues=people, initial={"next": safe_next(request, "")})
        return page(request, template, context | {"form": form})
    context["form"] = form = SwitchForm(request.POST, colleagues=people)
    if not form.is_valid():
        return refuse(request, template, context)
    by = request.user if request.user.is_authenticated else None
    try:
        person = switch_person(
            by=by, machine=here, person_id=form.cleaned_data["person"], pin=form.cleaned_data["pin"]
        )
    except Problem as problem:
        return refuse(request, template, context, problem)
    browsers.begin_at_desk(request, person)
    return redirect(safe_next(request, reverse("site:desk")))
