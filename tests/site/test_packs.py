"""Both terminology packs render every page, in both languages."""

import re

import pytest
from django.test import Client

from linli.kit import nouns
from tests.trust.routes import routes
from tests.trust.world import World

pytestmark = pytest.mark.any_database

PACKS = sorted(path.stem for path in nouns.FOLDER.glob("*.toml"))
WHO = ["visitor", "self", "manager", "parent", "operator"]


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_speaks_every_pack(pack, language, settings, db):
    settings.PACK = pack
    world = World()
    ways = routes(world)
    pages = 0
    for who in WHO:
        client: Client = world.client(who)
        client.cookies["linli-language"] = language
        for name, address in ways.items():
            response = client.get(address.path)
            assert response.status_code < 500, (name, who)
            if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
                html = response.getvalue().decode()
                assert f'lang="{language}"' in html, name
                assert not re.search(r">\s*None\s*<", html), name
                pages += 1
    assert len(PACKS) >= 2
    assert pages > 80


def test_the_pack_changes_the_words(settings, town):
    said = {}
    for pack in PACKS:
        settings.PACK = pack
        said[pack] = Client(headers={"accept-language": "zh-CN"}).get("/stations/").content
    assert len(set(said.values())) == len(PACKS)
