"""What's on: the calendar of the network, a programme, a session."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.core.cache import cache
from django.core.paginator import Paginator
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject, cached_property
from django.utils.translation import gettext_lazy as _

from linli.areas import tree
from linli.areas.models import Unit
from linli.directory.models import Station
from linli.kit.forms import Form, LineField
from linli.kit.pages import page
from linli.kit.policies import public
from linli.kit.refs import ref, resolve
from linli.ledger.edition import edition
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

    def asked(self, name: str) -> Any:
        """What was asked; empty where it cannot be read, which narrows nothing."""
        self.is_valid()
        return self.cleaned_data.get(name) or ""

    @cached_property
    def unit(self) -> Unit | None:
        return Unit.objects.filter(code=self.asked("place")).first() if self.asked("place") else None

    @property
    def understood(self) -> str:
        """What was asked, the same for all that shows the same sessions; nothing of it is as it was typed."""
        place = str(self.unit.pk) if self.unit else ""
        return "/".join([place, *(str(self.asked(name)) for name in ("kind", "span", "day", "free"))])

    def narrowed(self, now: datetime) -> QuerySet[Session]:
        """The sessions that were asked for, of those that everybody may see."""
        found = Session.objects.coming(now).briefly()
        if kind := self.asked("kind"):
            found = found.filter(programme__kind=kind)
        if self.asked("free"):
            found = found.filter(state="open", waiting=0).filter(free_or_drop_in())
        if self.unit is not None:
            found = found.of(self.unit.pk)
        start = self.asked("day") or timezone.localdate(now)
        if self.asked("day"):
            found = found.filter(ends_at__gt=midnight(start))
        if days := {"day": 1, "week": 7}.get(self.asked("span")):
            found = found.filter(starts_at__lt=midnight(start + timedelta(days=days)))
        return found


def free_or_drop_in() -> Q:
    return Q(capacity=None) | Q(taken__lt=F("capacity"))


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(settings.TIME_ZONE))


class Listed:
    """Sessions as a Paginator cuts pages from them: how many there are is kept, and a page is fetched when it is drawn."""

    def __init__(self, choose: Callable[[], QuerySet[Session]], kept_as: str):
        self.choose, self.kept_as = choose, kept_as

    @cached_property
    def sessions(self) -> QuerySet[Session]:
        return self.choose()

    def count(self) -> int:
        return int(cache.get_or_set(f"sessions/{self.kept_as}", lambda: self.sessions.count(), 60))

    def __getitem__(self, part: slice) -> Any:
        return SimpleLazyObject(lambda: list(self.sessions[part]))


@public
def programmes(request: HttpRequest) -> HttpResponse:
    """Everything that is on, day by day.

    It shows what is everybody's, so whoever asks for the same page sees the same: how many there are and, in each language,
    the rows are kept for the minute or until the ledger's next fact. A seat that is taken or given back is such a fact, so
    rows show it at once. Up to a minute old is only what leaves none, as the seats that go with somebody's account, and a
    fact that was written so slowly that sixteen younger ones stand before it (ledger.edition).
    """
    now, form = timezone.now(), LookForm(request.GET)
    kept_as = f"{edition(now)}/{form.understood}"
    pages = Paginator(Listed(lambda: form.narrowed(now), kept_as), PER_PAGE)
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {
        "filter": form,
        "page": pages.get_page(request.GET.get("page")),
        "count": pages.count,
        "kept_as": kept_as,
        "asked": asked.urlencode(),
    }
    return page(request, "programmes/programmes.html", context)


@public
def programme(request: HttpRequest, code: str) -> HttpResponse:
    """What it is, what comes, what was, and what came of it."""
    found, now = programme_of(request, code), timezone.now()
    sessions = Session.objects.filter(programme=found)
    context = {
        "programme": found,
        "pictures": list(found.pictures.all()),
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
