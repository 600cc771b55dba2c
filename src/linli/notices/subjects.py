"""How anything that can be followed is named and linked, whatever app it comes from."""

from typing import Any

from linli.kit.words import said


def name_of(subject: Any) -> str:
    """Its name in the reader's language; empty for one the reader may not see."""
    if subject is None:
        return ""
    return said(subject, "name").text if hasattr(subject, "translations") else str(subject)


def path_of(subject: Any) -> str:
    """The path of its page; empty where it has none."""
    return subject.get_absolute_url() if hasattr(subject, "get_absolute_url") else ""
