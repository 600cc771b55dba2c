"""Organisations 组织, the networks they belong to, and what they say of their own size."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from linli.areas.models import Unit
from linli.directory.models.base import PublicQuerySet, Sourced, Translated, once_per_source
from linli.kit.ids import code, uuid7


class Organisation(Translated, Sourced):
    """An organisation 组织 that runs stations, offers services or works in a building (HSDS organization).

    Its liaison 联络员 is whoever holds that role at its `unit`. `online_only`: it has no place of its own (互联网企业).
    """

    class Kind(models.TextChoices):
        COMPANY = "company"
        PROPERTY = "property"
        PUBLIC = "public"
        SOCIAL = "social"
        GROUP = "group"
        OTHER = "other"

    class Band(models.TextChoices):
        UNKNOWN = ""
        TO_9 = "1-9"
        TO_49 = "10-49"
        TO_299 = "50-299"
        MORE = "300+"

    class Operating(models.TextChoices):
        OPERATING = "operating"
        SUSPENDED = "suspended"
        CLOSED = "closed"

    class Committee(models.TextChoices):
        """Whether it has a group of its own 单独组建, shares one 联合组建, or has none; empty: nobody has said."""

        UNKNOWN = ""
        OWN = "own"
        JOINT = "joint"
        NONE = "none"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=20, unique=True, default=code)
    unit = models.OneToOneField(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="organisation"
    )
    name = models.CharField(max_length=200)
    reading = models.CharField(max_length=400, blank=True)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.OTHER)
    # Unified social credit code 统一社会信用代码; optional, and no two organisations share one.
    uscc = models.CharField(max_length=18, blank=True)
    band = models.CharField(max_length=10, choices=Band, blank=True, default=Band.UNKNOWN)
    operating = models.CharField(max_length=10, choices=Operating, default=Operating.OPERATING)
    online_only = models.BooleanField(default=False)
    committee = models.CharField(max_length=10, choices=Committee, blank=True, default=Committee.UNKNOWN)
    committee_as_of = models.DateField(null=True, blank=True)
    description = models.TextField(blank=True)
    url = models.URLField(max_length=500, blank=True)
    email = models.EmailField(blank=True)

    objects = PublicQuerySet.as_manager()

    class Meta:
        constraints = [
            once_per_source("organisation_once_per_source"),
            models.UniqueConstraint(fields=["uscc"], condition=~Q(uscc=""), name="organisation_uscc_once"),
            models.CheckConstraint(
                condition=Q(committee="", committee_as_of=None)
                | (~Q(committee="") & Q(committee_as_of__isnull=False)),
                name="organisation_committee_dated",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("site:organisation", args=[self.code])


class Membership(models.Model):
    """An organisation's membership 成员单位 in the network of a unit, for a term 届 that may have no end yet."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="memberships")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = PublicQuerySet.as_manager()

    class Meta:
        ordering = ["since"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "unit"], condition=Q(until=None), name="membership_one_open"
            ),
            models.UniqueConstraint(fields=["organisation", "unit", "since"], name="membership_once_a_day"),
            models.CheckConstraint(condition=Q(until=None) | Q(since__lt=F("until")), name="membership_ends"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.unit_id} since {self.since}"


class OrganisationCountQuerySet(models.QuerySet):
    def visible_to(self, person: Any) -> Self:
        """The organisation's own liaison, and organisers of the area around it; small numbers are nobody else's."""
        from linli.areas import tree
        from linli.people.rules import held

        if not getattr(person, "is_authenticated", False):
            return self.none()
        own = held(person, "liaison").values("unit")
        areas = list(held(person, "organiser").values_list("unit_id", flat=True))
        seen = Q(organisation__unit__in=own)
        for unit_id in areas:
            seen |= Q(organisation__unit__in=tree.descendants(unit_id))
        return self.filter(seen)


class OrganisationCount(models.Model):
    """A number the organisation gave of itself on a day: a count, never rows about persons."""

    class What(models.TextChoices):
        WORKERS = "workers"
        MEMBERS = "members"

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="counts")
    what = models.CharField(max_length=10, choices=What)
    number = models.PositiveIntegerField()
    as_of = models.DateField()

    objects = OrganisationCountQuerySet.as_manager()

    class Meta:
        ordering = ["as_of"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "what", "as_of"], name="organisation_count_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(what__in=["workers", "members"]), name="organisation_count_what"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.what} as of {self.as_of}"
