"""Buildings 楼宇, who works in them, and landmarks by which somebody says where they are."""

from django.db import models
from django.db.models import F, Q
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
from linli.directory.models.organisations import Organisation
from linli.kit.ids import code, uuid7


class Building(Translated, Sourced, Placed):
    """A building 楼宇. It can lie across two subdistricts: `unit` is the responsible one, empty until one is named."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=20, unique=True, default=code)
    name = models.CharField(max_length=200)
    reading = models.CharField(max_length=400, blank=True)
    # Other names people use for it, as a list of texts.
    aliases = models.JSONField(default=list, blank=True)
    address = models.CharField(max_length=300, blank=True)
    floors = models.PositiveSmallIntegerField(null=True, blank=True)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="buildings")
    property_company = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = PublicQuerySet.as_manager()

    class Meta:
        constraints = [once_per_source("building_once_per_source"), *placed_rightly("building")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("site:building", args=[self.code])


class Occupancy(models.Model):
    """An organisation in a building, on a floor, from a day on until another; [since, until)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="occupancies")
    building = models.ForeignKey(Building, on_delete=models.CASCADE, related_name="occupancies")
    floor = models.CharField(max_length=20, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = PublicQuerySet.as_manager()

    class Meta:
        ordering = ["floor", "since"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "building", "floor"],
                condition=Q(until=None),
                name="occupancy_one_open",
            ),
            models.CheckConstraint(condition=Q(until=None) | Q(since__lt=F("until")), name="occupancy_ends"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} at {self.building_id}"


class Landmark(Translated, Sourced, Placed):
    """A point that people name instead of giving their position: a metro exit 地铁口, a crossing, a market."""

    class Kind(models.TextChoices):
        METRO = "metro"
        PLACE = "place"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=20, unique=True, default=code)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.PLACE)
    name = models.CharField(max_length=200)
    reading = models.CharField(max_length=400, blank=True)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="landmarks")

    objects = PublicQuerySet.as_manager()

    class Meta:
        constraints = [once_per_source("landmark_once_per_source"), *placed_rightly("landmark")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """What is near it: a landmark has no page of its own."""
        return f"{reverse('site:nearby')}?from={self.code}"
