"""Sign-ups 报名 of attendees, blocks of seats 团体名额 of organisations, and personal calendars."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from linli.directory.models import Organisation
from linli.kit.ids import code, uuid7
from linli.kit.secrets import EncryptedTextField
from linli.programmes.models.sessions import Session

# States in which somebody still wants to come; in the others the row only explains what became of it.
ALIVE = ["waiting", "offered", "confirmed"]


class Block(models.Model):
    """A block of seats 团体名额 that an organisation's liaison took: numbers, and names only if they give them."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=20, unique=True, default=code)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="blocks")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="blocks")
    seats = models.PositiveSmallIntegerField()
    named = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "organisation"], name="block_once"),
            models.CheckConstraint(condition=Q(named__lte=F("seats")), name="block_names_fit"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.seats}"


class SignUpQuerySet(models.QuerySet):
    def visible_to(self, person: Any) -> Self:
        """Everybody sees their own; staff see those of one session at a time (rules.may_see_attendees)."""
        return self.filter(holder=person) if person.is_authenticated else self.none()

    def alive(self) -> Self:
        return self.filter(state__in=ALIVE)

    def seated(self) -> Self:
        """Who has a seat, or is being asked whether they want it."""
        return self.filter(state__in=["offered", "confirmed"])

    def queue(self) -> Self:
        """The waiting list, first come first."""
        return self.filter(state="waiting").order_by("queued_at", "id")


class SignUp(models.Model):
    """One attendee 报名人 of one session: a name, and who holds the ticket. One phone can hold several people.

    `key` is a keyed digest of holder and name, `holder_key` of the account or contact alone: by them nobody has two seats
    and no contact more than it may, across processes. `slot` is which of the contact's places it takes.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        OFFERED = "offered"
        CONFIRMED = "confirmed"
        CANCELLED = "cancelled"
        LAPSED = "lapsed"
        RELEASED = "released"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=20, unique=True, default=code)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="sign_ups")
    # When the session ends: three months later the row goes.
    session_ends_at = models.DateTimeField()
    block = models.ForeignKey(
        Block, null=True, blank=True, on_delete=models.SET_NULL, related_name="sign_ups"
    )
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    name = EncryptedTextField(blank=True, default="")
    is_child = models.BooleanField(default=False)
    contact = EncryptedTextField(blank=True, default="")
    needs = EncryptedTextField(blank=True, default="")
    # Answers to the session's questions, JSON by the question's code.
    answers = EncryptedTextField(blank=True, default="")
    key = models.CharField(max_length=64)
    holder_key = models.CharField(max_length=64, blank=True)
    slot = models.PositiveSmallIntegerField(null=True, blank=True)
    # Six digits to say aloud at the desk.
    spoken = models.CharField(max_length=6)
    by_desk = models.BooleanField(default=False)
    state = models.CharField(max_length=9, choices=State)
    signed_at = models.DateTimeField()
    queued_at = models.DateTimeField(null=True, blank=True)
    offered_until = models.DateTimeField(null=True, blank=True)
    arrived_at = models.DateTimeField(null=True, blank=True)
    # Up to which change of the session its holder has answered, or was called.
    knows = models.PositiveSmallIntegerField(default=0)
    # Whether the three questions were answered; what was answered stands elsewhere, without a name.
    has_answered = models.BooleanField(default=False)

    objects = SignUpQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["session", "state", "queued_at"], name="sign_up_queue"),
            models.Index(fields=["holder", "session_ends_at"], name="sign_up_of_holder"),
            models.Index(fields=["holder_key", "session_ends_at"], name="sign_up_of_contact"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "key"], condition=Q(state__in=ALIVE), name="sign_up_one_seat_an_attendee"
            ),
            models.UniqueConstraint(
                fields=["session", "holder_key", "slot"],
                condition=Q(state__in=ALIVE, slot__isnull=False),
                name="sign_up_slots_of_a_contact",
            ),
            models.UniqueConstraint(fields=["session", "spoken"], name="sign_up_spoken_once"),
            models.CheckConstraint(
                condition=Q(state__in=[*ALIVE, "cancelled", "lapsed", "released"]), name="sign_up_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="offered") | Q(offered_until__isnull=False), name="sign_up_offers_end"
            ),
            models.CheckConstraint(
                condition=~Q(state="waiting") | Q(queued_at__isnull=False), name="sign_up_waits_in_order"
            ),
            models.CheckConstraint(
                condition=Q(arrived_at=None) | Q(state="confirmed"), name="sign_up_who_came_had_a_seat"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_alive(self) -> bool:
        return self.state in ALIVE


class Calendar(models.Model):
    """A person's own calendar address: everything they signed up for, under a secret they can renew."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", primary_key=True
    )
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.person_id)
