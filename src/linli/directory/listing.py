"""Stations as people meet them in lists: each with the answer to "is it open", found by the database (directory.spans)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.core.cache import cache
from django.utils.functional import cached_property, lazy
from django.utils.translation import gettext_lazy as _

from linli.areas import tree
from linli.areas.models import Unit
from linli.directory.doors import Door, doors
from linli.directory.hours import Opening
from linli.directory.models import Station, StationQuerySet
from linli.directory.models.stations import station_url
from linli.directory.timetables import Timetable, timetables
from linli.directory.wording import door_words
from linli.kit.forms import LineField
from linli.kit.nouns import noun
from linli.ledger.edition import edition

# Where the pack's noun differs from the kind's own key.
KIND_NOUNS = {"courier": "courier_stop", "shop": "partner_shop"}


@dataclass(frozen=True)
class StationCard:
    """A station and whether its door is open at the moment the card was made."""

    station: Station | Door
    opening: Opening
    zone: ZoneInfo

    @property
    def url(self) -> str:
        return station_url(self.station.code)

    @property
    def kind_noun(self) -> str:
        """The key of the noun for this kind of station in the terminology packs."""
        return KIND_NOUNS.get(self.station.kind, self.station.kind)

    @property
    def tone(self) -> str:
        return door_words(self.opening, self.zone)[0]

    @property
    def says(self) -> str:
        """Open or closed, until when: one sentence."""
        return door_words(self.opening, self.zone)[1]

    @property
    def foreign_zone(self) -> str:
        """The zone's name when it is not the installation's, so that the page can say whose clock it means."""
        return "" if self.station.time_zone == settings.TIME_ZONE else self.station.time_zone


@dataclass(frozen=True)
class FullCard(StationCard):
    """A card with all that the answer rests on: for the station's own page and its desk."""

    timetable: Timetable


def station_card(station: Station, at: datetime) -> FullCard:
    """The card of one station, judged by its rules and not by the table of spans: five queries at most."""
    zone, table = ZoneInfo(station.time_zone), timetables([station], at)[station.pk]
    return FullCard(station, table.opening(at, zone), zone, table)


def station_cards(stations: StationQuerySet, at: datetime) -> list[StationCard]:
    """Cards of stations in the order of the queryset: two queries, however many there are."""
    return cards_of(list(stations.values_list("pk", flat=True)), at)


def cards_of(station_ids: list[UUID], at: datetime) -> list[StationCard]:
    """Cards of stations in this order: one query."""
    found = doors(station_ids, at)
    return [
        StationCard(door, door.opening, door.zone)
        for door in (found[station_id] for station_id in station_ids)
    ]


class OpenFirst:
    """The cards of a list: open doors first, each group in the order of its reading. A Paginator cuts pages from it.

    A page is kept for the minute, as doors change on the minute, or until the next fact: all that a card says rests on
    facts and the clock. So a page costs one query, and three or four more now and then.
    """

    def __init__(
        self, choose: Callable[[], StationQuerySet], at: datetime, kept_as: str, *, only_open: bool = False
    ):
        self.choose, self.at, self.only_open, self.name = choose, at, only_open, kept_as

    @cached_property
    def edition(self) -> str:
        """Under which whatever else stands beside the list can be kept too."""
        return edition(self.at)

    @cached_property
    def kept_as(self) -> str:
        return f"stations/{self.name}/{self.edition}"

    @cached_property
    def stations(self) -> StationQuerySet:
        return self.choose().order_by("reading", "code")

    def count(self) -> int:
        return self.open_count() if self.only_open else self.whole_count()

    def open_count(self) -> int:
        return self.counted("open", lambda: self.stations.open_at(self.at))

    def whole_count(self) -> int:
        return self.counted("all", lambda: self.stations)

    def counted(self, what: str, stations: Callable[[], StationQuerySet]) -> int:
        return int(cache.get_or_set(f"{self.kept_as}/{what}", lambda: stations().order_by().count(), 60))

    def __getitem__(self, part: slice) -> list[StationCard]:
        start, stop = part.start or 0, part.stop
        kept_as = f"{self.kept_as}/{'open' if self.only_open else 'all'}/{start}-{stop}"
        found: list[StationCard] = cache.get_or_set(
            kept_as, lambda: cards_of(self.ids(start, stop), self.at), 60
        )
        return found

    def ids(self, start: int, stop: int) -> list[UUID]:
        ids = list(self.stations.open_at(self.at).values_list("pk", flat=True)[start:stop])
        if len(ids) < stop - start and not self.only_open:
            before = start + len(ids) if ids or not start else self.open_count()
            closed = self.stations.closed_at(self.at).values_list("pk", flat=True)
            ids += closed[max(0, start - before) : stop - before]
        return ids


noun_later = lazy(noun, str)


def kind_choices() -> list[tuple[str, Any]]:
    return [
        ("", _("Every kind")),
        *((kind, noun_later(KIND_NOUNS.get(kind, kind))) for kind in Station.Kind.values),
    ]


def tick(label: Any) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False)


class StationFilter(forms.Form):
    """What narrows the list. Anything it does not understand is as if it had not been asked."""

    open = tick(_("Open now"))
    all_night = tick(_("Open around the clock"))
    water = tick(_("Drinking water"))
    phone_charging = tick(_("Phone charging"))
    toilet = tick(_("Toilet"))
    step_free = tick(_("Step-free"))
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=kind_choices)
    area = LineField(label=_("Area"), required=False, max_length=40, widget=forms.HiddenInput)

    FACILITIES = ("water", "phone_charging", "toilet")
    TICKS = ("open", "all_night", *FACILITIES, "step_free")

    @property
    def query(self) -> str:
        """What was asked and understood, for the address of another page that shows the same stations."""
        asked = {name: self.asked(name) for name in self.fields}
        return urlencode({name: "on" if value is True else value for name, value in asked.items() if value})

    @property
    def ticks(self) -> list[tuple[str, Any, bool]]:
        """(name, label, whether it was asked) of what is ticked: drawn by the page itself, which is on every list."""
        return [(name, self.fields[name].label, bool(self.asked(name))) for name in self.TICKS]

    @property
    def kinds(self) -> list[tuple[str, Any, bool]]:
        """(value, label, whether it was asked) of each kind of station."""
        return [
            (kind, label, kind == (self.asked("kind") or "")) for kind, label in self.fields["kind"].choices
        ]

    def asked(self, name: str) -> Any:
        self.is_valid()
        return self.cleaned_data.get(name)

    def chosen(self, stations: StationQuerySet, at: datetime) -> StationQuerySet:
        """Narrowed by all that was asked but "open now", in one query."""
        stations = stations.offering(*filter(self.asked, self.FACILITIES))
        if self.asked("step_free"):
            stations = stations.step_free()
        if self.asked("all_night"):
            stations = stations.filter(stations.is_open(at, until=at + timedelta(days=1)))
        if kind := self.asked("kind"):
            stations = stations.filter(kind=kind)
        if self.unit is not None:
            stations = stations.filter(unit__in=tree.descendants(self.unit.pk))
        return stations

    def listed(self, stations: StationQuerySet, at: datetime) -> OpenFirst:
        """The list that was asked for."""
        ticks = ",".join(filter(self.asked, self.TICKS))
        kept_as = f"{ticks}/{self.asked('kind') or ''}/{self.unit.pk if self.unit else ''}"
        return OpenFirst(lambda: self.chosen(stations, at), at, kept_as, only_open=bool(self.asked("open")))

    @cached_property
    def unit(self) -> Unit | None:
        """The area the list is narrowed to."""
        code = self.asked("area")
        return Unit.objects.filter(code=code).first() if code else None
