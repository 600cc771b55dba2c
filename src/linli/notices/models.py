"""Follows, notices, preferences and deliveries."""

from datetime import datetime, time

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from linli.kit.ids import uuid7

REF_LENGTH = 120


class Channel(models.TextChoices):
    """A way out of the house. The inbox is none: it is always there."""

    EMAIL = "email"
    TEXT = "text"


class State(models.TextChoices):
    """The life of a delivery: queued → sending → sent | failed | unknown.

    `unknown`: the process died, or the line broke, while the message was on its way. It is never sent again by itself.
    """

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"


def own() -> models.ForeignKey:
    """The person a row belongs to: no accessor leads back from them, and an index of ours starts with them."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)


class Follow(models.Model):
    """A person wants to hear about a subject."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = own()
    subject = models.CharField(max_length=REF_LENGTH)
    since_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "subject"], name="notices_follow_once")]
        indexes = [models.Index(fields=["subject", "id"], name="notices_follow_of_subject")]


class NoticeQuerySet(models.QuerySet):
    def of(self, person) -> "NoticeQuerySet":
        """The person's own notices, newest first; none for a visitor."""
        if not person.is_authenticated:
            return self.none()
        return self.filter(person=person).order_by("-at", "-id")

    def unseen(self) -> "NoticeQuerySet":
        return self.filter(seen_at=None)


class Notice(models.Model):
    """One thing that happened, told to one person once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = own()
    event_id = models.UUIDField()
    kind = models.CharField(max_length=80)
    subject = models.CharField(max_length=REF_LENGTH)
    data = models.JSONField(default=dict)
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event_id", "person"], name="notices_notice_once")]
        indexes = [
            models.Index(fields=["person", "-at", "-id"], name="notices_notice_newest"),
            models.Index(fields=["person"], name="notices_notice_unseen", condition=Q(seen_at=None)),
        ]


class Preference(models.Model):
    """How a person wants to be reached. Without a row the defaults below hold; consent is asked besides.

    Quiet hours are wall-clock times of the installation's time zone, half-open; equal times mean none.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", primary_key=True
    )
    by_email = models.BooleanField(default=True)
    by_text = models.BooleanField(default=True)
    quiet_from = models.TimeField(default=time(21))
    quiet_until = models.TimeField(default=time(8))

    def allows(self, channel: str) -> bool:
        return self.by_email if channel == Channel.EMAIL else self.by_text


class DeliveryQuerySet(models.QuerySet):
    def due(self, now: datetime) -> "DeliveryQuerySet":
        return self.filter(state=State.QUEUED, due_at__lte=now).order_by("due_at", "id")

    def lost(self, now: datetime) -> "DeliveryQuerySet":
        """Being sent for longer than any sending takes: whoever sent them is gone."""
        return self.filter(state=State.SENDING, due_at__lte=now)


class Delivery(models.Model):
    """One notice on its way out by one channel.

    `due_at` is when to send; while sending, when the sender must have finished. `error` is a type's name, no more.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    notice = models.ForeignKey(Notice, models.CASCADE, related_name="+")
    contact = models.ForeignKey("people.Contact", models.CASCADE, related_name="+")
    channel = models.CharField(max_length=8, choices=Channel)
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=80, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["notice", "channel"], name="notices_delivery_once"),
            models.CheckConstraint(
                condition=Q(channel__in=Channel.values), name="notices_delivery_channel_known"
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="notices_delivery_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "sending"], ended_at=None)
                | Q(state__in=["sent", "failed", "unknown"], ended_at__isnull=False),
                name="notices_delivery_ends_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                name="notices_delivery_open",
                condition=Q(state__in=["queued", "sending"]),
            ),
            models.Index(F("ended_at").desc(), name="notices_delivery_unknown", condition=Q(state="unknown")),
        ]
