"""Organisations, stations, services, opening hours. Content has one language and optional translations."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from linli.areas.models import Unit
from linli.kit.coordinates import Point, to_wgs84
from linli.kit.ids import code, uuid7


class Translated(models.Model):
    """Words in one `language`, with `translations` of the form {"en": {"name": "…"}} (kit.words.said)."""

    language = models.CharField(max_length=16)
    translations = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True


class Sourced(models.Model):
    """Where an imported row came from; both empty for rows made here. The pair finds it again at the next import."""

    source = models.CharField(max_length=60, blank=True)
    source_id = models.CharField(max_length=120, blank=True)

    class Meta:
        abstract = True


def once_per_source(name: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(fields=["source", "source_id"], condition=~Q(source_id=""), name=name)


class PublicQuerySet(models.QuerySet):
    def visible_to(self, person: object) -> Self:
        """The directory is public: everybody sees all of it without signing in."""
        return self


class Organisation(Translated, Sourced):
    """An organisation 组织 that runs stations or offers services (HSDS organization)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=20, unique=True, default=code)
    unit = models.OneToOneField(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="organisation"
    )
    name = models.CharField(max_length=200)
    reading = models.CharField(max_length=400, blank=True)
    description = models.TextField(blank=True)
    url = models.URLField(max_length=500, blank=True)
    email = models.EmailField(blank=True)

    objects = PublicQuerySet.as_manager()

    class Meta:
        constraints = [once_per_source("organisation_once_per_source")]

    def __str__(self) -> str:
        return self.name


class StationQuerySet(PublicQuerySet):
    def visible_to(self, person: object) -> Self:
        """Every station that has not closed for good is public."""
        return self.filter(unit__closed_on=None)


class Station(Translated, Sourced):
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
    address = models.CharField(max_length=300, blank=True)
    directions = models.CharField(max_length=300, blank=True)
    # As entered, in its own datum; `point` converts.
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    datum = models.CharField(max_length=5, default="wgs84")
    time_zone = models.CharField(max_length=60, default="Asia/Shanghai")
    # The source's own words where they could not be read as hours: shown as they stand, never guessed at.
    hours_text = models.TextField(blank=True)
    checked_on = models.DateField(null=True, blank=True)

    objects = StationQuerySet.as_manager()

    class Meta:
        constraints = [
            once_per_source("station_once_per_source"),
            models.CheckConstraint(condition=Q(datum__in=["wgs84", "gcj02", "bd09"]), name="station_datum"),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="station_point",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("site:station", args=[self.code])

    @property
    def point(self) -> Point | None:
        """(latitude, longitude) in WGS-84; None where nobody entered one."""
        if self.latitude is None or self.longitude is None:
            return None
        return to_wgs84(self.latitude, self.longitude, self.datum)


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


class ServiceAtStation(models.Model):
    """One service at one station (HSDS service_at_location), with the source's words for hours that were not readable."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="places")
    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="offers")
    hours_text = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "station"], name="service_once_at_station")]

    def __str__(self) -> str:
        return f"{self.service_id} at {self.station_id}"


class OpeningRule(models.Model):
    """Hours that come back every week, or on the nth such weekday of each month.

    `closes` at or before `opens` lies on the next day; 00:00–00:00 is the whole day. With a `service` the hours are that
    service's at this station, not the door's.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="rules")
    service = models.ForeignKey(
        Service, null=True, blank=True, on_delete=models.CASCADE, related_name="rules"
    )
    weekday = models.PositiveSmallIntegerField()
    nth = models.SmallIntegerField(default=0)
    opens = models.TimeField()
    closes = models.TimeField()
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="rule_weekday"),
            models.CheckConstraint(condition=Q(nth__gte=-1, nth__lte=5), name="rule_nth"),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_from__lt=F("valid_until")),
                name="rule_season",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens:%H:%M}–{self.closes:%H:%M}"


class OpeningException(models.Model):
    """Other hours on one day, or none: both times empty means closed all day. Several rows make several spans."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="exceptions")
    on = models.DateField()
    opens = models.TimeField(null=True, blank=True)
    closes = models.TimeField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["on", "opens"]
        constraints = [
            models.UniqueConstraint(fields=["station", "on", "opens"], name="exception_once"),
            models.UniqueConstraint(
                fields=["station", "on"], condition=Q(opens=None), name="exception_closed_once"
            ),
            models.CheckConstraint(
                condition=Q(opens=None, closes=None) | Q(opens__isnull=False, closes__isnull=False),
                name="exception_both_times",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on}"


class LiveStatus(models.Model):
    """What the station says of itself right now, until a moment that must be named. One at a time."""

    class State(models.TextChoices):
        OPEN = "open"
        CLOSED = "closed"
        FULL = "full"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="statuses")
    state = models.CharField(max_length=10, choices=State)
    since = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["station"], condition=Q(ended_at=None), name="status_one_live"),
            models.CheckConstraint(condition=Q(since__lt=F("until")), name="status_ends"),
            models.CheckConstraint(condition=Q(state__in=["open", "closed", "full"]), name="status_state"),
        ]

    def __str__(self) -> str:
        return f"{self.state} until {self.until}"

    def holds(self, at: datetime) -> bool:
        """Whether it is in force at a moment, whatever the background worker is doing."""
        return self.ended_at is None and self.since <= at < self.until
