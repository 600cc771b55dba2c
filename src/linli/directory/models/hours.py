"""Opening hours: what comes back, what differs on a day, what somebody said just now; and the spans they come to."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from linli.directory.hours import MAKE_UP_DAY
from linli.directory.models.offers import Service
from linli.directory.models.rooms import Entrance
from linli.directory.models.stations import Station
from linli.kit.ids import uuid7


class OpeningRuleQuerySet(models.QuerySet):
    def of_door(self) -> Self:
        """The door's own hours, not those of a service or of one entrance."""
        return self.filter(service=None, entrance=None)


class OpeningRule(models.Model):
    """Hours that come back every week, or on the nth such weekday of each month; `weekday` as in directory.hours.

    `closes` at or before `opens` lies on the next day; 00:00–00:00 is the whole day. With a `service` or an `entrance`
    the hours are that service's or that way in's at this station, not the door's.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="rules")
    service = models.ForeignKey(
        Service, null=True, blank=True, on_delete=models.CASCADE, related_name="rules"
    )
    entrance = models.ForeignKey(
        Entrance, null=True, blank=True, on_delete=models.CASCADE, related_name="rules"
    )
    weekday = models.PositiveSmallIntegerField()
    nth = models.SmallIntegerField(default=0)
    opens = models.TimeField()
    closes = models.TimeField()
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)

    objects = OpeningRuleQuerySet.as_manager()

    class Meta:
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=MAKE_UP_DAY), name="rule_weekday"),
            models.CheckConstraint(condition=Q(nth__gte=-1, nth__lte=5), name="rule_nth"),
            models.CheckConstraint(condition=Q(service=None) | Q(entrance=None), name="rule_of_one_thing"),
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


class OpenSpan(models.Model):
    """A stretch of open time [opens_at, closes_at) of the coming days, written by directory.spans for lists and maps.

    Never edited: it is what rules, exceptions, holidays and live status come to, and is renewed with each of them.
    """

    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="spans")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()

    class Meta:
        ordering = ["opens_at"]
        constraints = [
            models.UniqueConstraint(fields=["station", "closes_at", "opens_at"], name="span_once"),
            models.CheckConstraint(condition=Q(opens_at__lt=F("closes_at")), name="span_lasts"),
        ]
        indexes = [models.Index(fields=["opens_at", "closes_at"], name="span_moment")]

    def __str__(self) -> str:
        return f"{self.opens_at}–{self.closes_at}"
