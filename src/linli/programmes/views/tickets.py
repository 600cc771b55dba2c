"""Tickets: one's own, and that of whoever has the link."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from linli.kit.pages import page
from linli.kit.policies import member, public
from linli.kit.qr import qr
from linli.kit.rules import Problem
from linli.programmes import actions
from linli.programmes.actions.signing_up import sign_up_of
from linli.programmes.forms.signing_up import AnswerForm
from linli.programmes.models import SignUp
from linli.programmes.tickets import address_of, link_of, read_token

KEPT = timedelta(days=90)


def held_by(secret: str) -> SignUp:
    """The sign-up whose ticket link this is; 404 for a forged one and for one that is gone."""
    identity = read_token(secret)
    found = sign_up_of(identity) if identity else None
    if found is None:
        raise Http404
    return found


@member
def mine(request: HttpRequest) -> HttpResponse:
    """All one signed up for, what comes first; two queries."""
    now = timezone.now()
    rows = SignUp.objects.visible_to(request.user).select_related("session__programme", "session__station")
    coming = rows.filter(session_ends_at__gt=now).order_by("session__starts_at", "id")
    past = rows.filter(session_ends_at__lte=now, session_ends_at__gt=now - KEPT).order_by(
        "-session__starts_at"
    )
    context = {"coming": list(coming[:100]), "past": list(past[:50]), "now": now}
    return page(request, "programmes/my_tickets.html", context)


@member
def own(request: HttpRequest, code: str) -> HttpResponse:
    """From the code of one's own sign-up to its ticket."""
    found = get_object_or_404(SignUp.objects.visible_to(request.user), code=code)
    return redirect(link_of(found))


@public
def ticket(request: HttpRequest, secret: str) -> HttpResponse:
    """The ticket: where and when, the code for the door, what changed, and what can be done with it."""
    return page(request, "programmes/ticket.html", context_of(held_by(secret), secret))


def context_of(sign_up: SignUp, secret: str) -> dict[str, object]:
    session, now = sign_up.session, timezone.now()
    is_over = session.ends_at <= now
    return {
        "sign_up": sign_up,
        "session": session,
        "secret": secret,
        "ticket_code": qr(address_of(sign_up)) if sign_up.is_alive and not is_over else "",
        "is_over": is_over,
        "has_begun": session.starts_at <= now,
        "is_asked": sign_up.is_alive and session.is_open and sign_up.knows < session.changes and not is_over,
        "shows_way": sign_up.state == "confirmed"
        and session.is_open
        and now < session.ends_at + timedelta(days=1),
        "messages": session.messages.order_by("-sent_at") if sign_up.state == "confirmed" else [],
        "form": AnswerForm() if may_answer(sign_up, is_over) else None,
        "now": now,
    }


def may_answer(sign_up: SignUp, is_over: bool) -> bool:
    return is_over and sign_up.arrived_at is not None and not sign_up.has_answered


@public
@require_POST
def decide(request: HttpRequest, secret: str) -> HttpResponse:
    """Takes an offered seat, keeps a seat after a change, or gives it back: whoever has the link holds the ticket."""
    found = held_by(secret)
    try:
        if "accept" in request.POST:
            actions.accept_offer(by=None, sign_up=found)
        elif "keep" in request.POST:
            actions.keep_seat(by=None, sign_up=found)
        elif "leave" in request.POST:
            actions.cancel_sign_up(by=None, sign_up=found)
    except Problem as problem:
        context = context_of(held_by(secret), secret) | {"problem": problem}
        return page(request, "programmes/ticket.html", context, status=422)
    return redirect("programmes:ticket", secret)


@public
@require_POST
def answer(request: HttpRequest, secret: str) -> HttpResponse:
    """The three questions of somebody who came."""
    found, form = held_by(secret), AnswerForm(request.POST)
    if form.carries(lambda: actions.answer_session(by=None, sign_up=found, **form.cleaned_data)):
        return redirect("programmes:ticket", secret)
    context = context_of(found, secret) | {"form": form}
    return page(request, "programmes/ticket.html", context, status=422)


@public
def paper(request: HttpRequest, secret: str) -> HttpResponse:
    """The ticket on paper: what one needs at the door, and a code that leads back to its page."""
    found = held_by(secret)
    context = {
        "sign_up": found,
        "session": found.session,
        "address": address_of(found),
        "code": qr(address_of(found)),
    }
    return page(request, "programmes/ticket_paper.html", context)
