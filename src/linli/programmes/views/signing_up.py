"""Signing up: oneself and others, at the desk, and from a chain."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.kit.pages import page
from linli.kit.policies import member, staff
from linli.kit.rules import Problem
from linli.programmes import actions
from linli.programmes.actions.signing_up import Full, check_time, overlaps, sign_up_at_desk, sign_up_series
from linli.programmes.chains import read_chain
from linli.programmes.forms.signing_up import AtDeskForm, AttendeeForm, ChainForm, WholeSeriesForm
from linli.programmes.models import Question, Session, SignUp
from linli.programmes.panels.pages import alike, how_given, seats_in_words
from linli.programmes.tickets import link_of
from linli.programmes.views.found import own_session, public_session, session_of


@member
def sign_up(request: HttpRequest, code: str) -> HttpResponse:
    """A seat, or, for who wants it, a place on the waiting list. Who finds it full is told so, with others that have seats."""
    found = wanted_session(request, code)
    if is_plainly_full(request, found):
        return tell_full(request, found)
    form = form_for(request, found)
    if request.method == "POST" and form.is_valid():
        try:
            made = enter(request, found, form, "wait" in request.POST)
            return redirect("programmes:my_tickets") if len(made) > 1 else redirect(link_of(made[0]))
        except Full:
            return tell_full(request, found)
        except Problem as problem:
            form.show(problem)
    return page(
        request,
        "programmes/sign_up.html",
        context_of(request, found, form),
        status=422 if form.errors else 200,
    )


def wanted_session(request: HttpRequest, code: str) -> Session:
    """For a POST no more than giving a seat needs: in a rush this is asked far more often than anything else."""
    found = public_session(code) if request.method == "POST" else None
    return found or session_of(request, code)


def is_plainly_full(request: HttpRequest, session: Session) -> bool:
    """Whether one look at the session says that there is no seat for this request; the deed itself looks again."""
    waits = "wait" in request.POST or "whole_series" in request.POST
    if request.method != "POST" or waits or (session.free and not session.waiting):
        return False
    return is_sign_up_time(session)


def is_sign_up_time(session: Session) -> bool:
    try:
        check_time(session, timezone.now(), at_desk=False)
    except Problem:
        return False
    return True


def tell_full(request: HttpRequest, session: Session) -> HttpResponse:
    """That all seats are taken, with what was typed. Almost everybody in a rush gets this page, so it is a lean one.

    What all of them read alike is rendered once in a while; what is not read is not asked for.
    """
    context = {
        "session": session,
        "fields": typed(request, session),
        "seats": lambda: seats_in_words(session),
        "how": lambda: how_given(session),
        "alike": lambda: alike(session, timezone.now()),
    }
    return page(request, "programmes/full.html", context, status=422)


def typed(request: HttpRequest, session: Session) -> list[dict[str, Any]]:
    """The fields of the form as they came, without building the form."""
    fields = [(name, field.label) for name, field in AttendeeForm.base_fields.items()]
    fields += [(f"question_{each.code}", each.text) for each in questions_for(request, session)]
    return [
        {"name": name, "label": label, "value": request.POST.get(name, ""), "is_tick": name == "is_child"}
        for name, label in fields
    ]


def enter(request: HttpRequest, session: Session, form: AttendeeForm, wait: bool) -> list[SignUp]:
    if form.cleaned_data.get("whole_series"):
        return sign_up_series(by=request.user, session=session, attendee=form.attendee())
    return [actions.sign_up(by=request.user, session=session, attendee=form.attendee(), wait=wait)]


def form_for(request: HttpRequest, session: Session) -> AttendeeForm:
    """Whoever signs up is themselves, unless they say otherwise; the name is not asked for again."""
    kind = WholeSeriesForm if session.series_id else AttendeeForm
    answers = request.POST or None
    return kind(answers, initial={"name": request.user.name}, questions=questions_for(request, session))


def questions_for(request: HttpRequest, session: Session) -> Iterable[Question]:
    """What the form asks; of a form that came without such a field nobody needs to look it up."""
    if request.method == "POST" and not any(name.startswith("question_") for name in request.POST):
        return []
    return session.questions.asked_on(timezone.localdate())


def context_of(request: HttpRequest, session: Session, form: AttendeeForm) -> dict[str, Any]:
    now = timezone.now()
    try:
        check_time(session, now, at_desk=False)
        closed = None
    except Problem as problem:
        closed = problem
    is_full = session.takes_sign_ups and (session.free < 1 or session.waiting > 0)
    return {
        "session": session,
        "form": form,
        "closed": closed,
        "is_full": is_full,
        "seats": seats_in_words(session),
        "how": how_given(session),
        "alike": alike(session, now) if is_full else [],
        "overlaps": overlaps(request.user, session) if closed is None else [],
    }


@staff
def add(request: HttpRequest, code: str) -> HttpResponse:
    """Somebody at the desk or on the phone; their ticket is printed, or its link sent on."""
    found = own_session(request, code)
    questions = found.questions.asked_on(timezone.localdate())
    form = AtDeskForm(request.POST or None, questions=questions)
    made: list[SignUp] = []

    def deed() -> None:
        made.append(sign_up_at_desk(by=request.user, session=found, attendee=form.attendee()))

    if request.method == "POST" and form.carries(deed):
        return redirect(f"{link_of(made[0])}paper/")
    context = {"form": form, "session": found, "seats": seats_in_words(found)}
    return page(request, "programmes/add.html", context, status=422 if form.errors else 200)


@staff
def chain(request: HttpRequest, code: str) -> HttpResponse:
    """A pasted chain 接龙: first looked at, line by line; then signed up in one go."""
    found, form = own_session(request, code), ChainForm(request.POST or None)
    context: dict[str, Any] = {"session": found, "form": form, "seats": seats_in_words(found)}

    def read() -> None:
        context["chain"] = read_chain(form.cleaned_data["chain"])
        context["clear"] = [line for line in context["chain"].lines if line.state == "clear"]
        context["questions"] = [line for line in context["chain"].lines if line.state != "clear"]
        if "enter" in request.POST:
            names = [line.name for line in context["clear"]]
            context["made"] = actions.enter_chain(by=request.user, session=found, names=names)
            context["said"] = entered_in_words(context["made"], names)

    if request.method == "POST":
        form.carries(read)
    return page(request, "programmes/chain.html", context, status=422 if form.errors else 200)


def entered_in_words(made: list[SignUp], names: list[str]) -> str:
    """How many have a seat, how many wait, how many were there already."""
    states = [SignUp.objects.values_list("state", flat=True).get(pk=each.pk) for each in made[-1:]]
    waiting = (
        SignUp.objects.filter(pk__in=[each.pk for each in made], state="waiting").count() if states else 0
    )
    seated = ngettext("%(count)d has a seat.", "%(count)d have a seat.", len(made) - waiting)
    parts = [seated % {"count": len(made) - waiting}]
    if waiting:
        parts.append(_("%(count)d on the waiting list.") % {"count": waiting})
    if there := len(set(names)) - len(made):
        parts.append(_("%(count)d were signed up already.") % {"count": there})
    return " ".join(parts)
