"""The form that reaches the operator, and the page on which the answer stands."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from linli.kit.ids import digest
from linli.kit.pages import page
from linli.kit.policies import operator, public
from linli.kit.rules import Problem
from linli.ledger.actions import try_again
from linli.ledger.models import Todo
from linli.notices.models import Delivery
from linli.people.throttle import slow_down
from linli.site import actions
from linli.site.forms import AnswerForm, ComplaintForm
from linli.site.health import figures
from linli.site.models import Complaint


@public
def complain(request: HttpRequest) -> HttpResponse:
    form = ComplaintForm(request.POST or None)
    if form.is_valid():
        try:
            slow_down(request, "complain")
            _complaint, secret = actions.complain(text=form.cleaned_data["text"])
            return redirect("site:complaint", secret)
        except Problem as problem:
            form.show(problem)
    return page(request, "site/complain.html", {"form": form}, status=422 if form.errors else 200)


@public
def complaint(request: HttpRequest, secret: str) -> HttpResponse:
    """Whoever holds the link sees the complaint and its answer."""
    complaint = get_object_or_404(Complaint, link_digest=digest(secret))
    return page(request, "site/complaint.html", {"complaint": complaint, "address": request.build_absolute_uri()})


@operator
def desk(request: HttpRequest) -> HttpResponse:
    """What the operator must look at: work given up, messages of unknown fate, complaints without an answer."""
    context = {
        "dead": Todo.objects.dead()[:100],
        "unsure": Delivery.objects.filter(state__in=["failed", "unknown"]).order_by("-due_at")[:100],
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
        request, "site/answer.html", {"form": form, "complaint": complaint}, status=422 if form.errors else 200
    )
