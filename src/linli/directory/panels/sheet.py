"""A station's own page: what stays the same until something is changed there, asked for only when it is not kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.core.cache import cache
from django.db.models import QuerySet, Subquery
from django.utils.functional import cached_property

from linli.areas import tree
from linli.areas.models import Unit
from linli.directory.hearsay import Said, said_of
from linli.directory.listing import FullCard, StationCard, cards_of, station_card
from linli.directory.models import (
    Announcement,
    Corridor,
    Difficulty,
    LiveStatus,
    Room,
    ServedBuilding,
    Station,
)
from linli.directory.panels.hours import Day, OtherDay, coming_exceptions, week
from linli.directory.panels.station import Behind, behind, checked, map_links, phones
from linli.ledger.models import Event


class AtDoor(NamedTuple):
    """A station, whether its door is open, what it says of itself and what passers-by say; `edition` is its newest fact."""

    edition: str
    station: Station
    card: StationCard
    live: LiveStatus | None
    said: list[Said]


def at_door(code: str, at: datetime) -> AtDoor | None:
    """What holds at the door of a station; None where there is none. One question while it is kept.

    It is kept to the end of the minute, for doors change on the minute, or until somebody changes anything at the
    station: all of that leaves a fact with the station's unit as its scope. Whoever looks sees the same. That it closed is
    a fact of the area above: whether it is still there is asked each time, in the same question.
    """
    facts = Event.objects.filter(scope=f"{Unit._meta.label_lower}/{code}").order_by("-at", "-id")
    there = Station.objects.visible_to(None).filter(code=code)
    newest = list(there.values_list(Subquery(facts.values("id")[:1]), flat=True))
    if not newest:
        return None
    edition = str(newest[0] or "")
    key = f"door/{code}/{edition}/{at.timestamp() // 60:.0f}"
    found = cache.get(key) or look_at(code, edition, at)
    if found:
        cache.set(key, found, 60)
    return found


def look_at(code: str, edition: str, at: datetime) -> AtDoor | None:
    station = Station.objects.visible_to(None).filter(code=code).select_related("unit", "operator").first()
    if station is None:
        return None
    card = cards_of([station.pk], at)[0]
    live = station.statuses.filter(ended_at=None).first() if card.opening.basis == "live" else None
    return AtDoor(edition, station, card, live, said_of(station, at))


@dataclass(frozen=True)
class Sheet:
    """All of it, each part fetched when the page first mentions it and once."""

    station: Station
    now: datetime

    @cached_property
    def card(self) -> FullCard:
        return station_card(self.station, self.now)

    @cached_property
    def place(self) -> list[tree.Standing]:
        """Where it stands: the units above it, the network first."""
        above = tree.ancestors(self.station.unit_id)
        standing = tree.standing(above)
        return [standing[unit_id] for unit_id in reversed(above)]

    @cached_property
    def pack(self) -> str:
        return tree.pack_of(self.place) or settings.PACK

    @cached_property
    def behind(self) -> Behind:
        return behind(self.station)

    @cached_property
    def rooms(self) -> QuerySet[Room]:
        return self.station.rooms.order_by("code")

    @cached_property
    def announcements(self) -> QuerySet[Announcement]:
        """What it says for a while."""
        return Announcement.objects.in_force(self.now).filter(station=self.station)

    @cached_property
    def difficulties(self) -> QuerySet[Difficulty]:
        """What is hard and not over."""
        return self.station.difficulties.filter(ended_on=None)

    @cached_property
    def buildings(self) -> QuerySet[ServedBuilding]:
        """The buildings it serves, those it is responsible for first."""
        return self.station.serves.select_related("building").order_by("-responsible", "building__reading")

    @cached_property
    def corridors(self) -> QuerySet[Corridor]:
        return self.station.corridors.order_by("reading")

    @cached_property
    def week(self) -> list[Day]:
        return week(self.card, self.now)

    @cached_property
    def has_hours(self) -> bool:
        return bool(self.card.timetable.rules or self.card.timetable.exceptions)

    @cached_property
    def coming(self) -> list[OtherDay]:
        return coming_exceptions(self.card.timetable, self.now.astimezone(self.card.zone).date())

    @cached_property
    def phones(self) -> list[dict[str, Any]]:
        return phones(self.station)

    @cached_property
    def map_links(self) -> list[tuple[str, str]]:
        return map_links(self.station)

    @cached_property
    def checked(self) -> str:
        return checked(self.station)
