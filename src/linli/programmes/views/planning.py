"""Sessions planned, changed and cancelled by those who work at the station."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext_noop

from linli.directory.models import Station
from linli.kit.pages import page
from linli.kit.policies import member, staff, staff_gate
from linli.kit.refs import ref
from linli.kit.rules import require
from linli.people.actions import look
from linli.programmes import actions
from linli.programmes.forms.sessions import (
    CameOfForm,
    CancelForm,
    LeaderForm,
    MessageForm,
    SessionForm,
    copied,
)
from linli.programmes.models import Leader, Poll, Session
from linli.programmes.panels.pages import said_afterwards
from linli.programmes.rules import may_keep_sessions, may_see_attendees
from linli.programmes.views.found import own_session, own_stations, programme_of, session_of

# As the log of looks names the page to whoever was seen there.
LEADER_PAGE = gettext_noop("Who leads a session")


def station_for(request: HttpRequest) -> Station:
    """The station that the address names, or the only one the person works at."""
    mine = own_stations(request)
    code = request.GET.get("station")
    found = get_object_or_404(Station.objects.visible_to(request.user), code=code) if code else mine.first()
    require(found is not None and may_keep_sessions(request.user, found))
    assert found is not None  # noqa: S101 the line above saw to it
    return found


def pattern_for(request: HttpRequest) -> Session | None:
    """The session that a new one is a copy of."""
    code = request.GET.get("like")
    return own_session(request, code) if code else None


@staff
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """A new session of a programme, empty, as a copy of another (`?like=`), or as the answer to a poll (`?origin=`)."""
    programme, station, pattern = programme_of(request, code), station_for(request), pattern_for(request)
    first = copied(pattern) if pattern else {"name": programme.name}
    form = SessionForm(request.POST or None, station=station, thing=pattern, initial=first)
    form.origin = origin_of(request) or form.origin
    made: list[Session] = []

    def deed() -> None:
        about = {"programme": programme, "station": station, "planned": form.planned()}
        made.append(actions.plan_session(by=request.user, **about))

    if request.method == "POST" and form.carries(deed):
        return redirect(made[0])
    context = {"form": form, "programme": programme, "station": station}
    return page(request, "programmes/plan.html", context, status=422 if form.errors else 200)


def origin_of(request: HttpRequest) -> str:
    """The Ref of the poll a session answers, if there is such a poll."""
    poll = Poll.objects.filter(code=request.GET.get("poll", "")).first()
    return ref(poll) if poll else ""


@staff
def change(request: HttpRequest, code: str) -> HttpResponse:
    """A session said anew; another time or place is told to everybody who signed up."""
    found = own_session(request, code)
    form = SessionForm(request.POST or None, station=found.station, thing=found)

    def deed() -> None:
        actions.change_session(by=request.user, session=found, planned=form.planned())

    if request.method == "POST" and form.carries(deed):
        return redirect(found)
    context = {"form": form, "session": found}
    return page(request, "programmes/change_session.html", context, status=422 if form.errors else 200)


@staff
def cancel(request: HttpRequest, code: str) -> HttpResponse:
    """Cancels a session, with the reason everybody reads."""
    found = own_session(request, code)
    form = CancelForm(request.POST or None)

    def deed() -> None:
        actions.cancel_session(by=request.user, session=found, reason=form.cleaned_data["reason"])

    if request.method == "POST" and form.carries(deed):
        return redirect(found)
    context = {"form": form, "session": found}
    return page(request, "programmes/cancel.html", context, status=422 if form.errors else 200)


@staff
def leader(request: HttpRequest, code: str) -> HttpResponse:
    """Who leads a session: named by the contact they sign in with, or nobody any more."""
    found = own_session(request, code)
    if "nobody" in request.POST:
        actions.name_leader(by=request.user, session=found, leader=None)
        return redirect("programmes:leader", found.code)
    form = LeaderForm(request.POST or None)

    def deed() -> None:
        person = actions.find_leader(by=request.user, session=found, contact=form.cleaned_data["contact"])
        actions.name_leader(by=request.user, session=found, leader=person)

    if request.method == "POST" and form.carries(deed):
        return redirect("programmes:leader", found.code)
    task = Leader.objects.filter(session=found).select_related("person").first()
    if task:
        look(by=request.user, subjects=[task.person], page=LEADER_PAGE, unit=found.station.unit)
    context = {"form": form, "session": found, "leader": task and task.person}
    return page(request, "programmes/leader.html", context, status=422 if form.errors else 200)


def attended(request: HttpRequest, code: str) -> Session:
    """A session whose attendees the person may see; staff with their second factor shown."""
    found = session_of(request, code)
    require(may_see_attendees(request.user, found, timezone.now()))
    return found


@member
def message(request: HttpRequest, code: str) -> HttpResponse:
    """A message to those who have a seat."""
    if request.user.is_staff_member and (gate := staff_gate(request)):
        return gate
    found, form = attended(request, code), MessageForm(request.POST or None)

    def deed() -> None:
        actions.send_message(by=request.user, session=found, text=form.cleaned_data["text"])

    if request.method == "POST" and form.carries(deed):
        return redirect("programmes:message", found.code)
    context: dict[str, Any] = {
        "form": form,
        "session": found,
        "messages": found.messages.order_by("-sent_at"),
    }
    return page(request, "programmes/message.html", context, status=422 if form.errors else 200)


@staff
def afterwards(request: HttpRequest, code: str) -> HttpResponse:
    """What came of it: the counts, what those who came said, and a word of those who held it."""
    found = own_session(request, code)
    form = CameOfForm(request.POST or None, session=found)

    def deed() -> None:
        actions.say_what_came(by=request.user, session=found, came_of=form.cleaned_data["came_of"])

    if request.method == "POST" and form.carries(deed):
        return redirect(found)
    context = {"form": form, "session": found, "said": said_afterwards(found, with_words=True)}
    return page(request, "programmes/afterwards.html", context, status=422 if form.errors else 200)
