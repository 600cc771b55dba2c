"""Identifiers that stay: most rows bring their own; what has no row of its own is named after what it is."""

from typing import Any
from uuid import UUID, uuid5

NAMESPACE = UUID("5b2f5d4e-0a0c-5d5f-9d0b-6c1f2a3e4d71")


def named(*parts: object) -> str:
    """The same parts give the same identifier, here and in every other installation."""
    return str(uuid5(NAMESPACE, "/".join(map(str, parts))))


def filled(**fields: Any) -> dict[str, Any]:
    """Without what is empty: the standard has no null, and an empty text says nothing."""
    return {name: value for name, value in fields.items() if value is not None and value != ""}
