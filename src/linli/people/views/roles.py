"""The roles at one unit: who holds what until when, given, ended and handed over here."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from linli.areas import tree
from linli.areas.models import Unit
from linli.kit.pages import page, refuse
from linli.kit.policies import reconfirmed, staff
from linli.kit.rules import Problem, require
from linli.people import rules
from linli.people.actions import colleague_to_be, end_role, grant_role, hand_over, look
from linli.people.forms.roles import GrantForm, HandOverForm, RoleForm
from linli.people.models import Role
from linli.people.roles import ROLES

PAGE_NAME = gettext_noop("Roles at a place")


@staff
@reconfirmed
def roles(request, code: str):
    """Lists the roles at a unit, and gives one."""
    unit = open_unit(request, code)
    grantable = rules.grantable(request.user, unit)
    form = GrantForm(request.POST or None, grantable=grantable)
    if request.method != "POST":
        return page(request, "people/roles.html", listing(request, unit, form))
    if not form.is_valid():
        return refuse(request, "people/roles.html", listing(request, unit, form))
    wanted = form.cleaned_data
    try:
        person = colleague_to_be(by=request.user, unit=unit, contact=wanted["contact"])
        grant_role(by=request.user, person=person, unit=unit, role=wanted["role"], until=wanted["until"])
    except Problem as problem:
        return refuse(request, "people/roles.html", listing(request, unit, form), problem)
    return redirect("people:roles", code=unit.code)


@staff
@reconfirmed
@require_POST
def end(request, code: str):
    """Ends one role at this unit."""
    unit = open_unit(request, code)
    role = chosen(request, unit, RoleForm(request.POST))
    end_role(by=request.user, role=role)
    # Who ended their own role is signed out with it.
    return redirect("/" if role.person_id == request.user.pk else f"/roles/{unit.code}/")


@staff
@reconfirmed
@require_POST
def hand_over_role(request, code: str):
    """Passes one's own role at this unit to a colleague."""
    unit = open_unit(request, code)
    form = HandOverForm(request.POST, colleagues=[])
    role = chosen(request, unit, form)
    colleague = (
        Role.objects.current().at(unit).filter(pk=form.cleaned_data["to"]).select_related("person").first()
    )
    if colleague is None:
        raise Http404
    hand_over(by=request.user, role=role, to=colleague.person)
    return redirect("/")


def open_unit(request, code: str) -> Unit:
    """The unit, public as all units are; its roles page only opens to who has to do with it."""
    unit = get_object_or_404(Unit.objects.visible_to(request.user), code=code)
    require(rules.may_see_staff(request.user, unit))
    return unit


def chosen(request, unit: Unit, form) -> Role:
    """The row a button stood in, if this person is shown it; else 404."""
    if not form.is_valid():
        raise Http404
    row = (
        Role.objects.current()
        .at(unit)
        .filter(pk=form.cleaned_data["role"])
        .select_related("unit", "person")
        .first()
    )
    if row is None or not (
        rules.is_own(request.user, row) or row.role in rules.roles_shown(request.user, unit)
    ):
        raise Http404
    return row


def listing(request, unit: Unit, form) -> dict:
    """The page: rows one is shown, who leads first, and how many others there are; looks are logged."""
    person = request.user
    rows = list(Role.objects.current().at(unit).select_related("person"))
    named = rules.roles_shown(person, unit)
    shown = [row for row in rows if rules.is_own(person, row) or row.role in named]
    shown.sort(
        key=lambda row: (not row.kind.is_lead, list(ROLES).index(row.role), row.valid_from, str(row.pk))
    )
    look(by=person, subjects=[row.person for row in shown], page=PAGE_NAME, unit=unit)
    grantable = rules.grantable(person, unit)
    others = list({row.person_id: row for row in shown if row.person_id != person.pk}.values())
    return {
        "unit": unit,
        "standing": tree.standing([unit.pk]).get(unit.pk),
        "form": form if grantable else None,
        "offered": [ROLES[key] for key in grantable],
        "rows": [(row, rules.is_own(person, row) or row.role in grantable) for row in shown],
        "unnamed": len(rows) - len(shown),
        "own": [
            (row, HandOverForm(initial={"role": row.pk}, colleagues=others, auto_id="hand_over_%s"))
            for row in shown
            if others and rules.is_own(person, row) and row.kind.is_lead
        ],
    }
