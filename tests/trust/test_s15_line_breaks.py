"""S15: a line break, or what some program takes for one, in what people write begins no new header, letter, entry or log line."""

import logging
from email import message_from_string, policy

import feedparser
import pytest
from django.core import mail
from django.core.management import call_command

from linli.news.actions import publish_article
from linli.notices.actions import deliver_due, follow
from tests.factories import make_article
from tests.notices.conftest import reach
from tests.trust.test_s39_errors_and_logs import Kept

BREAKS = {
    "CR LF": "\r\n",
    "LF": "\n",
    "CR": "\r",
    "VT": "\x0b",
    "FF": "\x0c",
    "NEL": "\x85",
    "LS": "\u2028",
    "PS": "\u2029",
}
INJECTED = "X-Injected: yes"


@pytest.fixture(params=BREAKS, ids=list(BREAKS))
def title(request):
    """A title with the break in it, past all cleaning."""
    return f"Lift{BREAKS[request.param]}{INJECTED}{BREAKS[request.param]}{BREAKS[request.param]}<b>works"


def test_s15_letters(title, town, omar, mei, settle):
    reach(mei, email="mei@example.org")
    follow(by=mei, subject=town.tower)
    publish_article(
        by=omar, article=make_article(town.tower.unit, "A-1", "draft", title=title, language="en")
    )
    settle()
    mail.outbox.clear()
    deliver_due()
    (letter,) = mail.outbox
    parsed = message_from_string(letter.message().as_string(), policy=policy.default)
    assert parsed["X-Injected"] is None
    assert len(str(parsed["Subject"]).splitlines()) == 1
    assert parsed["To"] == "mei@example.org"


def test_s15_feeds(title, town, browse):
    make_article(
        town.tower.unit, "A-1", title=title, lead=title, byline=title, categories=[title], language="en"
    )
    make_article(town.tower.unit, "A-2", title="Second", language="en")
    found = feedparser.parse(browse().get("/news/feed.atom").content)
    assert not found.bozo
    assert len(found.entries) == 2
    items = browse().get("/news/feed.json").json()["items"]
    assert sorted(item["url"] for item in items) == [
        "http://testserver/news/A-1/",
        "http://testserver/news/A-2/",
    ]


def test_s15_headers_and_file_names(title, town, omar, browse, tmp_path):
    make_article(town.tower.unit, "A-1", title=title, language="en")
    for path in ("/news/A-1/", "/news/A-1/text/", "/news/A-1/card/", "/news/feed.atom"):
        answer = browse().get(path)
        assert answer.status_code == 200
        assert "X-Injected" not in answer
        assert all(len(value.splitlines()) == 1 for value in answer.headers.values())
    call_command("export_news", str(tmp_path), unit="JA-0101")
    assert [len(path.name.splitlines()) for path in tmp_path.iterdir()] == [1]


@pytest.mark.parametrize("place", BREAKS)
def test_s15_logs(place, browse, db):
    kept, root = Kept(), logging.getLogger()
    root.addHandler(kept)
    try:
        forged = f"x{BREAKS[place]}2026-01-01 00:00:00Z INFO linli.people somebody signed in"
        logging.getLogger("linli.test").warning("could not read %s", forged)
        browse().get(f"/nowhere/{forged}", headers={"user-agent": "curl", "referer": "x"})
        browse().get("/search/", {"q": forged})
    finally:
        root.removeHandler(kept)
    assert kept.shown
    assert [line for line in kept.shown if len(line.splitlines()) != 1] == []
