"""Looks: each time somebody working here saw a person's data, told to that person."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.kit.ids import uuid7


class LookQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Looks at oneself only; nobody can ask whom a colleague looked at."""
        return self.filter(subject=person) if person.is_authenticated else self.none()


class Look(models.Model):
    """`viewer` saw a row about `subject` on `page`, whose name is kept in the source language."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    viewer = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    subject = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    page = models.CharField(_("page"), max_length=80)
    unit = models.ForeignKey("areas.Unit", on_delete=models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = LookQuerySet.as_manager()

    class Meta:
        verbose_name = _("look")
        verbose_name_plural = _("looks")
        indexes = [models.Index(fields=["subject", "-at"])]

    def __str__(self) -> str:
        return f"a look on {self.page}"

    @property
    def page_words(self) -> str:
        """The page's name in the reader's language."""
        return gettext(self.page)
