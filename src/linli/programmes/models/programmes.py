"""Programmes 服务品牌, and series 系列 of their sessions."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from linli.areas import tree
from linli.areas.models import Unit
from linli.directory.models import Translated
from linli.kit.gallery import Photo
from linli.kit.ids import code, uuid7
from linli.kit.words import Words


class ProgrammeQuerySet(models.QuerySet):
    def visible_to(self, person: Any) -> Self:
        """Programmes are public, also those that have ended: what came of them stays to be read."""
        return self

    def running(self) -> Self:
        return self.filter(ended_on=None)

    def of(self, unit_id: Any) -> Self:
        """Of a unit and of everything below it."""
        return self.filter(unit__in=tree.descendants(unit_id))

    def briefly(self) -> Self:
        return self.only("code", "name", "language", "translations", "kind")


class Programme(Translated):
    """A programme 服务品牌 of a unit: a station's own, or an area's under which its stations hold sessions."""

    class Kind(models.TextChoices):
        STUDY = "study"
        CULTURE = "culture"
        VOLUNTEERING = "volunteering"
        GOVERNANCE = "governance"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=20, unique=True, default=code)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="programmes")
    name = models.CharField(max_length=120)
    reading = models.CharField(max_length=400, blank=True)
    kind = models.CharField(max_length=12, choices=Kind)
    tags = models.JSONField(default=list, blank=True)
    purpose = models.TextField(blank=True)
    # How often, in words: "every second Saturday".
    cycle = models.CharField(max_length=100, blank=True)
    came_of = models.TextField(blank=True)
    # At most so many seats in a calendar week for one contact; None: as many as they like.
    weekly_limit = models.PositiveSmallIntegerField(null=True, blank=True)
    # Sessions stand open only once an organiser above has agreed.
    needs_approval = models.BooleanField(default=False)
    ended_on = models.DateField(null=True, blank=True)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["unit", "reading"], name="programme_of_unit")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["study", "culture", "volunteering", "governance"]),
                name="programme_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(weekly_limit=None) | Q(weekly_limit__gte=1), name="programme_weekly_limit"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("programmes:programme", args=[self.code])


class ProgrammePicture(models.Model):
    """A picture 图片 of a programme: a file of ours, and what it shows. The lowest number stands for the programme."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="pictures")
    number = models.PositiveSmallIntegerField()
    file = models.FileField(upload_to="programmes", max_length=200)
    # In the programme's language.
    alt = models.CharField(max_length=300)
    credit = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="programme_picture_number_once"),
            models.CheckConstraint(condition=~Q(alt=""), name="programme_picture_described"),
        ]
        # A file is asked for by its name.
        indexes = [models.Index(fields=["file"], name="programme_picture_file")]

    def __str__(self) -> str:
        return self.alt

    @property
    def photo(self) -> Photo:
        return Photo(self.file.name, Words(self.alt, self.programme.language, False))


class SeriesQuerySet(models.QuerySet):
    def visible_to(self, person: Any) -> Self:
        return self

    def running(self) -> Self:
        return self.filter(ended_at=None)


class Series(models.Model):
    """A series 系列: sessions after a rule of RFC 5545, each a row of its own that can be moved or cancelled by itself.

    The next ones are written eight weeks ahead as copies of the newest; nothing of it is worked out on a page.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=20, unique=True, default=code)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="series")
    rule = models.CharField(max_length=200)
    first_at = models.DateTimeField()
    # Days on which none is held although the rule has one, ISO 8601; and whether public holidays are such days.
    skip = models.JSONField(default=list, blank=True)
    skips_holidays = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    # What its people were told already: that its last one comes soon, that its host has left.
    told_end = models.BooleanField(default=False)
    told_host = models.BooleanField(default=False)

    objects = SeriesQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.code} {self.rule}"
