"""The search index: one table of tokens under the database's own full-text index (FTS5 or GIN)."""

from dataclasses import dataclass
from secrets import randbits
from typing import Any

from django.db import connection
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from linli.kit.pinyin import query_tokens, tokens
from linli.kit.refs import Ref, resolve_all
from linli.kit.search import Entry
from linli.site.models import SearchEntry

HITS_PER_PAGE = 30
LONGEST_QUERY = 100
# An entry's number: 20 bits for the length of its tokens, 43 of chance.
CHANCE_BITS, LONGEST = 43, 2**20 - 1


class SearchTable:
    """Writes what features put into `kit.search`."""

    def write(self, entries: list[Entry]) -> None:
        self.remove([entry.ref for entry in entries])
        rows = [numbered(entry, " ".join(tokens(entry.words))) for entry in entries]
        SearchEntry.objects.bulk_create(
            rows,
            batch_size=500,
            update_conflicts=True,
            unique_fields=["ref"],
            update_fields=["audience", "tokens"],
        )

    def remove(self, refs: list[Ref]) -> None:
        for start in range(0, len(refs), 500):
            SearchEntry.objects.filter(ref__in=refs[start : start + 500]).delete()


def numbered(entry: Entry, words: str) -> SearchEntry:
    """The row of an entry; shorter ones come first, and chance keeps two of one length apart."""
    place = min(len(words), LONGEST) << CHANCE_BITS | randbits(CHANCE_BITS)
    return SearchEntry(id=place, ref=entry.ref, audience=entry.audience, tokens=words)


@dataclass(frozen=True)
class Hits:
    """A page of what was found, in order; `more` when there is a further page."""

    things: list[Any]
    more: bool


FULL_TEXT = {
    "sqlite": "site_searchentry.id IN (SELECT rowid FROM site_searchentry_fts WHERE site_searchentry_fts MATCH %s)",
    "postgresql": "site_searchentry.vector @@ to_tsquery('simple', %s)",
}
# How each database joins words that must all be found, and writes the beginning of a word.
JOINED = {"sqlite": (" ", '"{}"', '"{}"*'), "postgresql": (" & ", "'{}'", "'{}':*")}


def matching(wanted: list[str]) -> QuerySet[SearchEntry]:
    """Entries that hold every token; the last one may be the beginning of a word still being typed."""
    between, whole, beginning = JOINED[connection.vendor]
    query = between.join([*(whole.format(token) for token in wanted[:-1]), beginning.format(wanted[-1])])
    found = RawSQL(FULL_TEXT[connection.vendor], [query], BooleanField())  # noqa: S611 the statement is ours, what was typed a parameter
    return SearchEntry.objects.filter(found, audience="public")


def find(query: str, person: Any, page: int = 1) -> Hits:
    """What `person` may see of what the query finds: one query, and one more for each kind of object.

    Shorter entries come first: a name that is all of what was typed before an address that mentions it.
    """
    wanted = query_tokens(query[:LONGEST_QUERY])
    if not wanted:
        return Hits([], False)
    start = (page - 1) * HITS_PER_PAGE
    ordered = matching(wanted).order_by("id").values_list("ref", flat=True)
    refs = list(ordered[start : start + HITS_PER_PAGE + 1])
    things = resolve_all(refs[:HITS_PER_PAGE], person, briefly=True)
    return Hits([things[r] for r in refs[:HITS_PER_PAGE] if r in things], len(refs) > HITS_PER_PAGE)
