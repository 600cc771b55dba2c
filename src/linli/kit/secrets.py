"""Columns that only this installation can read, and blind indexes by which it finds them again."""

import base64
import hashlib
import hmac
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models


def derive(key: str, purpose: str) -> bytes:
    """32 bytes for one purpose; knowing one says nothing about another."""
    return HKDF(algorithm=SHA256(), length=32, salt=b"linli", info=purpose.encode()).derive(key.encode())


@lru_cache(maxsize=4)
def box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(base64.urlsafe_b64encode(derive(key, "columns"))) for key in keys])


def current_box() -> MultiFernet:
    """The newest key writes; older ones of LINLI_SECRET_KEY_FALLBACKS still read."""
    return box((settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


@lru_cache(maxsize=16)
def index_key(key: str, purpose: str) -> bytes:
    return derive(key, f"index:{purpose}")


def blind_index(value: str, purpose: str) -> str:
    """A keyed hash (HMAC-SHA256) to look a secret value up by; without the key it cannot be guessed from a dump."""
    return hmac.new(index_key(settings.SECRET_KEY, purpose), value.encode(), hashlib.sha256).hexdigest()


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]
    """A text column stored encrypted (Fernet). It cannot be searched or sorted: keep a blind index beside it."""

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return value if value in (None, "") else current_box().encrypt(value.encode()).decode()

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return value if value in (None, "") else current_box().decrypt(value.encode()).decode()
