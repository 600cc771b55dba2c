"""Questions that a session asks of those who sign up: each public, with its purpose and its end."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q

from linli.kit.ids import code, uuid7
from linli.programmes.models.sessions import Session


class QuestionQuerySet(models.QuerySet):
    def visible_to(self, person: Any) -> Self:
        """Every question ever asked is public; the answers are not."""
        return self

    def asked_on(self, day: date) -> Self:
        """What a form asks on that day."""
        return self.filter(state="asked", ends_on__gte=day).order_by("id")


class Question(models.Model):
    """A private question 报名提问 of a session. One that touches religion, health or party waits for a second yes."""

    class State(models.TextChoices):
        WAITING = "waiting"
        ASKED = "asked"
        REFUSED = "refused"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=20, unique=True, default=code)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="questions")
    language = models.CharField(max_length=16)
    text = models.CharField(max_length=200)
    purpose = models.CharField(max_length=200)
    # The day after which it is asked no more and its answers are gone.
    ends_on = models.DateField()
    state = models.CharField(max_length=8, choices=State)
    # The asker's pseudonym at the station: nobody gives the second yes to themselves.
    asked_by = models.CharField(max_length=64)
    asked_at = models.DateTimeField()

    objects = QuestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "asked", "refused"]), name="question_state_known"
            ),
            models.CheckConstraint(condition=~Q(purpose=""), name="question_has_a_purpose"),
        ]

    def __str__(self) -> str:
        return self.text
