"""Tickets 票: a link nobody can guess, made from the row and the installation's key, so that nothing secret is stored."""

import base64
import hmac
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from linli.kit.ids import digest
from linli.kit.secrets import index_key
from linli.programmes.models import SignUp

PURPOSE = "programmes.ticket"
MAC_BYTES = 16


def mac(identity: bytes, key: str) -> bytes:
    return hmac.new(index_key(key, PURPOSE), identity, sha256).digest()[:MAC_BYTES]


def token_of(sign_up: SignUp) -> str:
    """The secret of a ticket's link: 43 characters, 128 bits of them not to be guessed."""
    identity = sign_up.pk.bytes
    return written(identity + mac(identity, settings.SECRET_KEY))


def written(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def read_token(text: str) -> UUID | None:
    """Whose ticket it is; None for a forged one. Links made under an older key of the installation still open."""
    try:
        raw = base64.urlsafe_b64decode(text.encode("ascii") + b"=")
    except ValueError:
        return None
    # The decoder passes over what is no base64 and over spare bits; a ticket has one spelling.
    if written(raw) != text:
        return None
    identity, given = raw[:16], raw[16:]
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    if len(raw) != 16 + MAC_BYTES or not any(hmac.compare_digest(mac(identity, key), given) for key in keys):
        return None
    return UUID(bytes=identity)


def link_of(sign_up: SignUp) -> str:
    """The path of the ticket's page."""
    return reverse("programmes:ticket", args=[token_of(sign_up)])


def address_of(sign_up: SignUp) -> str:
    """The whole address, as it is printed."""
    return settings.ADDRESS + link_of(sign_up)


def scanned(text: str) -> str:
    """The token in what a camera or a scanner gun read: the whole address, or the token alone."""
    return text.strip().rstrip("/").rsplit("/", 1)[-1]


def fingerprint(text: str) -> str:
    """What a desk without a line knows a ticket by."""
    return digest(text)
