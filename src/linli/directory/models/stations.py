"""Stations 站点, the buildings they serve, and corridors 走廊 of stations across areas."""

from datetime import datetime
from functools import lru_cache
from typing import Any, Self
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from linli.areas.models import Unit
from linli.directory.models.base import (
    Placed,
    PublicQuerySet,
    Sourced,
    Translated,
    once_per_source,
    placed_rightly,
)
from linli.directory.models.buildings import Building
from linli.directory.models.organisations import Organisation
from linli.kit.ids import code, uuid7


@lru_cache(maxsize=4096)
def station_url(code: str) -> str:
    """The address of a station's page; lists ask for fifty at a time."""
    return reverse("site:station", args=[code])


class StationQuerySet(PublicQuerySet):
    def visible_to(self, person: object) -> Self:
        """Every station that has not closed for good is public."""
        return self.filter(unit__closed_on=None)

    def briefly(self) -> Self:
        """What a row of a list of anything shows."""
        return self.only("code", "name", "address", "language", "translations")

    def open_at(self, at: datetime) -> Self:
        """Stations whose door is open at a moment of the coming days (directory.spans)."""
        return self.filter(self.is_open(at))

    def closed_at(self, at: datetime) -> Self:
        return self.exclude(self.is_open(at))

    def is_open(self, at: datetime, until: datetime | None = None) -> Exists:
        """The condition itself; with `until`, that it stays open without a break until then."""
        return Exists(self.related("spans").filter(closes_at__gt=until or at, opens_at__lte=at))

    def offering(self, *facilities: str) -> Self:
        """Stations that have every one of these facilities."""
        return self.filter(*(Exists(self.related("facilities").filter(kind=kind)) for kind in facilities))

    def step_free(self) -> Self:
        """Stations with at least one entrance that is known to have no step."""
        return self.filter(Exists(self.related("entrances").filter(steps=0)))

    def related(self, name: str) -> Any:
        """Rows that hang on the station of the outer query."""
        model = self.model._meta.get_field(name).related_model
        return model._default_manager.filter(station=OuterRef("pk"))


class Station(Translated, Sourced, Placed):
    """A station 站点: a door people can come to, its hours kept in its own `time_zone`."""

    class Kind(models.TextChoices):
        CENTRE = "centre"
        GRID = "grid"
        NEIGHBOURHOOD = "neighbourhood"
        BUILDING = "building"
        MICRO = "micro"
        COURIER = "courier"
        SHOP = "shop"
        PLACE = "place"

    class Checker(models.TextChoices):
        """Who found the entry right on `checked_on`: a place in the network, never a person's name."""

        DESK = "desk"
        AREA = "area"
        SOURCE = "source"

    class JudgedBy(models.TextChoices):
        """Whose hours say whether it is open: the door's, those of the services behind it, or nobody's."""

        DOOR = "door"
        SERVICES = "services"
        NOTHING = "none"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=20, unique=True, default=code)
    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="station")
    kind = models.CharField(max_length=20, choices=Kind)
    operator = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="stations"
    )
    name = models.CharField(max_length=200)
    reading = models.CharField(max_length=400, blank=True)
    brand = models.CharField(max_length=100, blank=True)
    about = models.TextField(blank=True)
    # How it works 运行机制: who runs it with whom, who decides what, how one takes part.
    how_it_works = models.TextField(blank=True)
    address = models.CharField(max_length=300, blank=True)
    directions = models.CharField(max_length=300, blank=True)
    time_zone = models.CharField(max_length=60, default="Asia/Shanghai")
    # The source's own words where they could not be read as hours: shown as they stand, never guessed at.
    hours_text = models.TextField(blank=True)
    # What stays open around the clock (24 小时区), in words; empty where nothing does.
    all_day_zone = models.CharField(max_length=200, blank=True)
    # Whether public holidays and make-up workdays 调休 change its hours (see directory.hours).
    follows_holidays = models.BooleanField(default=False)
    # Its people have set the hours of the door themselves: an import leaves them as they are.
    keeps_own_hours = models.BooleanField(default=False, editable=False)
    checked_on = models.DateField(null=True, blank=True)
    checked_by = models.CharField(max_length=10, choices=Checker, blank=True)
    # Kept by directory.spans: until when OpenSpan rows are written, and what they rest on.
    spans_until = models.DateTimeField(null=True, blank=True, editable=False)
    judged_by = models.CharField(max_length=10, choices=JudgedBy, default=JudgedBy.NOTHING, editable=False)

    objects = StationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["reading", "code"], name="station_reading"),
            models.Index(fields=["wgs_latitude", "wgs_longitude"], name="station_place"),
            models.Index(fields=["spans_until"], name="station_spans_until"),
        ]
        constraints = [once_per_source("station_once_per_source"), *placed_rightly("station")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return station_url(self.code)

    @property
    def zone(self) -> ZoneInfo:
        """Whose clock hangs on its wall."""
        return ZoneInfo(self.time_zone)


class ServedBuilding(models.Model):
    """A building that a station serves; at most one station is the responsible one 主责."""

    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="serves")
    building = models.ForeignKey(Building, on_delete=models.CASCADE, related_name="served_by")
    responsible = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["station", "building"], name="served_building_once"),
            models.UniqueConstraint(
                fields=["building"], condition=Q(responsible=True), name="served_building_one_responsible"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.station_id} serves {self.building_id}"


class Corridor(Translated):
    """A corridor 走廊: stations of several areas along a river, a line or a theme, one of which leads."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=20, unique=True, default=code)
    name = models.CharField(max_length=200)
    reading = models.CharField(max_length=400, blank=True)
    about = models.TextField(blank=True)
    lead = models.ForeignKey(Station, null=True, blank=True, on_delete=models.PROTECT, related_name="leads")
    stations = models.ManyToManyField(Station, through="CorridorStation", related_name="corridors")

    objects = PublicQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("site:corridor", args=[self.code])


class CorridorStation(models.Model):
    """A station's place in a corridor, in the order one walks it."""

    corridor = models.ForeignKey(Corridor, on_delete=models.CASCADE, related_name="stops")
    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="on_corridors")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["corridor", "station"], name="corridor_station_once"),
            models.UniqueConstraint(fields=["corridor", "position"], name="corridor_position_once"),
        ]

    def __str__(self) -> str:
        return f"{self.corridor_id} {self.position}"
