"""Words in several languages, as the actions write them."""

from dataclasses import dataclass
from typing import Any

from linli.kit.pinyin import sort_key


@dataclass(frozen=True)
class Naming:
    """A name in its own `language`, and in others: {"en": "…"}."""

    name: str
    language: str
    others: dict[str, str]


def told(naming: Naming, **texts: str) -> dict[str, Any]:
    """The columns of a new row: its name in every language, other texts in its own."""
    translations = {language: {"name": name} for language, name in naming.others.items()}
    return {
        "name": naming.name,
        "language": naming.language,
        "translations": translations,
        "reading": sort_key(naming.name),
        **texts,
    }


def retold(thing: Any, naming: Naming, **texts: str) -> dict[str, Any]:
    """The same for a row that exists: a text that changes loses its old translations, for they say something else."""
    kept = {
        language: {
            field: text
            for field, text in words.items()
            if field != "name" and texts.get(field, getattr(thing, field)) == getattr(thing, field)
        }
        for language, words in thing.translations.items()
    }
    for language, name in naming.others.items():
        kept.setdefault(language, {})["name"] = name
    columns = told(naming, **texts) | {"translations": {key: words for key, words in kept.items() if words}}
    if naming.name == thing.name:
        columns["reading"] = thing.reading
    return columns


def differs(thing: Any, columns: dict[str, Any]) -> bool:
    """Whether writing these columns would change anything."""
    return any(getattr(thing, name) != value for name, value in columns.items())
