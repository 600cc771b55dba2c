"""One's own data: consents, looks, a copy of everything, and the erasure of the account."""

from django.contrib import auth
from django.core.paginator import Paginator
from django.http import StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from linli.areas import tree
from linli.kit.pages import page, refuse
from linli.kit.personal import registered
from linli.kit.policies import member, reconfirmed
from linli.kit.rules import Problem
from linli.people.actions import erase_person, export_person, give_consent, withdraw_consent
from linli.people.forms.own_data import ConsentForm, EraseForm, ExportForm
from linli.people.models import Consent, Look
from linli.people.purposes import PURPOSES

LOOKS_A_PAGE = 50


@member
def consents(request):
    """Each purpose with its sentence, one tap for yes and one for no; below, what was agreed to before."""
    form = ConsentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = give_consent if form.cleaned_data["answer"] == "yes" else withdraw_consent
        answer(by=request.user, purpose=form.cleaned_data["purpose"])
        return redirect("people:consents")
    rows = list(Consent.objects.visible_to(request.user).order_by("-given_at"))
    live = {row.purpose: row for row in rows if row.withdrawn_at is None}
    context = {
        "form": form,
        "purposes": [(purpose, standing(purpose, live)) for purpose in PURPOSES.values()],
        "past": [(PURPOSES.get(row.purpose), row) for row in rows if row.withdrawn_at is not None],
    }
    return page(request, "people/consents.html", context, status=422 if form.is_bound else 200)


def standing(purpose, live):
    """The yes that counts for this purpose, if there is one in words that still hold."""
    row = live.get(purpose.key)
    return row if row and row.text_digest in purpose.digests else None


@member
def looks(request):
    """Who working here saw one's data, where and when, newest first."""
    rows = Look.objects.visible_to(request.user).select_related("viewer").order_by("-at", "-pk")
    shown = Paginator(rows, LOOKS_A_PAGE).get_page(request.GET.get("page"))
    places = tree.standing({row.unit_id for row in shown if row.unit_id})
    context = {"shown": shown, "looks": [(row, places.get(row.unit_id)) for row in shown]}
    return page(request, "people/looks.html", context)


def held():
    """The entries of the register that point at an account."""
    return [entry for entry in registered() if entry.person is not None]


@member
@reconfirmed
def export(request):
    """What is held, why and for how long; a button makes the copy."""
    if request.method != "POST":
        return page(request, "people/export.html", {"form": ExportForm(), "held": held()})
    copy = StreamingHttpResponse(
        export_person(by=request.user, person=request.user), content_type="application/zip"
    )
    name = f"linli-{timezone.localdate():%Y-%m-%d}.zip"
    copy["Content-Disposition"] = f'attachment; filename="{name}"'
    return copy


@member
@reconfirmed
def erase(request):
    """What erasure does to each kind of row; a ticked box and a button do it."""
    template, context = "people/erase.html", {"form": EraseForm(request.POST or None), "held": held()}
    if request.method != "POST":
        return page(request, template, context)
    if not context["form"].is_valid():
        return refuse(request, template, context)
    try:
        erase_person(by=request.user, person=request.user)
    except Problem as problem:
        return refuse(request, template, context, problem)
    auth.logout(request)
    return page(request, "people/erased.html")
