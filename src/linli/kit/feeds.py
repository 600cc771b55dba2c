"""Feeds: Atom (RFC 4287) and JSON Feed 1.1, from a list of items."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

ATOM = "application/atom+xml; charset=utf-8"
JSON = "application/feed+json; charset=utf-8"


@dataclass(frozen=True)
class Item:
    """`id` never changes; `html` is safe to show; `changed_at` is when it last said something else."""

    id: str
    url: str
    title: str
    language: str
    html: str
    summary: str
    author: str
    published_at: datetime
    changed_at: datetime
    tags: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Feed:
    """`url` is the page, `own_url` the feed's own address and its id; `changed_at` is said when there is no item."""

    title: str
    language: str
    url: str
    own_url: str
    changed_at: datetime
    items: list[Item]


def moment(at: datetime) -> str:
    """RFC 3339, in UTC."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def atom(feed: Feed) -> str:
    """The feed as Atom."""
    changed_at = max([item.changed_at for item in feed.items], default=feed.changed_at)
    return "\n".join(
        [
            '<?xml version="1.0" encoding="utf-8"?>',
            f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(feed.language)}>',
            f"<title>{text(feed.title)}</title>",
            f"<id>{text(feed.own_url)}</id>",
            f"<updated>{moment(changed_at)}</updated>",
            f'<link rel="self" type="application/atom+xml" href={quoteattr(feed.own_url)}/>',
            f'<link rel="alternate" type="text/html" href={quoteattr(feed.url)}/>',
            f"<author><name>{text(feed.title)}</name></author>",
            *(line for item in feed.items for line in entry(item)),
            "</feed>",
            "",
        ]
    )


def entry(item: Item) -> Iterable[str]:
    yield f"<entry xml:lang={quoteattr(item.language)}>"
    yield f"<title>{text(item.title)}</title>"
    yield f"<id>{text(item.id)}</id>"
    yield f'<link rel="alternate" type="text/html" href={quoteattr(item.url)}/>'
    yield f"<published>{moment(item.published_at)}</published><updated>{moment(item.changed_at)}</updated>"
    if item.author:
        yield f"<author><name>{text(item.author)}</name></author>"
    yield from (f"<category term={quoteattr(text_only(tag))}/>" for tag in item.tags)
    if item.summary:
        yield f"<summary>{text(item.summary)}</summary>"
    yield f'<content type="html">{text(item.html)}</content>'
    yield "</entry>"


def text(words: str) -> str:
    return escape(text_only(words))


def text_only(words: str) -> str:
    """Without the characters that XML cannot hold."""
    return "".join(each for each in words if each in "\t\n" or (each >= " " and each not in "\ufffe\uffff"))


def json_feed(feed: Feed) -> str:
    """The feed as JSON Feed."""
    whole = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.url,
        "feed_url": feed.own_url,
        "language": feed.language,
        "items": [jsonable(item) for item in feed.items],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1)


def jsonable(item: Item) -> dict[str, Any]:
    found = {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "content_html": item.html,
        "summary": item.summary,
        "date_published": moment(item.published_at),
        "date_modified": moment(item.changed_at),
        "language": item.language,
        "authors": [{"name": item.author}] if item.author else [],
        "tags": item.tags,
    }
    return {key: value for key, value in found.items() if value}
