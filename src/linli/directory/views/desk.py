"""The desk's day: walk-ins, roster, and what visitors say is wrong."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext_noop

from linli.directory import actions
from linli.directory.actions.roster import A_WEEK, desk_roles
from linli.directory.forms.desk import DutyForm, LateForm, MendForm, WrongForm
from linli.directory.models import Duty, Station, WalkIn, WrongNote
from linli.directory.rules import may_keep_things
from linli.directory.views.stations import station_of
from linli.kit.pages import page, refuse
from linli.kit.policies import member, public, staff
from linli.kit.rules import Problem, require
from linli.people.actions import look
from linli.people.throttle import slow_down

ROSTER_PAGE = gettext_noop("Roster")
TAPS = {"1": 1, "5": 5, "-1": -1}


def today_at(station: Station) -> date:
    return timezone.localdate(timezone=ZoneInfo(station.time_zone))


@staff
def walk_ins(request: HttpRequest, code: str) -> HttpResponse:
    """A tap counts; the page shows the week by hours, and takes what was forgotten."""
    station = station_of(request, code)
    require(may_keep_things(request.user, station))
    if request.POST.get("tap") in TAPS:
        actions.count_walk_ins(by=request.user, station=station, number=TAPS[request.POST["tap"]])
        return redirect("site:desk_of", code)
    today = today_at(station)
    form = LateForm(request.POST or None, initial={"on": today})
    if form.is_valid():
        try:
            actions.enter_walk_ins_late(by=request.user, station=station, **form.cleaned_data)
            return redirect("directory:walk_ins", code)
        except Problem as problem:
            form.show(problem)
    context = {"station": station, "form": form, "days": week_of_walk_ins(station, today)}
    return page(request, "directory/walk_ins.html", context, status=422 if form.errors else 200)


def week_of_walk_ins(station: Station, today: date) -> list[dict]:
    """The last seven days, today first: the hours in which somebody came, and their sum."""
    days: dict[date, list[WalkIn]] = {today - timedelta(days=number): [] for number in range(7)}
    rows = WalkIn.objects.filter(station=station, on__in=days, count__gt=0).order_by("hour")
    for row in rows:
        days[row.on].append(row)
    return [{"on": on, "hours": hours, "sum": sum(row.count for row in hours)} for on, hours in days.items()]


@staff
def roster(request: HttpRequest, code: str) -> HttpResponse:
    """This week and the next: who is on duty when. Whoever looks at colleagues' days leaves a look."""
    station = station_of(request, code)
    require(may_keep_things(request.user, station))
    today, roles = today_at(station), desk_roles(station)
    form = DutyForm(request.POST if "person" in request.POST else None, roles=roles, today=today)
    if request.method == "POST" and "person" not in request.POST:
        change_roster(request, station, today)
        return redirect("directory:roster", code)
    if form.is_valid():
        try:
            actions.set_duty(by=request.user, station=station, **form.cleaned_data)
            return redirect("directory:roster", code)
        except Problem as problem:
            form.show(problem)
    weeks = two_weeks(station, today)
    shown = [duty.person for week in weeks for _day, duties in week["days"] for duty in duties]
    named = {*shown, *(role.person for role in roles)}
    look(by=request.user, subjects=named, page=ROSTER_PAGE, unit=station.unit)
    context = {"station": station, "form": form, "weeks": weeks, "today": today}
    return page(request, "directory/roster.html", context, status=422 if form.errors else 200)


def change_roster(request: HttpRequest, station: Station, today: date) -> None:
    """The other taps of the page: one duty off, or a week filled from the one before."""
    monday = today - timedelta(days=today.weekday())
    if "copy" in request.POST:
        next_one = request.POST["copy"] == "next"
        actions.copy_week(by=request.user, station=station, monday=monday + A_WEEK if next_one else monday)
    elif request.POST.get("remove", "").replace("-", "").isalnum():
        duty = Duty.objects.filter(station=station, pk__in=duty_key(request.POST["remove"])).first()
        if duty:
            actions.end_duty(by=request.user, duty=duty)


def duty_key(text: str) -> list[str]:
    """A number as the page writes it, or nothing."""
    return [text] if len(text) == 36 else []


def two_weeks(station: Station, today: date) -> list[dict]:
    monday = today - timedelta(days=today.weekday())
    duties = Duty.objects.filter(station=station, on__gte=monday, on__lt=monday + 2 * A_WEEK).select_related(
        "person"
    )
    by_day: dict[date, list[Duty]] = {}
    for duty in duties.order_by("on", "starts"):
        by_day.setdefault(duty.on, []).append(duty)
    return [
        {
            "key": key,
            "monday": first,
            "days": [(day, by_day.get(day, [])) for day in (first + timedelta(days=n) for n in range(7))],
        }
        for key, first in (("this", monday), ("next", monday + A_WEEK))
    ]


@member
def own_duties(request: HttpRequest) -> HttpResponse:
    """One's own days on duty, from today on."""
    duties = Duty.objects.filter(person=request.user, on__gte=timezone.localdate()).select_related("station")
    return page(request, "directory/own_duties.html", {"duties": duties.order_by("on", "starts")})


@public
def wrong(request: HttpRequest, code: str) -> HttpResponse:
    """ "This is wrong": to the station's own desk, without asking who says so."""
    station = station_of(request, code)
    form = WrongForm(request.POST or None)
    if form.is_valid():
        try:
            slow_down(request, "wrong-note")
            actions.note_wrong(by=request.user, station=station, **form.cleaned_data)
            return page(request, "directory/wrong_thanks.html", {"station": station})
        except Problem as problem:
            return refuse(request, "directory/wrong.html", {"form": form, "station": station}, problem)
    return page(
        request,
        "directory/wrong.html",
        {"form": form, "station": station},
        status=422 if form.errors else 200,
    )


@staff
def wrong_notes(request: HttpRequest, code: str) -> HttpResponse:
    """What visitors said, the open ones first; one tap says that it is mended."""
    station = station_of(request, code)
    require(may_keep_things(request.user, station))
    form = MendForm(request.POST or None)
    if form.is_valid():
        note = get_object_or_404(WrongNote, station=station, code=form.cleaned_data["note"])
        actions.mend_wrong(by=request.user, note=note)
        return redirect("directory:wrong_notes", code)
    notes = WrongNote.objects.filter(station=station)
    context = {
        "station": station,
        "open": notes.filter(done_at=None),
        "done": notes.exclude(done_at=None).order_by("-done_at")[:20],
        "whats": dict(WrongForm.base_fields["what"].choices),  # type: ignore[attr-defined]
    }
    return page(request, "directory/wrong_notes.html", context)
