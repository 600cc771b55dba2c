"""Stations as people meet them in lists: each with the answer to "is it open"."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from linli.areas import tree
from linli.areas.models import Unit
from linli.directory.hours import Opening, opening
from linli.directory.models import Station, StationQuerySet
from linli.kit.forms import LineField
from linli.kit.nouns import noun


@dataclass(frozen=True)
class StationCard:
    """A station and whether its door is open at the moment the card was made."""

    station: Station
    opening: Opening
    zone: ZoneInfo

    @property
    def kind_noun(self) -> str:
        """The key of the noun for this kind of station in the terminology packs."""
        return KIND_NOUNS.get(self.station.kind, self.station.kind)

    @property
    def foreign_zone(self) -> str:
        """The zone's name when it is not the installation's, so that the page can say whose clock it means."""
        return "" if self.station.time_zone == settings.TIME_ZONE else self.station.time_zone


def station_card(station: Station, at: datetime) -> StationCard:
    """Asks nothing of the database for a station fetched `with_hours`."""
    zone = ZoneInfo(station.time_zone)
    live = next(iter(station.live_rows), None)
    door = [rule for rule in station.rules.all() if rule.service_id is None]
    return StationCard(station, opening(door, station.exceptions.all(), live, at, zone), zone)


def station_cards(stations: StationQuerySet, at: datetime) -> list[StationCard]:
    """Cards of all stations, open ones first and each group in the order of its reading: four queries."""
    return open_first(station_card(station, at) for station in stations.with_hours())


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
        if self.area is not None:
            stations = stations.filter(unit__in=tree.descendants(self.area.pk))
        return stations

    @property
    def area(self) -> Unit | None:
        code = self.asked("area")
        return Unit.objects.filter(code=code).first() if code else None

    def keep(self, cards: list[StationCard]) -> list[StationCard]:
        return [card for card in cards if card.opening.is_open] if self.asked("open") else cards
