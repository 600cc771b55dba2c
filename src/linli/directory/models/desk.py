"""What the desk keeps: supplies 物资, who is on duty 值班, how many walked in 到站人次."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from linli.directory.models.rooms import Facility
from linli.directory.models.stations import Station
from linli.kit.ids import code, uuid7
from linli.kit.secrets import EncryptedTextField
from linli.people.rules import held


class AtThisDeskQuerySet(models.QuerySet):
    def visible_to(self, person: Any) -> Self:
        """Whoever works at that very station."""
        return self.filter(station__unit__in=held(person, {"worker", "manager"}).values("unit"))


class Supply(models.Model):
    """An item in stock 物资; at or under its `low` mark the desk is told to restock. `facility`: what runs dry with it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=20, unique=True, default=code)
    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="supplies")
    name = models.CharField(max_length=100)
    stock = models.PositiveIntegerField(default=0)
    low = models.PositiveIntegerField(default=0)
    facility = models.CharField(max_length=20, choices=Facility.Kind, blank=True)

    objects = AtThisDeskQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["station", "name"], name="supply_name_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_low(self) -> bool:
        return self.stock <= self.low


class DutyQuerySet(AtThisDeskQuerySet):
    def visible_to(self, person: Any) -> Self:
        """Colleagues at that very station, and whoever it is about."""
        if not getattr(person, "is_authenticated", False):
            return self.none()
        here = held(person, {"worker", "manager"}).values("unit")
        return self.filter(Q(person=person) | Q(station__unit__in=here))


class Duty(models.Model):
    """Who is on duty 值班 at a station on a day; `ends` at or before `starts` lies on the next day."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="duties")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    on = models.DateField()
    starts = models.TimeField()
    ends = models.TimeField()

    objects = DutyQuerySet.as_manager()

    class Meta:
        ordering = ["on", "starts"]
        constraints = [
            models.UniqueConstraint(fields=["station", "person", "on", "starts"], name="duty_once"),
            models.CheckConstraint(condition=~Q(starts=F("ends")), name="duty_lasts"),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.starts:%H:%M}"


class WalkIn(models.Model):
    """How many came in during one hour of a day, counted without names."""

    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="walk_ins")
    on = models.DateField()
    hour = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField(default=0)
    # When it was written down, if that was after the hour had passed.
    entered_late_at = models.DateTimeField(null=True, blank=True)

    objects = AtThisDeskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["station", "on", "hour"], name="walk_in_hour_once"),
            models.CheckConstraint(condition=Q(hour__lte=23), name="walk_in_hour"),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.hour:02}: {self.count}"


class WrongNote(models.Model):
    """What a visitor says is wrong on the station's page. Read at that desk only; nobody is asked who they are."""

    class What(models.TextChoices):
        HOURS = "hours"
        ADDRESS = "address"
        PHONE = "phone"
        FACILITIES = "facilities"
        OTHER = "other"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=20, unique=True, default=code)
    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="wrong_notes")
    what = models.CharField(max_length=10, choices=What)
    text = EncryptedTextField()
    at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = AtThisDeskQuerySet.as_manager()

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.what} at {self.station_id}"
