"""Events, the work that follows from them, and the tree of hashes over them."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from linli.kit.ids import uuid7

MAX_TRIES = 8


class Event(models.Model):
    """A fact: what happened, when, to what. Append-only, written by `record` alone, without a personal word."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField(db_index=True)
    kind = models.CharField(max_length=80)
    actor = models.CharField(max_length=64, blank=True)
    subject = models.CharField(max_length=120, db_index=True)
    scope = models.CharField(max_length=120)
    data = models.JSONField(default=dict)

    class Meta:
        # The newest fact of a scope tells whether a page that was kept still holds.
        indexes = [models.Index(fields=["scope", "at"], name="event_scope")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class TodoQuerySet(models.QuerySet["Todo"]):
    def open(self) -> Self:
        return self.filter(done_at=None, tries__lt=MAX_TRIES)

    def due(self, now: datetime) -> Self:
        return self.open().filter(due_at__lte=now).order_by("due_at", "id")

    def dead(self) -> Self:
        """What was tried often enough; a person has to look at it."""
        return self.filter(done_at=None, tries__gte=MAX_TRIES).order_by("id")


class Todo(models.Model):
    """One piece of work: a consumer's answer to an event, or a timed deed.

    `due_at` is at once the time to start, the lease of whoever claimed it, and the pause before the next try.
    """

    consumer = models.CharField(max_length=160)
    event = models.ForeignKey(Event, null=True, on_delete=models.PROTECT, related_name="+")
    data = models.JSONField(default=dict)
    key = models.CharField(max_length=240, unique=True)
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=120, blank=True)

    objects = TodoQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(F("due_at"), F("id"), name="todo_open", condition=Q(done_at=None)),
            models.Index(F("done_at"), name="todo_done", condition=Q(done_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.consumer} {self.key}"


class Leaf(models.Model):
    """An event's place in the tree: its number from 0 and the hash of its canonical form."""

    index = models.PositiveBigIntegerField(primary_key=True)
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="leaf")
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.index} {self.hash[:12]}"


class Checkpoint(models.Model):
    """The root over the first `size` leaves. Whoever kept one can later show that nothing before it was changed.

    `peaks` are the hashes of the complete subtrees from left to right, so that sealing never reads old leaves.
    """

    number = models.PositiveIntegerField(primary_key=True)
    size = models.PositiveBigIntegerField(unique=True)
    root = models.CharField(max_length=64)
    peaks = models.JSONField(default=list)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.size} {self.root}"
