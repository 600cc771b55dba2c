"""Articles as files: Markdown with front matter, as syndication systems export it.

    ---
    title: '…'
    categories:
     - …
    headimg: 'https://…'
    author: …
    comments: false
    date: Thu, 03 Mar 2022 21:09:16 GMT
    thumbnail: 'https://…'
    ---

    Markdown or HTML

Ours add `lead`, `language`, `source`, `source_url`, `licence`. What we do not know is kept and written again. A file that
was imported and not changed since comes out as it came in, to the letter.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import yaml
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.kit.rules import Problem
from linli.kit.texts import clean_line, clean_source
from linli.news.actions.writing import Written
from linli.news.models import Article

LONGEST_FRONT, LONGEST = 20_000, 200_000
FENCE = re.compile(r"\A\ufeff?\s*---[ \t]*\n(.*?\n)---[ \t]*(?:\n|\Z)", re.DOTALL)
LINES = {
    "title": 200, "lead": 300, "author": 100, "source": 100, "source_url": 500, "licence": 100, "headimg": 500,
    "thumbnail": 500, "language": 16,
}  # fmt: skip


@dataclass(frozen=True)
class File:
    """An article as a file says it; `values` is all of its front matter."""

    values: dict[str, Any]
    written: Written
    published_at: datetime


def read(text: str, language: str) -> File:
    """The article that a file holds; `language` where it names none. Problem that says what is wrong with it."""
    if len(text) > LONGEST + LONGEST_FRONT:
        raise Problem(_("It is longer than %(most)d characters.") % {"most": LONGEST})
    text = text.replace("\r\n", "\n")
    found = FENCE.match(text)
    if found is None:
        raise Problem(_("It does not begin with front matter between two lines of three hyphens."))
    values, body = fields(found[1]), text[found.end() :]
    written = Written(
        title=values.get("title") or refuse_without("title"),
        language=values.get("language") or language,
        body=clean_source(body, LONGEST) or refuse_without("text"),
        lead=values.get("lead", ""),
        byline=values.get("author", ""),
        source_name=values.get("source", ""),
        source_url=address(values.get("source_url", "")),
        licence=values.get("licence", ""),
        picture_url=address(values.get("headimg") or values.get("thumbnail") or ""),
        categories=categories(values.get("categories")),
    )
    return File(values, written, moment(values.get("date")))


def fields(front: str) -> dict[str, Any]:
    """What the front matter says: lines cleaned, all else as YAML reads it."""
    if len(front) > LONGEST_FRONT:
        raise Problem(_("The front matter is longer than %(most)d characters.") % {"most": LONGEST_FRONT})
    if re.search(r"(^|\s)[&*][\w-]", front):
        raise Problem(_("The front matter refers to parts of itself; that is not read."))
    try:
        values = yaml.safe_load(front)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 2
        raise Problem(_("The front matter cannot be read near line %(line)d.") % {"line": line}) from None
    if not isinstance(values, dict):
        raise Problem(_("The front matter is no list of names and values."))
    lines = {}
    for name, most in LINES.items():
        value = values.get(name)
        if value is not None and not isinstance(value, str | int | float | date):
            raise Problem(_("“%(name)s” is not one line of text.") % {"name": name})
        lines[name] = clean_line(str(value), most) if value is not None else ""
    return {str(name): value for name, value in values.items()} | lines


def refuse_without(name: str) -> str:
    raise Problem(_("“%(name)s” is missing.") % {"name": name})


def categories(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value] if value else []
    return list(dict.fromkeys(clean_line(str(each), 60) for each in values if each))[:20]


def address(text: str) -> str:
    """An address on the web, or nothing."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    return text if parts.scheme in {"http", "https"} and parts.hostname else ""


def moment(value: Any) -> datetime:
    """A moment in RFC 2822 or ISO 8601, with its zone; without one it is UTC."""
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    for reader in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            found = reader(str(value))
        except (TypeError, ValueError, IndexError):
            continue
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    raise Problem(
        _("“%(name)s” is missing.") % {"name": "date"} if value is None else _("“date” is no date.")
    )


def write(article: Article) -> str:
    """The file of an article: as it came, where it came from a file and says the same since."""
    file = file_of(article)
    if file is not None and says_the_same(article, file):
        return article.original
    values = {
        "title": article.title,
        "categories": article.categories,
        "headimg": article.picture_url,
        "author": article.byline,
        "date": format_datetime(timezone.localtime(article.published_at)) if article.published_at else "",
        "lead": article.lead,
        "language": article.language,
        "source": article.source_name,
        "source_url": article.source_url,
        "licence": article.licence,
    }
    said = {name: value for name, value in values.items() if value}
    if file is not None:
        said |= {name: value for name, value in file.values.items() if name not in {*values, *LINES}}
    front = yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=1000)
    return f"---\n{front}---\n\n{article.body}\n"


def file_of(article: Article) -> File | None:
    """What the file said that it came from."""
    return read(article.original, article.language) if article.original else None


def says_the_same(article: Article, file: File) -> bool:
    now = Written(**{name: getattr(article, name) for name in Written.__dataclass_fields__})
    return now == file.written and article.published_at == file.published_at
