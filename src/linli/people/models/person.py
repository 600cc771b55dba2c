"""The person: the one account model, without a password and without a trace of when someone came."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date

from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from linli.kit.ids import uuid7
from linli.kit.secrets import EncryptedTextField


def fresh_salt() -> bytes:
    """128 random bits: the secret that ties a person to their pseudonyms, dropped at erasure."""
    return secrets.token_bytes(16)


class PersonQuerySet(models.QuerySet):
    def active(self):
        """People who may sign in: not disabled, not erased."""
        return self.filter(is_active=True, erased_at=None)

    def visible_to(self, person):
        """Everybody sees themselves and nobody else; staff meet people through codes and sessions."""
        return self.filter(pk=person.pk) if person.is_authenticated else self.none()

    def get_by_natural_key(self, key):
        return self.get(pk=key)


class Person(AbstractBaseUser):
    """Somebody with an account. Nothing here says what they did: facts carry pseudonyms only."""

    password = None
    last_login = None

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = EncryptedTextField(_("name"), blank=True, default="")
    language = models.CharField(_("language"), max_length=16, blank=True, default="")
    salt = models.BinaryField(null=True, default=fresh_salt, editable=False)
    # Raised at role loss, disabling and erasure: every session of the person ends with its next request.
    session_epoch = models.PositiveIntegerField(default=0, editable=False)
    is_active = models.BooleanField(default=True)
    created_on = models.DateField(default=timezone.localdate, editable=False)
    erased_at = models.DateTimeField(null=True, blank=True)
    # The demonstration's cast member (mei, omar, …); blank in real life.
    cast = models.CharField(max_length=20, blank=True, default="")

    USERNAME_FIELD = "id"
    REQUIRED_FIELDS = []

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(erased_at=None) | models.Q(salt=None, is_active=False),
                name="people_person_erased_is_empty",
            ),
            models.UniqueConstraint(
                fields=["cast"], condition=~models.Q(cast=""), name="people_person_cast_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def pseudonym(self, scope) -> str:
        """The name facts know this person by within one scope (a Ref); another in every other scope.

        Raises ValueError once the salt is gone: an erased person acts no more.
        """
        if self.salt is None:
            raise ValueError("An erased person has no pseudonym.")
        return hashlib.sha256(bytes(self.salt) + b"\0" + str(scope).encode()).hexdigest()

    def _get_session_auth_hash(self, secret=None) -> str:
        """What every session must match (Django asks at each request): epoch and salt, for want of a password."""
        state = f"{self.pk}:{self.session_epoch}:{bytes(self.salt or b'').hex()}"
        return salted_hmac("linli.people.session", state, secret=secret, algorithm="sha256").hexdigest()

    def holds(self, roles: str | Iterable[str], unit, on: date | None = None) -> bool:
        """Whether the person holds one of the roles at exactly this unit on that day (default today)."""
        from linli.people import rules

        return rules.holds(self, roles, unit, on)

    def reaches(self, unit, roles: str | Iterable[str], on: date | None = None) -> bool:
        """Whether the person holds one of the roles at this unit or above it. Never use it to show people."""
        from linli.people import rules

        return rules.reaches(self, unit, roles, on)

    @property
    def is_staff_member(self) -> bool:
        """Whether the person holds any role today that works for others (worker up to operator)."""
        from linli.people import rules

        return rules.is_staff_member(self)

    @property
    def is_operator(self) -> bool:
        """Whether the person keeps the installation running."""
        from linli.people import rules

        return rules.is_operator(self)
