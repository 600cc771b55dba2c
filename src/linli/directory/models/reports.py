"""What passers-by say of a door: "closed", "no water", "full", for two hours, without an account; and the desk's word."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from linli.directory.models.stations import Station
from linli.kit.ids import uuid7


class DoorReportQuerySet(models.QuerySet):
    def visible_to(self, person: object) -> Self:
        """What is reported is public; by which device is in no page."""
        return self

    def standing(self, at: datetime) -> Self:
        """Reports that still count at that moment."""
        return self.filter(ended_at=None, at__lte=at, expires_at__gt=at)


class What(models.TextChoices):
    """What can be wrong at a door."""

    CLOSED = "closed"
    NO_WATER = "no_water"
    FULL = "full"


class DoorReport(models.Model):
    """One person's word about a door. `device` and `network` are digests under a key of the day; they tell two people
    apart and are blanked when the report ends."""

    What = What

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="reports")
    what = models.CharField(max_length=10, choices=What)
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    device = models.CharField(max_length=64, blank=True)
    network = models.CharField(max_length=64, blank=True)

    objects = DoorReportQuerySet.as_manager()

    class Meta:
        ordering = ["at"]
        indexes = [models.Index(fields=["station", "expires_at"], name="report_station")]
        constraints = [
            models.UniqueConstraint(
                fields=["station", "what", "device"],
                condition=Q(ended_at=None) & ~Q(device=""),
                name="report_once_a_device",
            ),
            models.CheckConstraint(condition=Q(at__lt=F("expires_at")), name="report_expires"),
            models.CheckConstraint(condition=Q(what__in=["closed", "no_water", "full"]), name="report_what"),
        ]

    def __str__(self) -> str:
        return f"{self.what} at {self.at}"


class DeskWord(models.Model):
    """When the desk last said itself how this is: it named the state of the door, or put water back. For half an hour
    no report goes against it."""

    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="desk_words")
    what = models.CharField(max_length=10, choices=What)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["station", "what"], name="desk_word_once"),
            models.CheckConstraint(
                condition=Q(what__in=["closed", "no_water", "full"]), name="desk_word_what"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} at {self.at}"
