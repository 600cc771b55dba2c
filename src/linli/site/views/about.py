"""Who runs this installation, what it holds about people, and how to complain about it."""

import re
from collections import defaultdict

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from linli.kit import personal
from linli.kit.pages import page
from linli.kit.policies import public
from linli.ledger.facts import HEARD_BY, KINDS
from linli.ledger.models import Checkpoint, Event
from linli.people.models import Look
from linli.site.models import Complaint

OPEN = re.compile(r"\{\w+\}|%\(\w+\)s")


@public
def contact(request: HttpRequest) -> HttpResponse:
    return page(request, "site/contact.html")


@public
def privacy(request: HttpRequest) -> HttpResponse:
    return page(request, "site/privacy.html", {"models": personal.registered()})


@public
def accessibility(request: HttpRequest) -> HttpResponse:
    return page(request, "site/accessibility.html")


def facts() -> list[dict[str, object]]:
    """Every kind of fact, with its sentence, what differs each time left open, and who hears of it."""
    return [
        {"kind": kind.name, "says": OPEN.sub("…", str(kind.says)), "heard_by": HEARD_BY.get(kind.name, [])}
        for kind in KINDS.values()
    ]


def fields_held() -> dict[str, list[personal.PersonalField]]:
    held: dict[str, list[personal.PersonalField]] = defaultdict(list)
    for model in personal.registered():
        held[model.model] += [field for field in model.fields if field not in held[model.model]]
    return dict(held)


@public
def transparency(request: HttpRequest) -> HttpResponse:
    """Generated from the registers: nobody writes this page by hand, so nothing can be left out of it."""
    exports = Event.objects.filter(kind="people.data_exported").count()
    context = {
        "held": fields_held(),
        "facts": facts(),
        "looks": Look.objects.count(),
        "exports": exports,
        "complaints": Complaint.objects.count(),
        "answered": Complaint.objects.exclude(answered_at=None).count(),
        "events": Event.objects.count(),
        "checkpoint": Checkpoint.objects.order_by("-number").first(),
        "now": timezone.now(),
    }
    return page(request, "site/transparency.html", context)
