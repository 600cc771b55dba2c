"""Both terminology packs render every page, in both languages."""

import re

import pytest
from django.test import Client

from linli.kit import nouns
from tests.trust.routes import expected, routes
from tests.trust.world import World

pytestmark = pytest.mark.any_database

PACKS = sorted(path.stem for path in nouns.FOLDER.glob("*.toml"))
# A page is asked for by the first of them who may see it; what none of them may, the last one is refused.
WHO = ["visitor", "operator", "manager", "parent", "self"]


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_speaks_every_pack(pack, language, settings, db):
    settings.PACK = pack
    world, table, pages = World(), expected(), 0
    clients = {who: world.client(who) for who in WHO}
    for client in clients.values():
        client.cookies["linli-language"] = language
    for name, address in routes(world).items():
        seen_by = [who for who in WHO if table[name][who][0] == "200"]
        response = clients[[*seen_by, WHO[-1]][0]].get(address.path)
        assert response.status_code < 500, name
        assert (response.status_code == 200) is bool(seen_by), name
        if seen_by and response["Content-Type"].startswith("text/html"):
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
