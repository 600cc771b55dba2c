"""Feeds, read by an outside reader."""

import json
from datetime import UTC, datetime, timedelta

import feedparser
import pytest

from linli.news.actions import correct_article, publish_article
from linli.news.actions.writing import Written
from tests.factories import make_article

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def articles(town):
    body = "请走 **一号**电梯 & <b>二号</b>。"
    first = make_article(
        town.tower.unit,
        "A-1",
        at=AT,
        title="检修 <1> & 2",
        body=body,
        lead="一句话",
        byline="站里",
        categories=["共治", "电梯"],
    )
    second = make_article(
        town.night.unit, "A-2", at=AT + timedelta(days=1), title="Night", language="en", body="Open."
    )
    make_article(town.tower.unit, "A-3", "draft")
    return first, second


def read(browse, path: str):
    answer = browse().get(path)
    assert answer["Content-Type"].startswith("application/atom+xml")
    found = feedparser.parse(answer.content)
    assert not found.bozo
    return found


def test_atom_says_what_the_articles_say(articles, browse):
    found = read(browse, "/news/feed.atom")
    assert found.version == "atom10"
    assert [entry.title for entry in found.entries] == ["Night", "检修 <1> & 2"]
    last = found.entries[1]
    assert (last.id, last.link) == (f"urn:uuid:{articles[0].pk}", "http://testserver/news/A-1/")
    assert (last.published, last.updated, last.summary) == (
        "2026-03-02T09:30:00Z",
        "2026-03-02T09:30:00Z",
        "一句话",
    )
    assert last.content[0].value == "<p>请走 <strong>一号</strong>电梯 &amp; <b>二号</b>。</p>"
    assert ([tag.term for tag in last.tags], last.author) == (["共治", "电梯"], "站里")
    assert {link.rel: link.href for link in found.feed.links} == {
        "self": "http://testserver/news/feed.atom",
        "alternate": "http://testserver/news/",
    }


def test_json_feed_says_the_same(articles, browse):
    found = json.loads(browse().get("/news/feed.json").content)
    assert found["version"] == "https://jsonfeed.org/version/1.1"
    assert [(item["title"], item["language"], item["date_published"]) for item in found["items"]] == [
        ("Night", "en", "2026-03-03T09:30:00Z"),
        ("检修 <1> & 2", "zh-hans", "2026-03-02T09:30:00Z"),
    ]


@pytest.mark.parametrize(
    ("code", "titles"),
    [("JA-0101", ["检修 <1> & 2"]), ("310106017", ["Night"]), ("310106", ["Night", "检修 <1> & 2"])],
)
def test_a_unit_has_a_feed_of_its_own_and_of_all_below(articles, browse, code, titles):
    assert [entry.title for entry in read(browse, f"/areas/{code}/news/feed.atom").entries] == titles


def test_a_correction_shows_as_a_change_under_the_same_id(articles, browse, omar):
    before = read(browse, "/areas/JA-0101/news/feed.atom").entries[0]
    written = Written(title="检修", language="zh-hans", body="请走二号电梯。")
    correct_article(by=omar, article=articles[0], written=written, correction="是二号")
    after = read(browse, "/areas/JA-0101/news/feed.atom").entries[0]
    assert (after.id, after.published, after.updated > before.updated) == (before.id, before.published, True)
    assert after.content[0].value == "<p><strong>Corrected:</strong> 是二号</p><p>请走二号电梯。</p>"


def test_an_empty_feed_is_a_feed(town, browse):
    assert read(browse, "/news/feed.atom").entries == []


def test_characters_that_xml_cannot_hold_are_left_out(articles, browse, omar, town):
    odd = make_article(town.tower.unit, "A-4", "draft", title="a\x07b\ufffe", body="x")
    publish_article(by=omar, article=odd)
    assert read(browse, "/news/feed.atom").entries[0].title == "ab"
