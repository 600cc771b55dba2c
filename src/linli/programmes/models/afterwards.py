"""What those who came said afterwards: without a name, and without a link to one."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from linli.kit.secrets import EncryptedTextField
from linli.programmes.models.sessions import Session


class Answer(models.Model):
    """Three answers 三个问题 to a session. The number is drawn, so that the order of rows tells nothing."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="answers")
    # The day only.
    given_on = models.DateField()
    worth = models.PositiveSmallIntegerField(null=True, blank=True)
    again = models.PositiveSmallIntegerField(null=True, blank=True)
    # Kept only of who ticked that it may be guessed who they are.
    words = EncryptedTextField(blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(worth=None) | Q(worth__gte=1, worth__lte=5))
                & (Q(again=None) | Q(again__gte=1, again__lte=5)),
                name="answer_on_the_scale",
            )
        ]

    def __str__(self) -> str:
        return str(self.session_id)
