"""Erasures: which accounts were emptied, so that a restored backup can be emptied of them again."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Erasure(models.Model):
    """A tombstone. It holds the account's random number and the moment, and no way to a person."""

    person_id = models.UUIDField(primary_key=True, editable=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")

    def __str__(self) -> str:
        return str(self.person_id)
