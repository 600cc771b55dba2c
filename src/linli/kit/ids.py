"""Identifiers: time-ordered keys, short codes people can say, and secrets of which only a digest is stored."""

import hashlib
import secrets
import threading
import time
import uuid

# Crockford's base 32: no I, L, O, U, so a code read over the phone comes back right.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


RANDOM_BITS = 74
last = 0
one_at_a_time = threading.Lock()


def uuid7() -> uuid.UUID:
    """A random UUID whose first 48 bits are the time in milliseconds (RFC 9562), so that indexes stay compact.

    Those that a process makes within one millisecond are in the order in which they are made.
    """
    global last
    with one_at_a_time:
        moment = time.time_ns() // 1_000_000
        number = moment << RANDOM_BITS | secrets.randbits(RANDOM_BITS)
        if last >> RANDOM_BITS == moment:
            number = max(number, last + 1)
        last = number
    rest = number & (1 << RANDOM_BITS) - 1
    return uuid.UUID(
        int=number >> RANDOM_BITS << 80 | 0x7 << 76 | rest >> 62 << 64 | 0x2 << 62 | rest & (1 << 62) - 1
    )


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
