"""Phones and e-mail addresses as people type them, read into one canonical form."""

from dataclasses import dataclass

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from linli.kit.rules import Problem
from linli.kit.texts import half_width, mask_phone

HOME_REGION = "CN"


@dataclass(frozen=True)
class ContactValue:
    """`kind` is "phone" (value in E.164) or "email" (value lower case)."""

    kind: str
    value: str

    @property
    def masked(self) -> str:
        if self.kind == "phone":
            return mask_phone(self.value)
        name, _at, host = self.value.partition("@")
        return f"{name[:1]}***@{host}"


def read_contact(text: str) -> ContactValue:
    """`13800001234`, `+86 138 0000 1234`, `１３８…` or an e-mail address; Problem when it is neither."""
    plain = half_width(text).strip()
    if len(plain) > 254:
        raise Problem(_("Please give a phone number or an e-mail address; this is too long to be one."))
    return read_email(plain) if "@" in plain else read_phone(plain)


def read_email(plain: str) -> ContactValue:
    try:
        validate_email(plain)
    except ValidationError:
        raise Problem(
            _("This e-mail address is not complete. It should look like name@example.org.")
        ) from None
    return ContactValue("email", plain.lower())


def read_phone(plain: str) -> ContactValue:
    try:
        number = phonenumbers.parse(plain, HOME_REGION)
    except phonenumbers.NumberParseException:
        raise Problem(_("Please give a phone number or an e-mail address.")) from None
    if not phonenumbers.is_possible_number(number):
        raise Problem(_("This phone number has too many or too few digits."))
    return ContactValue("phone", phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
