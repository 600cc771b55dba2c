"""Sessions 场次: where, when, how many seats, and the counters that stay when the names have gone."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, Self
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from linli.areas import tree
from linli.areas.models import Unit
from linli.directory.models import Room, Station, Translated
from linli.kit.ids import code, uuid7
from linli.kit.secrets import EncryptedTextField
from linli.people.rules import held
from linli.programmes.models.programmes import Programme, Series

PUBLIC = ["open", "cancelled"]


@lru_cache(maxsize=4096)
def session_url(code: str) -> str:
    """The address of a session's page; lists ask for fifty at a time."""
    return reverse("programmes:session", args=[code])


class SessionQuerySet(models.QuerySet):
    def standing(self) -> Self:
        """A session goes with its station."""
        return self.filter(station__unit__closed_on=None)

    def visible_to(self, person: Any) -> Self:
        """What is open or was cancelled is everybody's; what is only proposed, its station's, its group's and its organisers'."""
        seen = Q(state__in=PUBLIC)
        if getattr(person, "is_authenticated", False):
            seen |= Q(station__unit__in=held(person, ["worker", "manager"]).values("unit"))
            seen |= Q(group__in=held(person, "group_lead").values("unit"))
            for unit_id in held(person, "organiser").values_list("unit_id", flat=True):
                seen |= Q(station__unit__in=tree.descendants(unit_id))
        return self.standing().filter(seen)

    def on_view(self) -> Self:
        """What lists show: open, and cancelled ones until their time has passed."""
        return self.standing().filter(state__in=PUBLIC)

    def coming(self, now: datetime) -> Self:
        """Not over yet, the next one first."""
        return self.on_view().filter(ends_at__gt=now).order_by("starts_at", "id")

    def over(self, now: datetime) -> Self:
        return self.standing().filter(state="open", ends_at__lte=now).order_by("-starts_at", "id")

    def of(self, unit_id: Any) -> Self:
        """At stations of a unit and of everything below it."""
        return self.filter(station__unit__in=tree.descendants(unit_id))

    def briefly(self) -> Self:
        """What a row of a list shows, and no more: it stands on the pages asked for most."""
        return self.select_related("station").only(
            "code", "name", "language", "translations", "state", "starts_at", "ends_at", "time_zone", "programme",
            "capacity", "taken", "waiting", "arrived", "heads",
            "station__code", "station__name", "station__language", "station__translations",
        )  # fmt: skip


class Session(Translated):
    """A session 场次 of a programme at, or looked after by, a station.

    `capacity` None: drop-in, nobody signs up. `taken` counts confirmed and offered seats and seats of blocks; `waiting` who
    is on the waiting list; `arrived` who came with a ticket, `heads` who was counted without one.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed"
        SUBMITTED = "submitted"
        OPEN = "open"
        DECLINED = "declined"
        CANCELLED = "cancelled"

    class Place(models.TextChoices):
        ROOM = "room"
        ONLINE = "online"
        OUTDOORS = "outdoors"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=20, unique=True, default=code)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="sessions")
    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="sessions")
    series = models.ForeignKey(
        Series, null=True, blank=True, on_delete=models.SET_NULL, related_name="sessions"
    )
    # The day the series' rule gave it; it stays when the session is moved.
    series_day = models.DateField(null=True, blank=True)
    # The self-run group that proposed it; the station is its sponsor.
    group = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.SET_NULL, related_name="sessions_of_group"
    )
    # What it answers, a Ref: a poll, later a matter.
    origin = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    name = models.CharField(max_length=120)
    about = models.TextField(blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    time_zone = models.CharField(max_length=60)

    place = models.CharField(max_length=8, choices=Place, default=Place.ROOM)
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.SET_NULL, related_name="sessions")
    # In a room of others: where; outdoors: the meeting point.
    where = models.CharField(max_length=200, blank=True)
    # Online: shown to those who have a seat.
    link = models.URLField(max_length=500, blank=True)
    route = models.CharField(max_length=300, blank=True)
    route_end = models.CharField(max_length=200, blank=True)
    gear = models.CharField(max_length=300, blank=True)
    weather_at = models.DateTimeField(null=True, blank=True)
    # Whom to call on the way; shown to those who have a seat, empty again a day after.
    emergency = EncryptedTextField(blank=True, default="")

    audience = models.CharField(max_length=200, blank=True)
    cost = models.CharField(max_length=100, blank=True)
    materials = models.CharField(max_length=300, blank=True)
    access = models.CharField(max_length=300, blank=True)
    held_in = models.CharField(max_length=60, blank=True)

    capacity = models.PositiveIntegerField(null=True, blank=True)
    taken = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)
    arrived = models.PositiveIntegerField(default=0)
    heads = models.PositiveIntegerField(default=0)
    max_per_contact = models.PositiveSmallIntegerField(default=4)
    opens_at = models.DateTimeField(null=True, blank=True)
    # Minutes after the start at which seats of those who have not come go to others; None: the desk decides.
    releases_after = models.PositiveSmallIntegerField(null=True, blank=True)

    reason = models.CharField(max_length=300, blank=True)
    came_of = models.TextField(blank=True)
    # How often its time or place was changed, or it was cancelled, since people signed up: they are told each time.
    changes = models.PositiveSmallIntegerField(default=0)
    # RFC 5545: SEQUENCE and LAST-MODIFIED.
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    objects = SessionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["starts_at", "id"], name="session_when"),
            models.Index(fields=["ends_at"], name="session_until"),
            models.Index(fields=["station", "starts_at"], name="session_at_station"),
            models.Index(fields=["programme", "starts_at"], name="session_of_programme"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(capacity=None, taken=0) | Q(taken__lte=F("capacity")),
                name="session_never_oversold",
            ),
            models.CheckConstraint(
                condition=Q(capacity=None) | Q(capacity__gte=1), name="session_has_a_seat_or_is_drop_in"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "submitted", "open", "declined", "cancelled"]),
                name="session_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["cancelled", "declined"]) | ~Q(reason=""),
                name="session_ends_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(place__in=["room", "online", "outdoors"]), name="session_place_known"
            ),
            models.CheckConstraint(
                condition=Q(max_per_contact__gte=1, max_per_contact__lte=9), name="session_per_contact"
            ),
            models.UniqueConstraint(
                fields=["series", "series_day"],
                condition=Q(series__isnull=False),
                name="session_of_series_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return session_url(self.code)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def local_day(self) -> date:
        """The day on which it begins by the clock there."""
        return self.starts_at.astimezone(self.zone).date()

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_cancelled(self) -> bool:
        return self.state == self.State.CANCELLED

    @property
    def takes_sign_ups(self) -> bool:
        return self.capacity is not None

    @property
    def free(self) -> int:
        """Seats nobody has; none for a drop-in."""
        return max(0, (self.capacity or 0) - self.taken)

    @property
    def came(self) -> int:
        """How many were there: with a ticket, and counted without one."""
        return self.arrived + self.heads

    @property
    def length(self) -> timedelta:
        return self.ends_at - self.starts_at


class Message(models.Model):
    """A message 通知 of those who look after a session to everybody who has a seat; it stands on their tickets."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="messages")
    text = models.CharField(max_length=500)
    sent_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.text
