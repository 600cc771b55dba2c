"""Stations as people meet them in lists: each with the answer to "is it open"."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.functional import cached_property, lazy
from django.utils.translation import gettext_lazy as _

from linli.areas import tree
from linli.areas.models import Unit
from linli.directory.hours import Opening, opening, scheduled
from linli.directory.models import LiveStatus, OpeningException, OpeningRule, Station, StationQuerySet
from linli.kit.forms import LineField
from linli.kit.nouns import noun

# Up to this many stations are named in a query; SQLite takes no more than 999 parameters everywhere.
NAMED = 500


class RuleRow(NamedTuple):
    """An opening rule of a door, as `hours` asks for it: rows, not models, for a list holds thousands."""

    station_id: UUID
    weekday: int
    nth: int
    opens: time
    closes: time
    valid_from: date | None
    valid_until: date | None


class ExceptionRow(NamedTuple):
    """An opening exception of a door."""

    station_id: UUID
    on: date
    opens: time | None
    closes: time | None
    reason: str


@dataclass
class Timetable:
    """All that decides whether one door is open. `services` only where the door has no hours of its own."""

    rules: list[RuleRow] = field(default_factory=list)
    exceptions: list[ExceptionRow] = field(default_factory=list)
    live: LiveStatus | None = None
    services: list[RuleRow] = field(default_factory=list)

    def opening(self, at: datetime, zone: ZoneInfo) -> Opening:
        """The door's answer; where it has no hours, whether one of its services is on."""
        answer = opening(self.rules, self.exceptions, self.live, at, zone)
        if answer.basis != "none" or not self.services:
            return answer
        return replace(scheduled(self.services, [], at, zone), basis="services")


def timetables(stations: Collection[Station], at: datetime) -> dict[UUID, Timetable]:
    """The timetable of every door, exceptions of the last week and to come: four queries at most."""
    found = {station.pk: Timetable() for station in stations}
    # All of them are read without naming each: a database takes only so many parameters.
    within = Q(station__in=list(found)) if len(found) <= NAMED else Q()
    rules = OpeningRule.objects.of_door().filter(within).order_by("weekday", "opens")
    exceptions = OpeningException.objects.filter(within, on__gte=at.date() - timedelta(days=7)).order_by(
        "on", "opens"
    )
    for rule in map(RuleRow._make, rules.values_list(*RuleRow._fields)):
        if rule.station_id in found:
            found[rule.station_id].rules.append(rule)
    for row in map(ExceptionRow._make, exceptions.values_list(*ExceptionRow._fields)):
        if row.station_id in found:
            found[row.station_id].exceptions.append(row)
    for live in LiveStatus.objects.filter(within, ended_at=None):
        if live.station_id in found:
            found[live.station_id].live = live
    add_services({pk: table for pk, table in found.items() if not table.rules})
    return found


def add_services(found: dict[UUID, Timetable]) -> None:
    """The hours of active services, for doors without hours of their own: one query, none where there is no such door."""
    if not found:
        return
    within = Q(station__in=list(found)) if len(found) <= NAMED else Q()
    rules = OpeningRule.objects.filter(within, service__active=True)
    for rule in map(RuleRow._make, rules.values_list(*RuleRow._fields)):
        if rule.station_id in found:
            found[rule.station_id].services.append(rule)


@dataclass(frozen=True)
class StationCard:
    """A station and whether its door is open at the moment the card was made."""

    station: Station
    opening: Opening
    zone: ZoneInfo
    timetable: Timetable

    @property
    def kind_noun(self) -> str:
        """The key of the noun for this kind of station in the terminology packs."""
        return KIND_NOUNS.get(self.station.kind, self.station.kind)

    @property
    def foreign_zone(self) -> str:
        """The zone's name when it is not the installation's, so that the page can say whose clock it means."""
        return "" if self.station.time_zone == settings.TIME_ZONE else self.station.time_zone


def station_card(station: Station, at: datetime) -> StationCard:
    """The card of one station."""
    return station_cards([station], at)[0]


def station_cards(stations: Iterable[Station], at: datetime) -> list[StationCard]:
    """Cards of all stations, open ones first and each group in the order of its reading: four queries."""
    stations = list(stations)
    tables = timetables(stations, at)
    return open_first(card(station, tables[station.pk], at) for station in stations)


def card(station: Station, table: Timetable, at: datetime) -> StationCard:
    zone = ZoneInfo(station.time_zone)
    return StationCard(station, table.opening(at, zone), zone, table)


ORDER = {"open": 0, "full": 1, "closed": 2, "unknown": 3}


def open_first(cards: Iterable[StationCard]) -> list[StationCard]:
    return sorted(
        cards, key=lambda card: (ORDER[card.opening.state], card.station.reading, card.station.code)
    )


# Where the pack's noun differs from the kind's own key.
KIND_NOUNS = {"courier": "courier_stop", "shop": "partner_shop"}


def kind_choices() -> list[tuple[str, Any]]:
    return [
        ("", _("Every kind")),
        *((kind, lazy(noun, str)(KIND_NOUNS.get(kind, kind))) for kind in Station.Kind.values),
    ]


class StationFilter(forms.Form):
    """What narrows the list. Anything it does not understand is as if it had not been asked."""

    open = forms.BooleanField(label=_("Open now"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=kind_choices)
    area = LineField(label=_("Area"), required=False, max_length=40, widget=forms.HiddenInput)

    def asked(self, name: str) -> Any:
        self.is_valid()
        return self.cleaned_data.get(name)

    def chosen(self, stations: StationQuerySet) -> StationQuerySet:
        """Narrowed by kind and area: at most two queries more."""
        if kind := self.asked("kind"):
            stations = stations.filter(kind=kind)
        if self.unit is not None:
            stations = stations.filter(unit__in=tree.descendants(self.unit.pk))
        return stations

    @cached_property
    def unit(self) -> Unit | None:
        """The area the list is narrowed to."""
        code = self.asked("area")
        return Unit.objects.filter(code=code).first() if code else None

    def keep(self, cards: list[StationCard]) -> list[StationCard]:
        return [card for card in cards if card.opening.is_open] if self.asked("open") else cards
