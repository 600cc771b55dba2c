"""What is behind a station's door: entrances, rooms, facilities; and what is hard there or different for a while."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from linli.directory.models.base import Placed, PublicQuerySet, Translated, placed_rightly
from linli.directory.models.stations import Station
from linli.kit.gallery import Photo
from linli.kit.ids import code, uuid7
from linli.kit.words import said


class OfStationQuerySet(PublicQuerySet):
    def visible_to(self, person: object) -> Self:
        """Everybody sees what is behind a door as long as its station is there; it goes with the station."""
        return self.filter(station__unit__closed_on=None)


class Entrance(Translated, Placed):
    """A way in 入口: where it is, its steps, where to leave the bike. Its own hours are `OpeningRule` rows that name it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=20, unique=True, default=code)
    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="entrances")
    name = models.CharField(max_length=100)
    directions = models.CharField(max_length=300, blank=True)
    # None: nobody has counted; 0: step-free.
    steps = models.PositiveSmallIntegerField(null=True, blank=True)
    bike = models.CharField(max_length=200, blank=True)
    photo = models.FileField(upload_to="entrances", blank=True, max_length=200)
    photo_alt = models.CharField(max_length=200, blank=True)

    objects = OfStationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["station", "name"], name="entrance_name_once"),
            models.CheckConstraint(condition=Q(photo="") | ~Q(photo_alt=""), name="entrance_photo_described"),
            *placed_rightly("entrance"),
        ]
        # A photo is asked for by its name.
        indexes = [models.Index(fields=["photo"], condition=~Q(photo=""), name="entrance_photo")]

    def __str__(self) -> str:
        return self.name

    @property
    def picture(self) -> Photo | None:
        """Its photo as pages show it; None for most entrances."""
        return Photo(self.photo.name, said(self, "photo_alt")) if self.photo else None


class Room(Translated):
    """A room 房间; one room has many functions."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=20, unique=True, default=code)
    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="rooms")
    name = models.CharField(max_length=100)
    floor = models.CharField(max_length=20, blank=True)
    seats = models.PositiveSmallIntegerField(null=True, blank=True)
    functions = models.CharField(max_length=200, blank=True)
    equipment = models.CharField(max_length=200, blank=True)

    objects = OfStationQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["station", "name"], name="room_name_once")]

    def __str__(self) -> str:
        return self.name


class Facility(Translated):
    """Something one can use without asking 设施. Charging a phone, charging an e-bike and swapping a battery differ."""

    class Kind(models.TextChoices):
        WATER = "water"
        SEAT = "seat"
        TOILET = "toilet"
        PHONE_CHARGING = "phone_charging"
        EBIKE_CHARGING = "ebike_charging"
        BATTERY_SWAP = "battery_swap"
        MICROWAVE = "microwave"
        FRIDGE = "fridge"
        WIFI = "wifi"
        FIRST_AID = "first_aid"
        AED = "aed"
        NURSING_ROOM = "nursing_room"
        WHEELCHAIR = "wheelchair"
        UMBRELLA = "umbrella"
        BOOKS = "books"
        PRINTER = "printer"

    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="facilities")
    kind = models.CharField(max_length=20, choices=Kind)
    indoors = models.BooleanField(default=True)
    # Where it is, or what one has to know: "by the east door", "cups at the desk".
    note = models.CharField(max_length=200, blank=True)

    objects = OfStationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["station", "kind"], name="facility_once"),
            # Batteries of e-bikes burn: a charger inside a building is never listed.
            models.CheckConstraint(
                condition=~Q(kind="ebike_charging", indoors=True), name="facility_no_ebike_charging_indoors"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} at {self.station_id}"


class Difficulty(Translated):
    """What is hard at a station 重点难点, the help it wants, and since when; open until somebody ends it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=20, unique=True, default=code)
    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="difficulties")
    what = models.CharField(max_length=300)
    help_wanted = models.CharField(max_length=300, blank=True)
    since = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    objects = OfStationQuerySet.as_manager()

    class Meta:
        ordering = ["since"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(since__lte=F("ended_on")), name="difficulty_ends"
            )
        ]

    def __str__(self) -> str:
        return self.what


class AnnouncementQuerySet(OfStationQuerySet):
    def in_force(self, at: datetime) -> Self:
        return self.filter(starts_at__lte=at, ends_at__gt=at)


class Announcement(Translated):
    """A temporary notice 临时通知 of a station: what, why, and until when. It vanishes by itself."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=20, unique=True, default=code)
    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="announcements")
    text = models.CharField(max_length=500)
    reason = models.CharField(max_length=200)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="announcement_ends")
        ]

    def __str__(self) -> str:
        return self.text
