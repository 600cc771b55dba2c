"""Phone numbers and e-mail addresses: encrypted, found only through a blind index."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.kit.secrets import EncryptedTextField, blind_index

LOOKUP = "people.contact"


def lookup_of(value: str) -> str:
    """The blind index a normalised contact (`+8613800001234`, `mei@example.org`) is found by."""
    return blind_index(value, LOOKUP)


class ContactQuerySet(models.QuerySet):
    def for_sign_in(self, lookup: str):
        """The verified contact, at most one, that this blind index signs in."""
        return self.filter(lookup=lookup, sign_in=True)

    def visible_to(self, person):
        """One's own only."""
        return self.filter(person=person) if person.is_authenticated else self.none()


class Contact(models.Model):
    """A way to reach a person. One that signs in is verified and belongs to one person only."""

    class Kind(models.TextChoices):
        PHONE = "phone", _("Phone")
        EMAIL = "email", _("E-mail")

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    value = EncryptedTextField()
    lookup = models.CharField(max_length=64, db_index=True, editable=False)
    verified_at = models.DateTimeField(null=True, blank=True)
    sign_in = models.BooleanField(default=False)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        constraints = [
            models.UniqueConstraint(
                fields=["lookup"], condition=models.Q(sign_in=True), name="people_contact_signs_in_one_person"
            ),
            models.UniqueConstraint(fields=["person", "lookup"], name="people_contact_once_a_person"),
            models.CheckConstraint(
                condition=models.Q(sign_in=False) | models.Q(verified_at__isnull=False),
                name="people_contact_verified_before_sign_in",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["phone", "email"]), name="people_contact_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"contact {self.pk}"
