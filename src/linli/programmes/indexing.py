"""The words by which programmes, and sessions that are open, are found."""

from collections.abc import Iterator
from typing import Any

from linli.kit.refs import ref
from linli.kit.search import Entry, index
from linli.programmes.models import Programme, Session


def words_of(thing: Any, *fields: str) -> Iterator[str]:
    """Its words in every language it is given in."""
    yield from (getattr(thing, field) for field in fields)
    for words in thing.translations.values():
        yield from (words.get(field, "") for field in fields)


def index_programmes(*programmes: Programme) -> None:
    """Adds or renews programmes in the search index, in the caller's transaction."""
    index(
        *(Entry(ref(each), " ".join([*words_of(each, "name", "cycle"), *each.tags])) for each in programmes)
    )


def index_sessions(*sessions: Session) -> None:
    """The same for sessions that everybody may see."""
    index(*(Entry(ref(each), " ".join(words_of(each, "name", "where"))) for each in sessions))
