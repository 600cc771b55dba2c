"""Polls 想要什么: what would you like? Anonymous, and over on a day."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.urls import reverse

from linli.areas.models import Unit
from linli.kit.ids import code, uuid7


class PollQuerySet(models.QuerySet):
    def visible_to(self, person: Any) -> Self:
        return self

    def open_on(self, day: date) -> Self:
        return self.filter(closes_on__gte=day).order_by("closes_on", "id")


class Poll(models.Model):
    """A question of a station to everybody; votes are numbers, and nobody is kept with them."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=20, unique=True, default=code)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="polls")
    question = models.CharField(max_length=200)
    language = models.CharField(max_length=16)
    # The last day on which it can be answered.
    closes_on = models.DateField()
    asked_at = models.DateTimeField()

    objects = PollQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["unit", "closes_on"], name="poll_of_unit")]

    def __str__(self) -> str:
        return self.question

    @property
    def name(self) -> str:
        """What search and threads call it."""
        return self.question

    def get_absolute_url(self) -> str:
        return reverse("programmes:poll", args=[self.code])


class Choice(models.Model):
    """One thing one could like."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="choices")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=120)
    votes = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["poll", "number"], name="choice_number_once")]

    def __str__(self) -> str:
        return self.text
