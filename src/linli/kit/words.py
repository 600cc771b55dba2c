"""Content in people's languages: each object has one language and may carry translations of its words."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language


@dataclass(frozen=True)
class Words:
    """`text` in `language`; `is_fallback` when the reader's language had none, so the page must say which it is."""

    text: str
    language: str
    is_fallback: bool

    def __str__(self) -> str:
        return self.text


def said(thing: Any, field: str, language: str | None = None) -> Words:
    """The words of `field` for a reader of `language` (default: the active one).

    `thing` has the field itself, `language`, and `translations` of the form {"en": {"name": "…"}}.
    """
    wanted = language or get_language() or thing.language
    translated = "" if wanted == thing.language else thing.translations.get(wanted, {}).get(field, "")
    if translated:
        return Words(translated, wanted, False)
    return Words(getattr(thing, field), thing.language, wanted != thing.language)
