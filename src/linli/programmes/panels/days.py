"""Sessions on shared pages: the front page, a station's page, the desk."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from linli.areas import tree
from linli.areas.models import Unit
from linli.directory.models import Station
from linli.programmes.models import Poll, Session


def soon(now: datetime, count: int) -> list[Session]:
    """The next sessions of the whole network that anybody can go to: one query."""
    coming = Session.objects.coming(now).filter(state="open").briefly()
    return list(coming[:count])


def at_station(station: Station, now: datetime, count: int) -> list[Session]:
    """The next ones of a station, cancelled ones among them: one query."""
    return list(Session.objects.coming(now).filter(station=station).briefly()[:count])


def polls_of(unit: Unit) -> list[Poll]:
    """What a unit asks everybody at present: one query."""
    return list(Poll.objects.filter(unit=unit).open_on(timezone.localdate()))


def desk_sessions(station: Station, now: datetime) -> list[Session]:
    """Today's at a desk, also those that are over: one query."""
    local = now.astimezone(station.zone)
    midnight = datetime.combine(local.date(), time(), local.tzinfo)
    today = Session.objects.on_view().filter(
        station=station, starts_at__lt=midnight + timedelta(days=1), ends_at__gt=midnight
    )
    return list(today.briefly().order_by("starts_at", "id"))


def proposals_at(station: Station) -> list[Session]:
    """What groups have laid before a station: one query."""
    waiting = Session.objects.filter(station=station, state="proposed").select_related("programme")
    return list(waiting.order_by("starts_at", "id"))


def submitted_below(unit_ids: Iterable[UUID]) -> list[Session]:
    """What waits for an organiser's agreement at stations below these units, the next first: one query a unit."""
    below: set[UUID] = set()
    for unit_id in unit_ids:
        below.update(tree.descendants(unit_id))
    waiting = Session.objects.filter(state="submitted", station__unit__in=below).briefly()
    return list(waiting.order_by("starts_at", "id")[:20]) if below else []
