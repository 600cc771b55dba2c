"""The search index, and complaints about Linli itself."""

from typing import Self

from django.db import models
from django.db.models import Q

from linli.kit.ids import code, uuid7
from linli.kit.secrets import EncryptedTextField


class SearchEntry(models.Model):
    """One findable object: its reference and its tokens (kit.pinyin.tokens), separated by spaces.

    A full-text index over `tokens` is made in the migration, for each database in its own way. Entries are numbered by
    the length of their tokens (site.searching.numbered), so that the database finds short ones first without sorting.
    """

    ref = models.CharField(max_length=120, unique=True)
    audience = models.CharField(max_length=20, default="public")
    tokens = models.TextField()

    def __str__(self) -> str:
        return self.ref


class ComplaintQuerySet(models.QuerySet["Complaint"]):
    def visible_to(self, person: object) -> Self:
        """The operator answers them; the complainer follows them by secret link."""
        return self if getattr(person, "is_operator", False) else self.none()

    def open(self) -> Self:
        return self.filter(answered_at=None)


class Complaint(models.Model):
    """Somebody complains about Linli itself 对平台的投诉. No name, no contact: the answer is read by the secret link."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=12, unique=True, default=code)
    link_digest = models.CharField(max_length=64, unique=True)
    text = EncryptedTextField()
    made_at = models.DateTimeField()
    answer = EncryptedTextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="complaint_answered_with_words",
            )
        ]

    def __str__(self) -> str:
        return self.code
