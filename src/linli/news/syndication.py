"""Feeds of others, read as files: each entry becomes Markdown with front matter, which news.fronts reads like any other.

RSS, Atom and RDF are read by feedparser, JSON Feed by ourselves. A feed that defines entities is refused: no honest one
does, and they are how a small file becomes a large one, or reaches for another.
"""

import io
import json
from collections.abc import Iterator
from typing import Any

import yaml
from django.conf import settings
from django.utils.translation import gettext as _

from linli.kit.rules import Problem
from linli.news.texts import clean, plain

MOST_BYTES, MOST_ENTRIES = 5_000_000, 500
TITLE, LEAD = 200, 300


def entries(feed: bytes, url: str, licence: str = "") -> Iterator[tuple[str, str]]:
    """(name, text) of each entry of a feed, newest as the feed has them; the name is what it is found again by.

    `licence` where an entry names none. Problem for what is no feed.
    """
    is_json = feed.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{")
    found = of_json(feed) if is_json else of_xml(feed)
    number = -1
    for number, (name, values, body) in enumerate(found):
        if number >= MOST_ENTRIES:
            return
        said = {
            key: value
            for key, value in (values | {"licence": values.get("licence") or licence}).items()
            if value
        }
        front = yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=1000)
        yield f"{url}#{name}", f"---\n{front}---\n\n{body}\n"
    if number < 0:
        raise Problem(_("There is no article in this feed."))


def of_xml(feed: bytes) -> Iterator[tuple[str, dict[str, Any], str]]:
    import feedparser  # here: reading pages must not wait for it

    if b"<!ENTITY" in feed.replace(b"\0", b"").upper():
        raise Problem(_("This feed defines entities of its own; that is not read."))
    # A file, not bytes: bytes might be taken for a name of something to open.
    read = feedparser.parse(io.BytesIO(feed), sanitize_html=False, resolve_relative_uris=True)
    if not read.get("version"):
        raise Problem(_("This is no feed that can be read: Atom, RSS and JSON Feed can."))
    source, language = read.feed.get("title", ""), read.feed.get("language", "")
    for entry in read.entries:
        body = longest([part.value for part in entry.get("content", [])] + [entry.get("summary", "")])
        link = entry.get("link", "")
        yield (
            entry.get("id") or link or entry.get("title", ""),
            {
                "title": titled(entry.get("title", ""), body),
                "categories": [tag.term for tag in entry.get("tags", []) if tag.get("term")],
                "headimg": picture_of(entry),
                "author": line(entry.get("author", ""), 100),
                "date": entry.get("published") or entry.get("updated") or "",
                "lead": led(entry.get("summary", ""), body),
                "language": known(entry.get("content", [{}])[0].get("language") or language),
                "source": line(source, 100),
                "source_url": link,
                "licence": line(
                    entry.get("license") or entry.get("rights") or read.feed.get("rights", ""), 100
                ),
            },
            body,
        )


def of_json(feed: bytes) -> Iterator[tuple[str, dict[str, Any], str]]:
    try:
        read = json.loads(feed)
        items = read["items"]
        if not str(read["version"]).startswith("https://jsonfeed.org/") or not isinstance(items, list):
            raise ValueError
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Problem(_("This is no feed that can be read: Atom, RSS and JSON Feed can.")) from None
    for item in items:
        if not isinstance(item, dict):
            continue
        body = text(item, "content_html") or text(item, "content_text")
        authors = item.get("authors") or read.get("authors") or []
        yield (
            text(item, "id") or text(item, "url"),
            {
                "title": titled(text(item, "title"), body),
                "categories": [str(tag) for tag in item.get("tags") or [] if isinstance(tag, str)],
                "headimg": text(item, "image"),
                "author": line(
                    "、".join(text(each, "name") for each in authors if isinstance(each, dict)), 100
                ),
                "date": text(item, "date_published"),
                "lead": led(text(item, "summary"), body),
                "language": known(text(item, "language") or text(read, "language")),
                "source": line(text(read, "title"), 100),
                "source_url": text(item, "url"),
            },
            body,
        )


def text(values: dict[str, Any], name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""


def longest(texts: list[str]) -> str:
    return max(texts, key=len)


def line(words: str, most: int) -> str:
    """Words of a feed as one line that fits: others count differently than we do."""
    short = " ".join(plain(clean(words)).split())
    return short if len(short) <= most else short[: most - 1] + "…"


def titled(title: str, body: str) -> str:
    """The title, or the beginning of the text where there is none, as in feeds of short messages."""
    return line(title, TITLE) or line(body, 60)


def led(summary: str, body: str) -> str:
    """The summary, unless it is the text itself or its beginning."""
    short = line(summary, LEAD)
    whole = " ".join(plain(clean(body)).split())
    return "" if whole.startswith(short.removesuffix("…")) else short


def known(language: str) -> str:
    """One of our languages for what a feed calls it: "zh-CN" is zh-hans; empty where we have none."""
    asked = language.lower()
    return next((ours for ours, _name in settings.LANGUAGES if asked[:2] == ours[:2] and asked), "")


def picture_of(entry: Any) -> str:
    for link in [
        *entry.get("media_thumbnail", []),
        *entry.get("media_content", []),
        *entry.get("enclosures", []),
    ]:
        kind = link.get("type") or link.get("medium") or "image"
        if kind.startswith("image") and link.get("url", link.get("href")):
            return str(link.get("url", link.get("href")))
    return ""
