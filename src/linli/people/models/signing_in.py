"""What signing in leaves behind: codes, slips, desk machines, PINs, second factors, counters, sessions.

Every secret is kept only as a hash; every row has an end and is swept after it.
"""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.kit.ids import uuid7
from linli.kit.secrets import EncryptedTextField

CODE_TRIES = 3
PIN_TRIES = 5


class SignInCode(models.Model):
    """Six digits on their way to a contact. Each asking is a row of its own with its own three tries,
    so that nobody else's wrong tries can use up mine."""

    class Purpose(models.TextChoices):
        SIGN_IN = "sign_in"
        ADD = "add"
        CONFIRM = "confirm"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    purpose = models.CharField(max_length=8, choices=Purpose.choices)
    # The person who asked, for adding a contact or confirming; nobody while signing in.
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+", null=True)
    kind = models.CharField(max_length=5)
    value = EncryptedTextField()
    lookup = models.CharField(max_length=64)
    code_hash = models.CharField(max_length=64)
    sent_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(tries__lte=CODE_TRIES), name="people_code_tries_limited"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("sent_at")), name="people_code_expires"),
            models.CheckConstraint(
                condition=Q(purpose="sign_in", person=None)
                | Q(purpose__in=["add", "confirm"], person__isnull=False),
                name="people_code_has_its_person",
            ),
        ]


class Slip(models.Model):
    """A printed one-time code and link for somebody without a phone, or the first organiser's invitation."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey("areas.Unit", on_delete=models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("issued_at")), name="people_slip_expires")
        ]


class DeskMachine(models.Model):
    """A browser that a station's staff share; known by a cookie of which we keep the hash."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey("areas.Unit", on_delete=models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=60)
    registered_on = models.DateField(default=timezone.localdate)

    class Meta:
        verbose_name = _("desk machine")
        verbose_name_plural = _("desk machines")

    def __str__(self) -> str:
        return self.label


class Pin(models.Model):
    """Six digits by which staff switch on a desk machine; worthless anywhere else."""

    person = models.OneToOneField("people.Person", on_delete=models.CASCADE, related_name="+")
    hash = models.CharField(max_length=150)
    set_on = models.DateField(default=timezone.localdate)


class WrongPins(models.Model):
    """How often a PIN was wrong on one machine since its owner last signed in by code."""

    pin = models.ForeignKey(Pin, on_delete=models.CASCADE, related_name="+")
    machine = models.ForeignKey(DeskMachine, on_delete=models.CASCADE, related_name="+")
    count = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pin", "machine"], name="people_wrong_pins_once"),
            models.CheckConstraint(condition=Q(count__lte=PIN_TRIES), name="people_wrong_pins_limited"),
        ]


class SecondFactor(models.Model):
    """The secret an authenticator app shares with us; counts once `confirmed_at` is set."""

    person = models.OneToOneField("people.Person", on_delete=models.CASCADE, related_name="+")
    secret = EncryptedTextField()
    confirmed_at = models.DateTimeField(null=True)
    # The last half-minute whose code was accepted: the same code is never accepted twice.
    last_step = models.PositiveBigIntegerField(default=0)


class RecoveryCode(models.Model):
    """One of eight single-use codes for the day the authenticator is lost."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    code_hash = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "code_hash"], name="people_recovery_code_once")
        ]


class Throttle(models.Model):
    """How often something was tried in one window of time; the key is a keyed hash, never an address."""

    key = models.CharField(max_length=64)
    window = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "window"], name="people_throttle_once")]


class SignedInQuerySet(models.QuerySet):
    def live(self, now=None):
        """Sessions within their absolute and their idle limit."""
        now = now or timezone.now()
        return self.filter(expires_at__gt=now, idle_until__gt=now)

    def visible_to(self, person):
        """One's own only."""
        return self.filter(person=person) if person.is_authenticated else self.none()


class SignedIn(models.Model):
    """A session of a browser. Kept coarse on purpose: the day it was last seen, never the minute."""

    class Limits(models.TextChoices):
        """Whose limits hold: see people/limits.py."""

        RESIDENT = "resident"
        STAFF = "staff"
        DESK = "desk"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key_hash = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+", null=True)
    limits = models.CharField(max_length=8, choices=Limits.choices, default=Limits.RESIDENT)
    browser = models.CharField(max_length=60, blank=True, default="")
    data = models.TextField(blank=True, default="")
    created_at = models.DateTimeField(default=timezone.now)
    last_seen_on = models.DateField(default=timezone.localdate)
    expires_at = models.DateTimeField(db_index=True)
    idle_until = models.DateTimeField(db_index=True)

    objects = SignedInQuerySet.as_manager()

    class Meta:
        verbose_name = _("signed-in browser")
        verbose_name_plural = _("signed-in browsers")
