"""Identifiers: time-ordered keys, short codes people can say, and secrets of which only a digest is stored."""

import hashlib
import os
import secrets
import time
import uuid

# Crockford's base 32: no I, L, O, U, so a code read over the phone comes back right.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def uuid7() -> uuid.UUID:
    """A random UUID whose first 48 bits are the time in milliseconds (RFC 9562), so that indexes stay compact."""
    number = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10), "big")
    number = number & ~(0xF << 76) | 0x7 << 76
    number = number & ~(0x3 << 62) | 0x2 << 62
    return uuid.UUID(int=number)


def code(length: int = 6) -> str:
    """A random public code of `length` characters; 6 characters are a billion."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def read_code(text: str) -> str:
    """The code somebody meant: spaces and hyphens dropped, I and L read as 1, O as 0."""
    kept = "".join(character for character in text.upper() if character.isalnum())
    return kept.translate(str.maketrans("ILO", "110"))


def token() -> str:
    """A secret of 192 bits for a link."""
    return secrets.token_urlsafe(24)


def digest(text: str) -> str:
    """SHA-256 in hexadecimal: what is stored of a token, never the token itself."""
    return hashlib.sha256(text.encode()).hexdigest()
