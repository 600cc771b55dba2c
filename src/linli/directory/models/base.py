"""What rows of the directory have in common: words in languages, a source, a point on the map."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from linli.kit.coordinates import Point, to_wgs84

DATUMS = ["wgs84", "gcj02", "bd09"]


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


class Placed(models.Model):
    """A point as it was entered, in its own datum, and the same in WGS-84, in which everything is measured.

    The five columns are written together, as `placed()` gives them.
    """

    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    datum = models.CharField(max_length=5, default="wgs84")
    wgs_latitude = models.FloatField(null=True, blank=True, editable=False)
    wgs_longitude = models.FloatField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def point(self) -> Point | None:
        """(latitude, longitude) in WGS-84; None where nobody entered one."""
        if self.wgs_latitude is None or self.wgs_longitude is None:
            return None
        return self.wgs_latitude, self.wgs_longitude


def placed(latitude: float | None, longitude: float | None, datum: str = "wgs84") -> dict[str, Any]:
    """The columns of a `Placed` row for a point read in `datum`; all empty without one."""
    if latitude is None or longitude is None:
        latitude = longitude = None
        north = east = None
    else:
        north, east = to_wgs84(latitude, longitude, datum)
    return {
        "latitude": latitude,
        "longitude": longitude,
        "datum": datum,
        "wgs_latitude": north,
        "wgs_longitude": east,
    }


def once_per_source(name: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(fields=["source", "source_id"], condition=~Q(source_id=""), name=name)


def placed_rightly(name: str) -> list[models.CheckConstraint]:
    """The constraints of a `Placed` model: a known datum, both numbers or none, and WGS-84 beside them."""
    nowhere = Q(latitude=None, longitude=None, wgs_latitude=None, wgs_longitude=None)
    somewhere = Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180)
    measured = Q(wgs_latitude__isnull=False, wgs_longitude__isnull=False)
    return [
        models.CheckConstraint(condition=Q(datum__in=DATUMS), name=f"{name}_datum"),
        models.CheckConstraint(condition=nowhere | (somewhere & measured), name=f"{name}_point"),
    ]


class PublicQuerySet(models.QuerySet):
    def visible_to(self, person: object) -> Self:
        """The directory is public: everybody sees all of it without signing in."""
        return self
