"""What would you like? Asked by a station, answered by anybody, once a browser."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language

from linli.areas import tree
from linli.kit.pages import page
from linli.kit.policies import public, staff
from linli.kit.refs import ref
from linli.kit.rules import require
from linli.people.throttle import Limit, network_of, take
from linli.programmes import actions
from linli.programmes.forms.signing_up import PollForm, VoteForm
from linli.programmes.models import Poll, Programme, Session
from linli.programmes.rules import SMALL, may_keep_programmes
from linli.programmes.views.found import unit_of

# The cookie names no person: only which polls this browser has answered.
# A whole office may answer from one address.
VOTES = Limit("poll", 60, 3600)
COOKIE, KEPT_SECONDS, MOST_KEPT = "linli-polls", 60 * 24 * 3600, 30


@public
def of_unit(request: HttpRequest, code: str) -> HttpResponse:
    """What a unit asks and has asked."""
    unit = unit_of(request, code)
    context = {
        "unit": unit,
        "standing": tree.standing([unit.pk]).get(unit.pk),
        "polls": Poll.objects.filter(unit=unit).order_by("-closes_on", "-id")[:50],
        "may_keep": may_keep_programmes(request.user, unit),
        "today": timezone.localdate(),
    }
    return page(request, "programmes/polls.html", context)


@staff
def begin(request: HttpRequest, code: str) -> HttpResponse:
    """Asks everybody what they would like."""
    unit = unit_of(request, code)
    require(may_keep_programmes(request.user, unit))
    form = PollForm(request.POST or None, initial=PollForm.first())
    made: list[Poll] = []

    def deed() -> None:
        about: dict[str, Any] = {"unit": unit, "language": get_language() or settings.LANGUAGE_CODE}
        made.append(actions.open_poll(by=request.user, **about, **form.cleaned_data))

    if request.method == "POST" and form.carries(deed):
        return redirect(made[0])
    context = {"form": form, "unit": unit, "standing": tree.standing([unit.pk]).get(unit.pk)}
    return page(request, "programmes/open_poll.html", context, status=422 if form.errors else 200)


def answered(request: HttpRequest) -> list[str]:
    return request.COOKIES.get(COOKIE, "").split(".")[:MOST_KEPT]


@public
def poll(request: HttpRequest, code: str) -> HttpResponse:
    """One poll: to answer while it is open, then what came of it; numbers below ten are not shown."""
    found = get_object_or_404(Poll.objects.visible_to(request.user).select_related("unit"), code=code)
    choices = list(found.choices.all())
    is_open = timezone.localdate() <= found.closes_on
    has_voted = found.code in answered(request)
    form = VoteForm(request.POST or None, choices=[(choice.number, choice.text) for choice in choices])
    if request.method == "POST" and has_voted:
        return redirect(found)

    def deed() -> None:
        actions.vote(poll=found, numbers=form.cleaned_data["numbers"])

    if request.method == "POST":
        take(VOTES, network_of(request))
    if request.method == "POST" and form.carries(deed):
        response = redirect(found)
        kept = ".".join([found.code, *filter(None, answered(request))][:MOST_KEPT])
        response.set_cookie(
            COOKIE, kept, max_age=KEPT_SECONDS, httponly=True, samesite="Lax", secure=settings.HTTPS
        )
        return response
    context = {
        "poll": found,
        "standing": tree.standing([found.unit_id]).get(found.unit_id),
        "form": form if is_open and not has_voted else None,
        "has_voted": has_voted,
        "is_open": is_open,
        "results": [(choice, choice.votes if choice.votes >= SMALL else None) for choice in choices],
        "answers": answers_to(found),
        "programmes": own_programmes(request, found),
    }
    return page(request, "programmes/poll.html", context, status=422 if form.errors else 200)


def own_programmes(request: HttpRequest, found: Poll) -> Any:
    """Where the person can plan what answers it."""
    if not may_keep_programmes(request.user, found.unit):
        return []
    return Programme.objects.running().filter(unit=found.unit_id).order_by("reading", "code")


def answers_to(found: Poll) -> Any:
    """The sessions that came of it."""
    return Session.objects.on_view().filter(origin=ref(found)).briefly().order_by("starts_at")[:10]
