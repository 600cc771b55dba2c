"""Feeds of others, by address: in the forms they come in, once, and nothing of them that could do harm."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.management import CommandError, call_command

from linli.kit.rules import Problem
from linli.news.fronts import read
from linli.news.models import Article
from linli.news.syndication import MOST_ENTRIES, entries

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>街道简报</title><link>https://street.example/</link><language>zh-CN</language>
<item><title>楼门口的灯</title><link>https://street.example/lamp</link><guid isPermaLink="false">lamp-1</guid>
<pubDate>Thu, 03 Mar 2022 21:09:16 +0800</pubDate><dc:creator>阿明</dc:creator><category>共治</category><category>灯</category>
<description>一盏灯修好了。</description>
<content:encoded><![CDATA[<h1>灯</h1><p onclick="x()">修好了。<script>alert(1)</script></p><img src="/lamp.jpg" alt="灯">]]></content:encoded>
<enclosure url="https://street.example/head.jpg" type="image/jpeg" length="1"/></item>
<item><description>没有标题的一条短消息，说的是明天停水，请大家提前接水。</description><guid>short-2</guid>
<pubDate>Fri, 04 Mar 2022 08:00:00 GMT</pubDate></item>
</channel></rss>""".encode()
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Next door</title><id>urn:x</id><rights>CC BY 4.0</rights>
<entry><id>urn:1</id><title>A lamp</title><link href="https://next.example/1"/><published>2022-03-03T21:09:16+08:00</published>
<author><name>Ming</name></author><content type="html">&lt;p>It shines.&lt;/p></content></entry></feed>"""
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Next door",
        "language": "en-GB",
        "items": [
            {
                "id": "1",
                "url": "https://next.example/1",
                "title": "A lamp",
                "content_html": "<p>It shines.</p>",
                "date_published": "2022-03-03T21:09:16+08:00",
                "authors": [{"name": "Ming"}],
                "tags": ["light"],
                "image": "https://next.example/1.jpg",
            },
            "nonsense",
        ],
    }
).encode()
URL = "https://next.example/feed"


def files(feed: bytes, **options):
    return [(name, read(text, "zh-hans")) for name, text in entries(feed, URL, **options)]


def test_rss():
    (name, lamp), (_name, short) = files(RSS)
    assert name == f"{URL}#lamp-1"
    written = lamp.written
    assert (written.title, written.lead, written.language) == ("楼门口的灯", "一盏灯修好了。", "zh-hans")
    assert (written.byline, written.categories) == ("阿明", ["共治", "灯"])
    assert (written.source_name, written.source_url) == ("街道简报", "https://street.example/lamp")
    assert written.picture_url == "https://street.example/head.jpg"
    assert lamp.published_at.isoformat() == "2022-03-03T21:09:16+08:00"
    assert short.written.title == "没有标题的一条短消息，说的是明天停水，请大家提前接水。"


def test_atom_with_its_licence():
    ((_name, lamp),) = files(ATOM)
    written = lamp.written
    assert (written.title, written.body, written.language, written.licence) == (
        "A lamp",
        "<p>It shines.</p>",
        "en",
        "CC BY 4.0",
    )
    assert lamp.published_at.isoformat() == "2022-03-03T21:09:16+08:00"


def test_json_feed():
    ((name, lamp),) = files(JSON, licence="CC0")
    written = lamp.written
    assert (name, written.title, written.byline, written.categories) == (
        f"{URL}#1",
        "A lamp",
        "Ming",
        ["light"],
    )
    assert (written.picture_url, written.language, written.licence) == (
        "https://next.example/1.jpg",
        "en",
        "CC0",
    )


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss version="2.0"><channel/></rss>'
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss version="2.0"/>'


@pytest.mark.parametrize(
    "feed",
    [
        b"",
        b"words",
        b"/etc/passwd",
        b"https://example.org/",
        b"<html><body>no feed</body></html>",
        b"{",
        b'{"version": "1", "items": []}',
        b'{"version": "https://jsonfeed.org/version/1.1", "items": {}}',
        b'{"version": "https://jsonfeed.org/version/1.1", "items": []}',
        b"[" * 100_000,
        b'{"version":' + b"[" * 100_000,
        b'<rss version="2.0"><channel></channel></rss>',
        LAUGHS,
        LAUGHS.decode().encode("utf-16"),
        OUTSIDE,
        b"\x00" * 1000,
    ],
)
def test_what_is_no_feed_is_refused_in_words(feed):
    with pytest.raises(Problem):
        list(entries(feed, URL))


def test_a_feed_without_end_is_cut():
    items = "".join(
        f"<item><guid>{number}</guid><title>x</title></item>" for number in range(MOST_ENTRIES + 9)
    )
    assert (
        len(list(entries(f'<rss version="2.0"><channel>{items}</channel></rss>'.encode(), URL)))
        == MOST_ENTRIES
    )


class Neighbour(BaseHTTPRequestHandler):
    def do_GET(self):
        body = {"/feed": RSS, "/atom": ATOM}.get(self.path)
        self.send_response(200 if body else 404)
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_line):
        pass


@pytest.fixture
def neighbour(settings):
    settings.FETCH_FROM = ["127.0.0.0/8"]
    server = ThreadingHTTPServer(("127.0.0.1", 0), Neighbour)
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_by_address_once_and_cleaned(town, neighbour, browse, capsys):
    call_command("import_news", f"{neighbour}/feed", unit="JA-0101", licence="CC BY 4.0")
    assert capsys.readouterr().out.splitlines()[-1] == "2 new, 0 changed, 0 the same, 0 left out."
    call_command("import_news", f"{neighbour}/feed", unit="JA-0101", licence="CC BY 4.0")
    assert capsys.readouterr().out.splitlines()[-1] == "0 new, 0 changed, 2 the same, 0 left out."
    lamp = Article.objects.get(title="楼门口的灯")
    assert lamp.html == "<h2>灯</h2><p>修好了。</p>灯"
    assert lamp.licence == "CC BY 4.0"
    html = browse().get(lamp.get_absolute_url()).content.decode()
    assert "https://street.example/lamp" in html
    assert '<img src="http' not in html


@pytest.mark.parametrize("path", ["/nothing", "/moved"])
def test_a_server_that_says_no(town, neighbour, path):
    with pytest.raises(CommandError, match="404"):
        call_command("import_news", neighbour + path, unit="JA-0101")


def test_an_inner_address_is_refused(town, settings):
    settings.FETCH_FROM = []
    with pytest.raises(CommandError):
        call_command("import_news", "http://127.0.0.1/feed", unit="JA-0101")
    assert Article.objects.count() == 0
