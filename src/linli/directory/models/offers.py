"""What is offered: services 服务项目, where they are given, and the public telephone numbers to ask."""

from typing import Self

from django.db import models
from django.db.models import Q

from linli.directory.models.base import PublicQuerySet, Sourced, Translated, once_per_source
from linli.directory.models.organisations import Organisation
from linli.directory.models.stations import Station
from linli.kit.ids import code, uuid7


class Phone(models.Model):
    """A public telephone number of a station, an organisation or a service; never a person's own."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    station = models.ForeignKey(
        Station, null=True, blank=True, on_delete=models.CASCADE, related_name="phones"
    )
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="phones"
    )
    service = models.ForeignKey(
        "Service", null=True, blank=True, on_delete=models.CASCADE, related_name="phones"
    )
    number = models.CharField(max_length=60)
    extension = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=20, default="voice")
    about = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(station__isnull=False) | Q(organisation__isnull=False) | Q(service__isnull=False),
                name="phone_belongs_somewhere",
            )
        ]

    def __str__(self) -> str:
        return self.number


class Service(Translated, Sourced):
    """A service item 服务项目 (HSDS service): what is offered, for whom, on which terms."""

    class Audience(models.TextChoices):
        EVERYBODY = "all"
        PERSONS = "person"
        FIRMS = "firm"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=20, unique=True, default=code)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="services"
    )
    name = models.CharField(max_length=300)
    reading = models.CharField(max_length=600, blank=True)
    description = models.TextField(blank=True)
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.EVERYBODY)
    # A word of the network's own list: study, culture, giving, governance, rest, charging, health, …
    kind = models.CharField(max_length=40, blank=True)
    how = models.TextField(blank=True)
    cost = models.CharField(max_length=500, blank=True)
    url = models.URLField(max_length=500, blank=True)
    email = models.EmailField(blank=True)
    active = models.BooleanField(default=True)

    objects = PublicQuerySet.as_manager()

    class Meta:
        constraints = [once_per_source("service_once_per_source")]

    def __str__(self) -> str:
        return self.name


class ServiceAtStationQuerySet(PublicQuerySet):
    def visible_to(self, person: object) -> Self:
        """What is given at stations that have not closed for good."""
        return self.filter(station__unit__closed_on=None)


class ServiceAtStation(models.Model):
    """One service at one station (HSDS service_at_location), with the source's words for hours that were not readable."""

    # What other programs know it by.
    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="places")
    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="offers")
    hours_text = models.TextField(blank=True)

    objects = ServiceAtStationQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "station"], name="service_once_at_station")]

    def __str__(self) -> str:
        return f"{self.service_id} at {self.station_id}"
