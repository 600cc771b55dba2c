"""What's on: the calendar of the network, a programme, a session."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.areas import tree
from linli.areas.models import Unit
from linli.directory.models import Station
from linli.kit.forms import Form, LineField
from linli.kit.pages import page
from linli.kit.policies import public
from linli.kit.refs import ref, resolve
from linli.notices.panels import follow_button
from linli.people.rules import held
from linli.programmes.forms.fields import DayField
from linli.programmes.forms.programmes import KINDS
from linli.programmes.models import Programme, Session
from linli.programmes.panels import pages as panels
from linli.programmes.rules import DESK, may_agree, may_keep_programmes, may_keep_sessions, may_see_attendees
from linli.programmes.views.found import programme_of, session_of

PER_PAGE, OF_A_PROGRAMME = 50, 30


class LookForm(Form):
    """Which sessions: of a kind, at a station or in an area, from a day on, for a day or a week."""

    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("all kinds")), *KINDS], required=False)
    span = forms.ChoiceField(
        label=_("How many days"),
        choices=[("", _("all that is planned")), ("day", _("one day")), ("week", _("seven days"))],
        required=False,
    )
    day = DayField(label=_("From"), required=False)
    place = LineField(label=_("Code of a station or an area"), required=False, max_length=20)
    free = forms.BooleanField(label=_("Only with free seats"), required=False)

    def narrowed(self, now: datetime) -> QuerySet[Session]:
        """The sessions; what cannot be read of the form narrows nothing."""
        self.full_clean()
        values = self.cleaned_data
        found = Session.objects.coming(now).briefly()
        if values.get("kind"):
            found = found.filter(programme__kind=values["kind"])
        if values.get("free"):
            found = found.filter(state="open", waiting=0).filter(free_or_drop_in())
        if unit := Unit.objects.filter(code=values["place"]).first() if values.get("place") else None:
            found = found.of(unit.pk)
        start = values.get("day") or timezone.localdate(now)
        if values.get("day"):
            found = found.filter(ends_at__gt=midnight(start))
        if days := {"day": 1, "week": 7}.get(values.get("span", "")):
            found = found.filter(starts_at__lt=midnight(start + timedelta(days=days)))
        return found


def free_or_drop_in() -> Q:
    return Q(capacity=None) | Q(taken__lt=F("capacity"))


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(settings.TIME_ZONE))


@public
def programmes(request: HttpRequest) -> HttpResponse:
    """Everything that is on, day by day, fifty a page: one query and its count."""
    now, form = timezone.now(), LookForm(request.GET or None)
    pages = Paginator(form.narrowed(now) if request.GET else Session.objects.coming(now).briefly(), PER_PAGE)
    sessions = pages.get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {
        "filter": form,
        "page": sessions,
        "sessions": sessions.object_list,
        "count": pages.count,
        "now": now,
        "asked": asked.urlencode(),
        "kinds": dict(KINDS),
    }
    return page(request, "programmes/programmes.html", context)


@public
def programme(request: HttpRequest, code: str) -> HttpResponse:
    """What it is, what comes, what was, and what came of it."""
    found, now = programme_of(request, code), timezone.now()
    sessions = Session.objects.filter(programme=found)
    context = {
        "programme": found,
        "kind": dict(KINDS)[found.kind],
        "standing": tree.standing([found.unit_id]).get(found.unit_id),
        "coming": sessions.coming(now).briefly()[:OF_A_PROGRAMME],
        "past": sessions.over(now).briefly()[:10],
        "series": panels.series_rows(found, now),
        "follow": follow_button(request.user, ref(found)),
        "may_keep": may_keep_programmes(request.user, found.unit),
        "stations": planning_stations(request, found),
        "now": now,
    }
    return page(request, "programmes/programme.html", context)


def planning_stations(request: HttpRequest, found: Programme) -> list[Station]:
    """Where the person may hold a session of it: at stations of theirs within the unit it belongs to."""
    mine = held(request.user, DESK).values_list("unit_id", flat=True)
    if not request.user.is_authenticated or found.ended_on is not None or not mine:
        return []
    stations = Station.objects.filter(unit__in=mine).filter(unit__in=tree.descendants(found.unit_id))
    return list(stations.order_by("reading", "code"))


@public
def session(request: HttpRequest, code: str) -> HttpResponse:
    """One session: when, where, how many seats are left and how they are given; one's own ticket; what to do with it."""
    found, now = session_of(request, code), timezone.now()
    is_over = found.ends_at <= now
    keeps = may_keep_sessions(request.user, found.station)
    own = panels.own_sign_ups(request.user, found) if request.user.is_authenticated else []
    context = {
        "session": found,
        "programme": found.programme,
        "kind": dict(KINDS)[found.programme.kind],
        "seats": panels.seats_in_words(found),
        "how": panels.how_given(found),
        "own": own,
        "has_seat": any(each.state == "confirmed" for each in own),
        "alike": panels.alike(found, now)
        if found.is_open and found.takes_sign_ups and not found.free
        else [],
        "origin": resolve(found.origin, request.user) if found.origin else None,
        "questions": found.questions.asked_on(timezone.localdate(now)) if found.takes_sign_ups else [],
        "said": panels.said_afterwards(found, with_words=keeps) if is_over else None,
        "is_over": is_over,
        "has_begun": found.starts_at <= now,
        "may_keep": keeps,
        "may_see": may_see_attendees(request.user, found, now),
        "may_agree": may_agree(request.user, found),
        "is_liaison": request.user.is_authenticated and held(request.user, "liaison").exists(),
        "now": now,
    }
    return page(request, "programmes/session.html", context)
