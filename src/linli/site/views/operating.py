"""The operator's page: how the installation stands, what was given up, and what people say about it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from linli.kit.pages import page
from linli.kit.policies import operator
from linli.ledger.actions import try_again
from linli.ledger.models import Todo
from linli.notices.panels import deliveries
from linli.people.actions.retention import past_their_date
from linli.site.condition import conditions
from linli.site.health import figures
from linli.site.models import Complaint


@operator
def desk(request: HttpRequest) -> HttpResponse:
    """What the operator must look at, what needs them first."""
    context = {
        "conditions": conditions(),
        "ending": past_their_date(timezone.now()),
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
