"""Both terminology packs render every page, in both languages."""

import re

import pytest
from django.test import Client

from linli.kit import nouns
from tests.trust.routes import routes
from tests.trust.world import World

pytestmark = pytest.mark.any_database

PACKS = sorted(path.stem for path in nouns.FOLDER.glob("*.toml"))
# A page is asked for by each in turn until somebody gets to see it.
WHO = ["visitor", "operator", "manager", "parent", "self"]


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_speaks_every_pack(pack, language, settings, db):
    settings.PACK = pack
    world = World()
    ways = routes(world)
    pages = 0
    clients = [world.client(who) for who in WHO]
    for client in clients:
        client.cookies["linli-language"] = language
    for name, address in ways.items():
        if html := page_of(address.path, clients):
            assert f'lang="{language}"' in html, name
            assert not re.search(r">\s*None\s*<", html), name
            pages += 1
    assert len(PACKS) >= 2
    assert pages > 80


def page_of(path: str, clients: list[Client]) -> str:
    """What the first of them sees who may; empty for what is no page, or nobody's."""
    for client in clients:
        response = client.get(path)
        assert response.status_code < 500, path
        if response.status_code == 200:
            is_page = response["Content-Type"].startswith("text/html")
            return response.getvalue().decode() if is_page else ""
    return ""


def test_the_pack_changes_the_words(settings, town):
    said = {}
    for pack in PACKS:
        settings.PACK = pack
        said[pack] = Client(headers={"accept-language": "zh-CN"}).get("/stations/").content
    assert len(set(said.values())) == len(PACKS)
