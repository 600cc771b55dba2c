"""The nouns of a network, from terminology packs: what is a 楼委会 here is a building committee there.

A pack is one file in `areas/packs/`: its label, the name of its accent colour, and every noun in every language.
Languages that have a plural write ["station", "stations"]. Packs are read once per process.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from django.conf import settings
from django.utils.translation import get_language

FOLDER = settings.PACKAGE / "areas" / "packs"
FALLBACK = "en"


@dataclass(frozen=True)
class Pack:
    """`label` is the pack's own name by language; `nouns` maps language and key to (one, many)."""

    name: str
    accent: str
    label: Mapping[str, str]
    nouns: Mapping[str, Mapping[str, tuple[str, str]]]

    def language(self, wanted: str) -> str:
        """The pack's language nearest to the wanted one: itself, then its base ("en" for "en-gb"), then English."""
        base = wanted.partition("-")[0]
        for language in (wanted, base, *self.nouns):
            if language in self.nouns and language.partition("-")[0] == base:
                return language
        return FALLBACK


def both(words: str | list[str]) -> tuple[str, str]:
    """One and many; a language without a plural writes one word."""
    return (words, words) if isinstance(words, str) else (words[0], words[1])


@cache
def read_pack(name: str) -> Pack:
    """The pack of that name. Raises LookupError when there is none."""
    if name not in names():
        raise LookupError(f"No terminology pack {name!r} in {FOLDER}: there are {', '.join(names())}.")
    data = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    nouns = {
        language: MappingProxyType({key: both(words) for key, words in found.items()})
        for language, found in data["nouns"].items()
    }
    return Pack(name, data["accent"], MappingProxyType(data["label"]), MappingProxyType(nouns))


@cache
def names() -> tuple[str, ...]:
    """The names of all packs, in alphabetical order."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def labels(language: str | None = None) -> dict[str, str]:
    """Every pack's name with the label people choose it by."""
    wanted = language or get_language() or settings.LANGUAGE_CODE
    return {name: read_pack(name).label[read_pack(name).language(wanted)] for name in names()}


def noun(key: str, language: str | None = None, pack: str | None = None, *, many: bool = False) -> str:
    """The noun a pack (the installation's) has for `key` in a language (the reader's), or its plural.

    Kinds of units are free words from data: one that no pack knows is shown as it was written.
    """
    chosen = read_pack(pack or settings.PACK)
    words = chosen.nouns[chosen.language(language or get_language() or settings.LANGUAGE_CODE)]
    return words[key][many] if key in words else key
