"""Legal holds: by the order of an authority, what is about somebody is neither deleted nor erased until a day."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.kit.ids import code, uuid7
from linli.kit.secrets import EncryptedTextField


class HoldQuerySet(models.QuerySet):
    def visible_to(self, person):
        """One's own: whoever is held may know it. The operator counts them, and places them at the machine."""
        return self.filter(person=person) if person.is_authenticated else self.none()

    def in_force(self, now=None) -> Self:
        """Those that have neither ended nor been lifted."""
        return self.filter(until__gte=timezone.localdate(now), lifted_at=None)


class Hold(models.Model):
    """A legal hold 法定保全 on what is about one person: who ordered it, why, and its last day."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=20, unique=True, default=code)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    ordered_by = EncryptedTextField()
    reason = EncryptedTextField()
    placed_at = models.DateTimeField(default=timezone.now)
    until = models.DateField()
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal hold")
        verbose_name_plural = _("legal holds")
        indexes = [models.Index(fields=["person"], condition=Q(lifted_at=None), name="hold_of_person")]

    def __str__(self) -> str:
        return self.code
