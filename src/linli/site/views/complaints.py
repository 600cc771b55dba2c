"""The form that reaches the operator, and the page on which the answer stands."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from linli.kit.ids import digest
from linli.kit.pages import page, refuse
from linli.kit.policies import operator, public
from linli.kit.rules import Problem
from linli.kit.templatetags.linli import when
from linli.ledger.actions import try_again
from linli.ledger.models import Todo
from linli.notices.panels import deliveries
from linli.people.throttle import Limit, network_of, take
from linli.site import actions
from linli.site.forms import AnswerForm, ComplaintForm
from linli.site.health import figures
from linli.site.models import Complaint

COMPLAIN = Limit("complain-network", 20, 3600)


@public
def complain(request: HttpRequest) -> HttpResponse:
    form = ComplaintForm(request.POST or None)
    if form.is_valid():
        try:
            take(COMPLAIN, network_of(request))
            _complaint, secret = actions.complain(text=form.cleaned_data["text"])
            return redirect("site:complaint", secret)
        except Problem as problem:
            return refuse(request, "site/complain.html", {"form": form}, problem)
    return page(request, "site/complain.html", {"form": form}, status=422 if form.errors else 200)


@public
def complaint(request: HttpRequest, secret: str) -> HttpResponse:
    """Whoever holds the link sees the complaint and its answer."""
    complaint = get_object_or_404(Complaint, link_digest=digest(secret))
    context = {
        "complaint": complaint,
        "address": request.build_absolute_uri(request.path),
        "steps": life(complaint),
    }
    return page(request, "site/complaint.html", context)


def life(complaint: Complaint) -> list[dict[str, Any]]:
    """Made, then answered: the line of steps on its page."""
    answered = complaint.answered_at is not None
    return [
        {"label": _("Made"), "state": "done", "when": when(complaint.made_at)},
        {
            "label": _("Answered"),
            "state": "done" if answered else "now",
            "when": when(complaint.answered_at),
            "who": _("the operator"),
        },
    ]


@operator
def desk(request: HttpRequest) -> HttpResponse:
    """What the operator must look at: work given up, messages of unknown fate, complaints without an answer."""
    context = {
        "dead": Todo.objects.dead()[:100],
        "deliveries": deliveries(request.user),
        "complaints": Complaint.objects.visible_to(request.user)[:100],
        "figures": figures(),
    }
    return page(request, "site/operator.html", context)


@operator
def retry(request: HttpRequest, number: int) -> HttpResponse:
    """A dead letter gets all its tries back, once its cause is mended."""
    if request.method == "POST":
        try_again(get_object_or_404(Todo.objects.dead(), pk=number))
    return redirect("site:operator")


@operator
def answer(request: HttpRequest, code: str) -> HttpResponse:
    complaint = get_object_or_404(Complaint.objects.visible_to(request.user), code=code)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        try:
            actions.answer(by=request.user, complaint=complaint, text=form.cleaned_data["text"])
            return redirect("site:operator")
        except Problem as problem:
            form.show(problem)
    return page(
        request,
        "site/answer.html",
        {"form": form, "complaint": complaint},
        status=422 if form.errors else 200,
    )
