"""From what was typed or imported to HTML that is safe to show: CommonMark, then a list of what is allowed."""

import re
from collections import Counter
from functools import cache
from html import escape, unescape
from html.parser import HTMLParser
from urllib.parse import urlsplit

import nh3
from markdown_it import MarkdownIt

from linli.kit.gallery import Photo

TAGS = {
    "a", "b", "blockquote", "br", "code", "del", "em", "figcaption", "figure", "h2", "h3", "h4", "hr", "i", "ins",
    "li", "ol", "p", "pre", "s", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
SCHEMES = {"http", "https", "mailto", "tel"}
# Elements whose words are no text either.
GONE = {"script", "style", "template", "noscript", "iframe", "object", "svg", "math", "title"}
# A page has one first heading, and it is not the author's.
RENAMED = {"h1": "h2", "h5": "h4", "h6": "h4"}
# A line that says where picture 1 stands, in the words of either language; and a link to a picture of another site.
PLACE = re.compile(r"(?<=<p>)\s*(?:【图\s*(\d{1,2})】|\[[Pp]icture\s+(\d{1,2})\])\s*(?=</p>)")
ELSEWHERE = re.compile(
    r'<a class="picture" href="([^"]*)" rel="external noopener noreferrer">\[([^<]*)\]</a>'
)
BLOCKS = re.compile(r"</(?:p|li|h[2-4]|blockquote|tr|pre|figcaption)>|<br>|<hr>")


@cache
def commonmark() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def clean(source: str) -> str:
    """The HTML that readers get for a source. Cleaning what comes out once more changes nothing.

    A picture of another site becomes a link to it: no page of ours asks anybody else for anything.
    """
    html = commonmark().render(source)
    once = nh3.clean(
        html,
        tags=TAGS | {"img", *RENAMED},
        attributes=ATTRIBUTES | {"img": {"src", "alt"}},
        url_schemes=SCHEMES,
        clean_content_tags=GONE,
        link_rel=None,
    )
    rewriter = Rewriter()
    rewriter.feed(once)
    rewriter.close()
    return sanitised("".join(rewriter.out)).strip()


def sanitised(html: str) -> str:
    """What of an HTML text is allowed. It is asked again wherever a text leaves the database."""
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        clean_content_tags=GONE,
        allowed_classes={"a": {"picture"}},
        link_rel="external noopener noreferrer",
    )


class Rewriter(HTMLParser):
    """Renames elements and makes links of pictures. It only ever reads what was cleaned, and is cleaned after."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.out: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "img":
            self.out.append(linked(values.get("src") or "", values.get("alt") or ""))
        elif tag in RENAMED:
            self.out.append(f"<{RENAMED[tag]}>")
        else:
            written = "".join(f' {name}="{escape(value or "")}"' for name, value in attrs)
            self.out.append(f"<{tag}{written}>")

    def handle_endtag(self, tag: str) -> None:
        self.out.append(f"</{RENAMED.get(tag, tag)}>")

    def handle_data(self, data: str) -> None:
        self.out.append(data)

    def handle_entityref(self, name: str) -> None:
        self.out.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.out.append(f"&#{name};")


def linked(source: str, words: str) -> str:
    """A picture as a link that says what is on it, or at least where it lies."""
    host = urlsplit(source).hostname or ""
    if not host:
        return escape(words)
    return f'<a class="picture" href="{escape(source)}">{escape(f"[{words or host}]")}</a>'


def pictures_elsewhere(html: str) -> dict[str, str]:
    """Address → words of each picture of another site that a cleaned text links to."""
    return {unescape(address): unescape(words) for address, words in ELSEWHERE.findall(html)}


def with_pictures(
    html: str, photos: dict[int, Photo], fetched: dict[str, int], site: str = ""
) -> tuple[str, set[int]]:
    """A cleaned text with our own pictures where it names them or links to what they were fetched from; and which those are.

    `photos` by number; `fetched`: address → number; `site` stands before each address, for readers elsewhere.
    """
    placed: set[int] = set()

    def show(number: int | None, instead: str) -> str:
        if number not in photos:
            return instead
        placed.add(number)
        return shown(photos[number], site)

    def named(found: re.Match[str]) -> str:
        return show(int(found[1] or found[2]), found[0])

    def linked_to(found: re.Match[str]) -> str:
        return show(fetched.get(unescape(found[1])), found[0])

    return ELSEWHERE.sub(linked_to, PLACE.sub(named, html)), placed


def shown(photo: Photo, site: str = "") -> str:
    """A picture of ours as it stands in a text: the large file behind the small one."""
    width, height = photo.small_size
    return (
        f'<a class="photo" href="{site}{photo.url}"><img src="{site}{photo.small_url}" width="{width}" height="{height}" '
        f'alt="{escape(str(photo.alt))}" loading="lazy"></a>'
    )


def dropped(source: str) -> Counter[str]:
    """What of a source is not shown, for a report: elements by name, attributes as "element@name", pictures as "img"."""
    counter = Dropped()
    counter.feed(commonmark().render(source))
    counter.close()
    return counter.found


class Dropped(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS and tag not in RENAMED:
            self.found[tag] += 1
        allowed = {"src", "alt"} if tag == "img" else ATTRIBUTES.get(tag, set())
        self.found.update(f"{tag}@{name}" for name, _value in attrs if name not in allowed)


def plain(html: str) -> str:
    """The words of a cleaned text, a line for each paragraph."""
    broken = BLOCKS.sub(lambda found: found[0] + "\n", html)
    words = unescape(re.sub(r"<[^>]*>", "", broken.replace("<li>", "· ")))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip() for line in words.split("\n"))).strip()
