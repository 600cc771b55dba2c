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
from linli.people.throttle import Limit, network_of, take
from linli.site import actions
from linli.site.forms import AnswerForm, ComplaintForm
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
