"""What addresses name: found for whoever may see it, else 404."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from linli.areas.models import Unit
from linli.directory.models import Station
from linli.kit.rules import require
from linli.people.rules import held
from linli.programmes.models import Programme, Session
from linli.programmes.rules import DESK, may_keep_programmes, may_keep_sessions


def unit_of(request: HttpRequest, code: str) -> Unit:
    """A unit that stands."""
    return get_object_or_404(Unit.objects.visible_to(request.user).filter(closed_on=None), code=code)


def programme_of(request: HttpRequest, code: str) -> Programme:
    return get_object_or_404(Programme.objects.visible_to(request.user).select_related("unit"), code=code)


def own_programme(request: HttpRequest, code: str) -> Programme:
    """One that the person keeps."""
    found = programme_of(request, code)
    require(may_keep_programmes(request.user, found.unit))
    return found


def session_of(request: HttpRequest, code: str) -> Session:
    """A session with what nearly every page of it shows beside it."""
    sessions = Session.objects.visible_to(request.user)
    return get_object_or_404(sessions.select_related("programme", "station__unit", "room"), code=code)


def public_session(code: str) -> Session | None:
    """A session that everybody may see, with what giving its seats needs; the rest is fetched where it is read."""
    needed = (
        "id", "code", "name", "language", "translations", "state", "reason", "starts_at", "ends_at", "time_zone", "opens_at",
        "capacity", "taken", "waiting", "max_per_contact", "releases_after", "changes", "series_id",
        "programme__weekly_limit",
    )  # fmt: skip
    named = Session.objects.visible_to(None).filter(code=code)
    return next(iter(named.select_related("programme").only(*needed)), None)


def own_session(request: HttpRequest, code: str) -> Session:
    """One whose station the person works at."""
    found = session_of(request, code)
    require(may_keep_sessions(request.user, found.station))
    return found


def own_stations(request: HttpRequest) -> QuerySet[Station]:
    """Where the person plans sessions."""
    mine = held(request.user, DESK).values("unit")
    return Station.objects.visible_to(request.user).filter(unit__in=mine).order_by("reading", "code")
