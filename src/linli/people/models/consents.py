"""Consents: what a person agreed to, in which words, and when they took it back."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.kit.ids import uuid7


class ConsentQuerySet(models.QuerySet):
    def live(self):
        """Given and not withdrawn."""
        return self.filter(withdrawn_at=None)

    def visible_to(self, person):
        """One's own only."""
        return self.filter(person=person) if person.is_authenticated else self.none()


class Consent(models.Model):
    """One yes of one person to one purpose; the digest is that of the sentence they said yes to."""

    class Channel(models.TextChoices):
        WEB = "web", _("on this site")
        DESK = "desk", _("at a desk")
        PAPER = "paper", _("on paper")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    purpose = models.CharField(_("purpose"), max_length=40)
    text_digest = models.CharField(max_length=64)
    channel = models.CharField(_("given"), max_length=8, choices=Channel.choices, default=Channel.WEB)
    given_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=Q(withdrawn_at=None),
                name="people_consent_one_live_a_purpose",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("given_at")),
                name="people_consent_withdrawn_after_given",
            ),
            models.CheckConstraint(
                condition=Q(channel__in=["web", "desk", "paper"]), name="people_consent_channel_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} since {self.given_at:%Y-%m-%d}"
