"""The words of a network come from its terminology pack, in whichever language the reader has."""

import re
import tomllib

import pytest
from django.conf import settings
from django.utils import translation

from linli.kit import nouns

LANGUAGES = [code for code, _ in settings.LANGUAGES]
SOURCES = [path for kind in ("*.html", "*.py", "*.txt") for path in settings.PACKAGE.rglob(kind)]


def test_reads_the_reader_s_language_and_the_installation_s_pack(settings):
    settings.PACK = "shanghai"
    with translation.override("zh-hans"):
        assert nouns.noun("courier") == "小哥"
    with translation.override("en"):
        assert nouns.noun("courier") == "courier"
    with translation.override(None):
        assert nouns.noun("courier") == "小哥"
    settings.PACK = "neutral"
    assert nouns.noun("courier", "zh-hans") == "骑手"


def test_an_area_may_name_its_own_pack():
    assert nouns.noun("committee", "zh-hans", "shanghai") == "楼委会"
    assert nouns.noun("committee", "zh-hans", "neutral") == "楼宇委员会"


def test_a_plural_only_where_the_language_has_one():
    assert nouns.noun("city", "en", many=True) == "cities"
    assert nouns.noun("city", "en") == "city"
    assert nouns.noun("city", "zh-hans", many=True) == nouns.noun("city", "zh-hans")


@pytest.mark.parametrize(
    ("asked", "word"), [("en-gb", "station"), ("zh-hant", "服务站"), ("zh", "服务站"), ("fr", "station")]
)
def test_takes_the_nearest_language(asked, word):
    assert nouns.noun("station", asked, "neutral") == word


def test_a_kind_that_only_the_data_knows_stays_as_written():
    assert nouns.noun("里弄", "en") == "里弄"


def test_a_pack_that_is_not_there_says_which_are():
    with pytest.raises(LookupError, match="neutral, shanghai"):
        nouns.noun("station", "en", "nowhere")


def test_labels_to_choose_a_pack_by():
    assert nouns.labels("en") == {"neutral": "Neutral words", "shanghai": "Shanghai words"}
    assert nouns.labels("zh-hans") == {"neutral": "通用说法", "shanghai": "上海说法"}


def test_packs_are_read_once(monkeypatch):
    nouns.noun("station")
    monkeypatch.setattr(tomllib, "loads", lambda text: pytest.fail("read again"))
    nouns.noun("station")


def test_every_pack_has_every_noun_in_every_language():
    keys = {
        (name, language): set(pack.nouns[language])
        for name, pack in packs().items()
        for language in LANGUAGES
    }
    assert len({frozenset(found) for found in keys.values()}) == 1
    for pack in packs().values():
        assert sorted(pack.nouns) == sorted(pack.label) == sorted(LANGUAGES)
        assert pack.accent
        assert all(
            word.strip() == word != ""
            for found in pack.nouns.values()
            for both in found.values()
            for word in both
        )


def test_every_noun_the_pages_ask_for_is_in_the_packs():
    asked = {
        key
        for path in SOURCES
        for key in re.findall(
            r"""(?:\{%\s*noun\s+|\bnoun\()["'](\w+)["']""", path.read_text(encoding="utf-8")
        )
    }
    assert asked - set(nouns.read_pack("neutral").nouns["en"]) == set()


def test_every_accent_is_a_colour_of_the_pages():
    """Brick is what the pages have without being told."""
    css = (settings.PACKAGE / "site" / "static" / "site" / "site.css").read_text(encoding="utf-8")
    coloured = {"brick", *re.findall(r'data-accent="(\w+)"', css)}
    assert {pack.accent for pack in packs().values()} - coloured == set()


def test_english_never_says_street_for_subdistrict_nor_secretary_for_chair():
    said = {word for pack in packs().values() for both in pack.nouns["en"].values() for word in both}
    assert {word for word in said if re.search(r"\b(street|secretary|party)\b", word)} == {
        "street block",
        "street blocks",
    }


def packs() -> dict[str, nouns.Pack]:
    return {name: nouns.read_pack(name) for name in nouns.names()}
