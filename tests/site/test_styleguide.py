"""The living style page: every component is on it, in every language and look; the page is light."""

import gzip
import re
from itertools import product
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import reverse
from django.utils.translation import override

from linli.site import offline
from linli.site.styleguide import SampleForm, filled_wrongly

pytestmark = pytest.mark.django_db
STYLEGUIDE = reverse("site:styleguide")
COMPONENTS = Path(settings.PACKAGE) / "site" / "templates" / "site" / "components"
MARKS = {
    "badge": 'class="badge good"',
    "button": 'class="button quiet"',
    "card": '<section class="card">',
    "connection": 'id="connection"',
    "copy": 'data-copy="sample-link"',
    "dialog": '<details class="dialog">',
    "empty": 'class="empty"',
    "field": 'class="field"',
    "field_errors": 'class="wrong-words"',
    "figure": '<ul class="bars"',
    "footer": 'href="/transparency/"',
    "form": '<form class="form"',
    "form_errors": "data-focus",
    "head": 'name="htmx-config"',
    "header": '<header class="head">',
    "heat": 'class="heat"',
    "look": '<form class="look',
    "note": 'class="note care"',
    "pager": 'class="pager"',
    "row": 'class="row"',
    "search": 'id="sample-search"',
    "steps": 'class="step now"',
    "styles": "site/components.css",
    "table": "<caption>",
    "tabs": 'class="tabs"',
    "week": 'class="week"',
}
# Shown only in a demonstration.
ELSEWHERE = {"demonstration"}


def shown(client, **asked):
    return client.get(STYLEGUIDE, asked).content.decode()


def test_shows_every_component(client):
    names = {path.stem for path in COMPONENTS.glob("*.html")}
    assert names == set(MARKS) | ELSEWHERE
    page = shown(client)
    assert [name for name, mark in MARKS.items() if mark not in page] == []


@pytest.mark.parametrize("path", sorted(COMPONENTS.glob("*.html")), ids=lambda path: path.stem)
def test_component_says_what_it_is(path):
    assert re.match(r"{% comment %}\n[A-Z].+{% endcomment %}", path.read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize(
    ("language", "theme", "elder"), list(product(["zh-hans", "en"], ["auto", "light", "dark"], "01"))
)
def test_in_every_language_and_look(client, language, theme, elder):
    response = client.get(STYLEGUIDE, {"language": language, "theme": theme, "elder": elder})
    assert (response.status_code, dict(response.cookies).keys() - {settings.CSRF_COOKIE_NAME}) == (200, set())
    assert f'<html lang="{language}" data-theme="{theme}" data-elder="{elder}"' in response.content.decode()


def test_address_that_names_nothing_known_shows_the_readers_own(client):
    assert '<html lang="zh-hans" data-theme="auto" data-elder="0"' in shown(
        client, language="xx", theme="x", elder="x"
    )


def test_ids_are_unique(client):
    ids = re.findall(r'\sid="([^"]+)"', shown(client))
    assert sorted(ids) == sorted(set(ids))


def test_every_reference_within_the_page_is_there(client):
    """Labels, descriptions and the links of the error list all lead to a field."""
    page = shown(client)
    ids = set(re.findall(r'\sid="([^"]+)"', page))
    wanted = (
        re.findall(r'\s(?:for|href)="#?([^"/?]+)"', page)
        + " ".join(re.findall(r'aria-describedby="([^"]+)"', page)).split()
    )
    assert sorted(set(wanted) - ids) == []


def test_error_list_names_every_wrong_field(client):
    page = shown(client)
    summary = page[page.index("data-focus") :].split("</ul>")[0]
    wrong = filled_wrongly()
    assert summary.count("<li>") == len(wrong.errors) == 4
    assert re.findall(r'href="#([^"]+)"', summary) == [
        "wrong_name",
        "wrong_on",
        "wrong_reach_field",
        "wrong_code",
    ]


def test_what_was_typed_is_kept(client):
    page = shown(client)
    assert '<option value="roof" selected>' in page
    assert 'value="12a"' in page


def test_optional_fields_say_so(client):
    page = shown(client, language="en")
    optional = [name for name, field in SampleForm.base_fields.items() if not field.required]
    assert optional == ["story", "at", "needs", "agreed", "came_from"]
    # Twice for each of the two forms; a box to tick and a hidden field need no such word.
    assert page.count('<span class="optional">(optional)</span>') == 2 * 3


def test_icons_in_use_are_drawn(client):
    sprite = Path(finders.find("site/icons.svg")).read_text()
    drawn = set(re.findall(r'<symbol id="([a-z]+)"', sprite))
    used = set(re.findall(r"icons\.svg#([a-z_]+)", shown(client)))
    assert sorted(used - drawn) == []


def test_page_without_content_is_light(client):
    """Look, which has next to no content of its own, with all it loads: well under the 60 kB of a whole page."""
    page = client.get(reverse("site:look")).content
    files = [Path(finders.find(name)).read_bytes() for name in offline.FILES if name != "site/offline.js"]
    assert sum(len(gzip.compress(part)) for part in [page, *files]) < 40_000


def test_service_worker_keeps_files_that_exist(client):
    response = client.get(reverse("site:service_worker"))
    assert (response["Content-Type"], response["Cache-Control"]) == (
        "text/javascript; charset=utf-8",
        "no-cache",
    )
    source = response.content.decode()
    assert source.startswith(
        f'const VERSION = "{offline.version()}";\nconst FILES = ["/static/site/site.css"'
    )


def test_offline_page_knows_nobody(client, mei):
    """It is fetched without cookies; even with them it names no person and no count."""
    before = client.get(reverse("site:offline"), {"language": "en"}).content
    client.force_login(mei)
    assert client.get(reverse("site:offline"), {"language": "en"}).content == before


def test_manifest(client, town):
    with override("en"):
        found = client.get(reverse("site:manifest"), headers={"accept-language": "en"}).json()
    assert (found["name"], found["start_url"], found["icons"][0]["src"]) == (
        "Demonstration network · Linli",
        "/",
        "/static/site/favicon.svg",
    )


@pytest.mark.parametrize("name", ["400", "403", "404", "expired"])
def test_error_pages_lead_on(rf, client, name):
    from django.contrib.auth.models import AnonymousUser
    from django.shortcuts import render

    request = rf.get("/nowhere/")
    request.user = AnonymousUser()
    page = render(request, f"site/errors/{name}.html", {"why": ""}).content.decode()
    assert 'href="/"' in page.split("<main")[1]


@pytest.mark.django_db(databases=[])
def test_broken_page_needs_neither_context_nor_database():
    from linli.site.errors import broken

    response = broken(None)
    assert response.status_code == 500
    assert "我们这边出了点问题" in response.content.decode()
