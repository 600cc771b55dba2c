"""Language, colours and larger text: kept in cookies, and back to where one was."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db
LOOK = reverse("site:look")


@pytest.mark.parametrize(
    ("name", "value", "cookie"),
    [("language", "en", "linli-language"), ("theme", "dark", "linli-theme"), ("elder", "1", "linli-elder")],
)
def test_keeps_what_was_chosen(client, name, value, cookie):
    response = client.post(LOOK, {name: value, "next": "/stations/"})
    assert (response.status_code, response["Location"]) == (302, "/stations/")
    assert {key: morsel.value for key, morsel in response.cookies.items()} == {cookie: value}
    kept = response.cookies[cookie]
    assert (kept["httponly"], kept["samesite"], kept["max-age"]) == (True, "Lax", 365 * 24 * 3600)


@pytest.mark.parametrize(
    ("name", "value"), [("language", "xx"), ("theme", "red"), ("elder", "2"), ("theme", "")]
)
def test_keeps_nothing_unknown(client, name, value):
    response = client.post(LOOK, {name: value})
    assert (response.status_code, response["Location"], dict(response.cookies)) == (302, "/", {})


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "stations/", ""],
)
def test_leads_nowhere_else(client, elsewhere):
    assert client.post(LOOK, {"theme": "dark", "next": elsewhere})["Location"] == "/"


def test_form_needs_its_token():
    from django.test import Client

    assert Client(enforce_csrf_checks=True).post(LOOK, {"theme": "dark"}).status_code == 403


def test_pages_follow_the_choice(client):
    client.cookies.load({"linli-language": "en", "linli-theme": "dark", "linli-elder": "1"})
    shown = client.get(LOOK).content.decode()
    start = shown[shown.index("<html") : shown.index(">", shown.index("<html"))]
    assert 'lang="en" data-theme="dark" data-elder="1"' in start
    assert '<link rel="stylesheet" href="/static/site/dark.css" media="all">' in shown


@pytest.mark.parametrize(("theme", "links"), [("light", 0), ("auto", 1), ("dark", 1)])
def test_dark_colours_come_only_where_wanted(client, theme, links):
    client.cookies.load({"linli-theme": theme})
    assert client.get(LOOK).content.decode().count("site/dark.css") == links


def test_strange_cookies_change_nothing(client):
    client.cookies.load({"linli-theme": "x", "linli-elder": "yes"})
    assert 'data-theme="auto" data-elder="0"' in client.get(LOOK).content.decode()


def test_works_without_script(client):
    """Every choice is a radio button of one plain form, and the one that holds is chosen."""
    client.cookies.load({"linli-language": "en", "linli-theme": "light", "linli-elder": "1"})
    shown = client.get(LOOK).content.decode()
    chosen = [
        part.split('value="')[1].split('"')[0]
        for part in shown.split('type="radio"')[1:]
        if "checked" in part[:60]
    ]
    assert chosen == ["en", "light", "1"]
