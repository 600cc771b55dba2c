"""The people one can step into, only in the demonstration."""

from django.utils.translation import get_language

from linli.kit.nouns import noun
from linli.site.demonstration.data import LANGUAGE, rows


def choices() -> list[tuple[str, str, str]]:
    """(key, name, role) of everyone in the cast, in the reader's language. No query: they stand in the file."""
    own = (get_language() or LANGUAGE).startswith("zh")
    return [
        (person["cast"], person["name"] if own else person["en"], noun(person["as"]))
        for person in rows("cast", "person")
    ]
