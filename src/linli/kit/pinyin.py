"""Readings of Chinese words, for sorting and for search by 汉字, pinyin or initials."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from types import ModuleType

# Readings that the library's tables get wrong for places and surnames as people here say them.
OUR_READINGS = {"长宁": [["cháng"], ["níng"]], "单位": [["dān"], ["wèi"]]}
WORD = re.compile(r"[a-z0-9]+")
HAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U000323af]+")


@cache
def chinese() -> ModuleType:
    """The library that reads Chinese. Its tables take a quarter of a second to load, and most commands need none."""
    import pypinyin

    pypinyin.load_phrases_dict(OUR_READINGS)
    return pypinyin


def reading(text: str) -> str:
    """静安寺 becomes "jing an si"; letters and digits stay, punctuation goes."""
    return " ".join(WORD.findall(" ".join(chinese().lazy_pinyin(plain(text)))))


def plain(text: str) -> str:
    """Lower case, compatibility forms folded, accents dropped."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", "".join(c for c in folded if not unicodedata.combining(c)))


def sort_key(text: str) -> str:
    """What a list is sorted by; databases sort Chinese by code point, which no reader expects."""
    return reading(text)[:200]


def han_tokens(run: str) -> set[str]:
    """Every character and every pair of neighbours: two-character words are what people search for."""
    return {*run, *(a + b for a, b in pairwise(run))}


def sound_tokens(run: str) -> set[str]:
    """Syllables in every reading, whole names run together, and initials: jing, jingan, ja."""
    library = chinese()
    syllables = library.lazy_pinyin(run)
    several = {
        re.sub("[^a-z]", "", syllable)
        for heard in library.pinyin(run, style=library.Style.NORMAL, heteronym=True)
        for syllable in heard
    }
    joined = {
        "".join(syllables[a:b])
        for a in range(len(syllables))
        for b in range(a + 2, min(a + 5, len(syllables) + 1))
    }
    initials = "".join(s[0] for s in syllables if s)
    pieces = {
        initials[a:b] for a in range(len(initials)) for b in range(a + 2, min(a + 7, len(initials) + 1))
    }
    return {token for token in several | joined | pieces if token}


def tokens(text: str) -> list[str]:
    """The search tokens of a text, sorted: words, Han characters and pairs, readings and initials."""
    folded = plain(text)
    found = set(WORD.findall(folded))
    for run in HAN.findall(folded):
        found |= han_tokens(run) | sound_tokens(run)
    return sorted(found)


def query_tokens(text: str) -> list[str]:
    """What a searcher typed, as tokens that must all be found: Han runs as pairs, other words as they stand."""
    folded = plain(text)
    found = WORD.findall(folded)
    for run in HAN.findall(folded):
        found += [a + b for a, b in pairwise(run)] if len(run) > 1 else [run]
    return list(dict.fromkeys(found))


def is_meant(typed: str, names: Iterable[str], reading: str) -> bool:
    """Whether who typed this may mean a thing of these names: a part of one, of its reading run together, or its initials."""
    wanted = "".join(plain(typed).split())
    syllables = reading.split()
    heard = ["".join(syllables), "".join(syllable[0] for syllable in syllables)]
    called = ["".join(plain(name).split()) for name in names]
    return bool(wanted) and any(wanted in each for each in [*called, *heard])
