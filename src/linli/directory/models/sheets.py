"""A spreadsheet between being sent and being used. It lasts an hour."""

from datetime import timedelta
from typing import Any, Self

from django.db import models
from django.urls import reverse

from linli.areas.models import Unit
from linli.kit.ids import code, uuid7
from linli.people.models import Person

KEPT = timedelta(hours=1)


def long_code() -> str:
    return code(12)


class SheetUploadQuerySet(models.QuerySet):
    def visible_to(self, person: Any) -> Self:
        """Only whoever sent it sees it, and nobody from above does."""
        return self.filter(person=person.pk) if getattr(person, "is_authenticated", False) else self.none()


class SheetUpload(models.Model):
    """A sheet that somebody sent, and what would come of it. Its life: waiting, reading, read (or refused), writing,
    written; dropped as soon as its sender says "nothing", and in any case after an hour.

    `content` is the file as it came; once the good rows are written, the error sheet of the rest. `findings` is the
    packed JSON of the plan as pages show it, `digest` names the plan, `tally` counts its rows.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        READING = "reading"
        READ = "read"
        REFUSED = "refused"
        WRITING = "writing"
        WRITTEN = "written"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=20, unique=True, default=long_code)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    # Which sheet it is; empty until it is read, unless its sender said so.
    kind = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=120)
    content = models.BinaryField()
    rows = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    tally = models.JSONField(default=dict)
    findings = models.BinaryField(default=bytes)
    digest = models.CharField(max_length=64, blank=True)
    sent_at = models.DateTimeField()

    objects = SheetUploadQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["sent_at"], name="sheet_sent_at")]

    def __str__(self) -> str:
        return f"{self.name} {self.state}"

    def get_absolute_url(self) -> str:
        return reverse("directory:sheet", args=[self.code])

    @property
    def is_under_way(self) -> bool:
        return self.state in {self.State.WAITING, self.State.READING, self.State.WRITING}
