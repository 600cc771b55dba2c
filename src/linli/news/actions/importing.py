"""Articles that come as files."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction

from linli.areas.models import Unit
from linli.kit.fetching import fetch
from linli.kit.ids import digest
from linli.kit.refs import ref
from linli.kit.rules import Problem, require
from linli.ledger.actions import record
from linli.news.actions.writing import columns
from linli.news.events import ArticlesImported
from linli.news.fronts import File, read
from linli.news.indexing import index_articles
from linli.news.models import Article
from linli.news.rules import may_write_news
from linli.news.syndication import MOST_BYTES, entries
from linli.news.texts import dropped


@dataclass
class Imported:
    """What came of it: counts, and a line for each file that was refused or of which something is not shown."""

    new: int = 0
    changed: int = 0
    same: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)
    dropped: list[tuple[str, str]] = field(default_factory=list)


def import_articles(
    *,
    by: Any,
    unit: Unit,
    files: Iterable[tuple[str, str]],
    language: str,
    tell: Callable[[Imported], None] = lambda _so_far: None,
) -> Imported:
    """Takes over (name, text) of files as published articles of a unit, one transaction each, however many there are.

    A file of the same name is the same article: it is written anew where it says something else, unless somebody
    corrected or withdrew it here. Nobody is told of any of them. What cannot be read is left out, with the reason.
    """
    require(may_write_news(by, unit))
    done = Imported()
    for name, text in files:
        try:
            take_over(unit, name, text, language, done)
        except Problem as problem:
            done.refused.append((name, str(problem)))
        tell(done)
    with transaction.atomic():
        fact = ArticlesImported(done.new, done.changed, done.same)
        record(fact, by=by, subject=ref(unit), scope=ref(unit))
    return done


@transaction.atomic
def take_over(unit: Unit, name: str, text: str, language: str, done: Imported) -> None:
    file = read(text, language)
    key = digest(f"{unit.code}/{name}")
    there = Article.objects.select_for_update().filter(imported_as=key).first()
    if there is not None and (there.original == text or there.changed_at is not None):
        done.same += 1
        return
    article, made = Article.objects.update_or_create(
        imported_as=key, defaults={"unit": unit, "original": text, **published(file)}
    )
    index_articles(article)
    done.new, done.changed = done.new + made, done.changed + (not made)
    if lost := "、".join(f"{what} ×{count}" for what, count in sorted(dropped(article.body).items())):
        done.dropped.append((name, lost))


def published(file: File) -> dict[str, Any]:
    """The columns of an article that has been published as its file says."""
    return columns(file.written) | {"state": Article.State.PUBLISHED, "published_at": file.published_at}


def texts_of(sources: Iterable[str], licence: str = "") -> Iterator[tuple[str, str]]:
    """(name, text) of these files, of all files *.md in these folders, and of all entries of the feeds at these addresses."""
    for source in sources:
        if re.match(r"https?://", source):
            yield from entries(fetch(source, most=MOST_BYTES), source, licence)
        else:
            yield from texts_below(Path(source))


def texts_below(path: Path) -> Iterator[tuple[str, str]]:
    """(name, text) of a file, or of all files *.md in a folder, in the order of their names."""
    for file in sorted(path.rglob("*.md")) if path.is_dir() else [path]:
        name = file.relative_to(path).as_posix() if path.is_dir() else file.name
        yield name, file.read_bytes().decode("utf-8", "replace")
