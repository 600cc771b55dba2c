"""Roles: who does what at which unit, from when until when."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.kit.ids import uuid7
from linli.people.roles import ROLES


class RoleQuerySet(models.QuerySet):
    def current(self, on: date | None = None):
        """Roles held on that day (default today): from the first day on, the last day excluded."""
        on = on or timezone.localdate()
        return self.filter(valid_from__lte=on, valid_until__gt=on)

    def at(self, unit):
        """Roles at exactly this unit."""
        return self.filter(unit=unit)

    def visible_to(self, person):
        """One's own, and those at a unit one manages oneself. An area above a station shows nobody there."""
        if not person.is_authenticated:
            return self.none()
        managed = Role.objects.current().filter(person=person, role="manager").values("unit")
        return self.filter(Q(person=person) | Q(unit__in=managed))


class Role(models.Model):
    """One person's role at one unit. Rows end, they are not deleted, so the past stays true."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("areas.Unit", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("role"), max_length=20)
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("until"))
    # The granter's pseudonym within this unit; blank when the installation itself did it.
    granted_by = models.CharField(max_length=64, blank=True, default="")

    objects = RoleQuerySet.as_manager()

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        indexes = [models.Index(fields=["person", "role"]), models.Index(fields=["unit", "role"])]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "unit", "role", "valid_from"], name="people_role_starts_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("valid_from")), name="people_role_ends_after_its_start"
            ),
            models.CheckConstraint(
                condition=Q(
                    role__in=[
                        "facilitator",
                        "group_lead",
                        "handler",
                        "liaison",
                        "manager",
                        "operator",
                        "organiser",
                        "session_leader",
                        "steward",
                        "worker",
                    ]
                ),
                name="people_role_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} at {self.unit_id}"

    @property
    def kind(self):
        """The role's row in the table of roles."""
        return ROLES[self.role]

    def is_current(self, on: date | None = None) -> bool:
        return self.valid_from <= (on or timezone.localdate()) < self.valid_until
