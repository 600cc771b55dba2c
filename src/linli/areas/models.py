"""Units, their dated versions, and holiday years. Invariants live in the constraints below."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast
from django.db.models.lookups import IsNull
from django.utils import timezone

from linli.kit.ids import uuid7


class UnitQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Units are public: everybody sees all of them."""
        return self

    def standing(self, on: date | None = None):
        """Units that exist on that day (today)."""
        on = on or timezone.localdate()
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=on), opened_on__lte=on)


class Unit(models.Model):
    """One node of the tree. What it is called and where it stands is in its versions; the code never changes."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=40, unique=True)
    # Free text from data, a noun of the terminology pack: levels are never an enumeration.
    kind = models.CharField(max_length=40)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    closing_recorded_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged"
    )
    # Name of the terminology pack that holds here and below; empty: that of the parent.
    pack = models.CharField(max_length=40, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="areas_unit_has_a_code", condition=~Q(code="")),
            models.CheckConstraint(
                name="areas_unit_closes_after_opening",
                condition=Q(closed_on=None) | Q(closed_on__gt=F("opened_on")),
            ),
            models.CheckConstraint(
                name="areas_unit_closing_is_recorded",
                condition=Q(closed_on=None, closing_recorded_at=None)
                | Q(closed_on__isnull=False, closing_recorded_at__isnull=False),
            ),
            models.CheckConstraint(
                name="areas_unit_merged_is_closed", condition=Q(merged_into=None) | Q(closed_on__isnull=False)
            ),
            models.CheckConstraint(
                name="areas_unit_not_merged_into_itself",
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
            ),
        ]

    def __str__(self):
        return self.code

    def stands(self, on: date) -> bool:
        """Does the unit exist on that day?"""
        return self.opened_on <= on and (self.closed_on is None or on < self.closed_on)

    @property
    def closing_was_late(self) -> bool:
        """Was the closing written down only after its day?"""
        return self.closed_on is not None and timezone.localdate(self.closing_recorded_at) > self.closed_on


class UnitVersionQuerySet(models.QuerySet):
    def valid(self, on: date | None = None):
        """The one version of each unit that is true on that day (today)."""
        on = on or timezone.localdate()
        return self.filter(Q(valid_until=None) | Q(valid_until__gt=on), valid_from__lte=on)

    def valid_after(self, on: date):
        """Versions true on that day or later."""
        return self.filter(Q(valid_until=None) | Q(valid_until__gt=on))


class UnitVersion(models.Model):
    """What a unit is called and where it stands, from `valid_from` until the day before `valid_until`.

    The versions of a unit follow each other without gap or overlap from its opening to its closing.
    """

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="versions")
    parent = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="child_versions"
    )
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=16)
    # {"en": {"name": "…"}}; read with kit.words.said().
    translations = models.JSONField(default=dict, blank=True)
    # Pinyin, to sort and search by: filled by kit.pinyin and editable, for it reads 长宁 as zhang ning.
    reading = models.CharField(max_length=400, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = UnitVersionQuerySet.as_manager()

    class Meta:
        ordering = ["valid_from"]
        constraints = [
            models.UniqueConstraint(name="areas_version_one_a_day", fields=["unit", "valid_from"]),
            models.UniqueConstraint(name="areas_version_one_end_a_day", fields=["unit", "valid_until"]),
            models.UniqueConstraint(
                name="areas_version_one_open", fields=["unit"], condition=Q(valid_until=None)
            ),
            models.UniqueConstraint(
                IsNull(F("parent"), True),
                name="areas_version_one_root",
                condition=Q(parent=None, valid_until=None),
            ),
            models.CheckConstraint(
                name="areas_version_from_before_until",
                condition=Q(valid_until=None) | Q(valid_from__lt=F("valid_until")),
            ),
            models.CheckConstraint(
                name="areas_version_not_under_itself", condition=Q(parent=None) | ~Q(parent=F("unit"))
            ),
        ]
        indexes = [models.Index(name="areas_version_below", fields=["parent", "valid_from"])]

    def __str__(self):
        return f"{self.name} {self.valid_from}"

    @property
    def was_late(self) -> bool:
        """Was it written down only after the day it became true?"""
        return timezone.localdate(self.recorded_at) > self.valid_from


class TreeLock(models.Model):
    """A single row. Whoever changes the tree holds it first, so that two moves never make a ring."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)

    class Meta:
        constraints = [models.CheckConstraint(name="areas_treelock_single", condition=Q(id=1))]

    def __str__(self):
        return "tree"


class HolidayYearQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Holidays are public."""
        return self


class HolidayYear(models.Model):
    """A year whose days off are known: official as published, or provisional, an assumption until then."""

    class Status(models.TextChoices):
        OFFICIAL = "official"
        PROVISIONAL = "provisional"

    year = models.PositiveSmallIntegerField(primary_key=True)
    code = models.GeneratedField(
        expression=Cast("year", models.CharField(max_length=4)),
        output_field=models.CharField(max_length=4),
        db_persist=True,
    )
    status = models.CharField(max_length=12, choices=Status)
    # Where it was published, or on what the assumption rests, in the words of the file.
    source = models.CharField(max_length=500)
    imported_at = models.DateTimeField(default=timezone.now)

    objects = HolidayYearQuerySet.as_manager()

    class Meta:
        ordering = ["year"]
        constraints = [
            models.CheckConstraint(name="areas_year_plausible", condition=Q(year__gte=1949, year__lte=2200)),
            models.CheckConstraint(
                name="areas_year_status", condition=Q(status__in=["official", "provisional"])
            ),
        ]

    def __str__(self):
        return str(self.year)


class DayOff(models.Model):
    """A holiday, or a weekend day worked in exchange (调休)."""

    class Kind(models.TextChoices):
        HOLIDAY = "holiday"
        WORKDAY = "workday"

    year = models.ForeignKey(HolidayYear, on_delete=models.CASCADE, related_name="days")
    on = models.DateField(unique=True)
    kind = models.CharField(max_length=8, choices=Kind)
    name = models.CharField(max_length=60)

    class Meta:
        ordering = ["on"]
        constraints = [
            models.CheckConstraint(name="areas_dayoff_kind", condition=Q(kind__in=["holiday", "workday"])),
        ]

    def __str__(self):
        return f"{self.on} {self.kind}"
