"""The colours of site.css and dark.css: text at least 4.5 to 1, the edges of fields at least 3 to 1, in every accent."""

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parents[2] / "src" / "linli" / "site" / "static" / "site"
PACKS = Path(__file__).resolve().parents[2] / "src" / "linli" / "areas" / "packs"
TEXT, EDGE = 4.5, 3.0
# (in front, behind, least contrast)
PAIRS = [
    *[(front, behind, TEXT) for front in ("ink", "soft", "accent") for behind in ("paper", "card", "wash")],
    *[("ink", behind, TEXT) for behind in ("accent-wash", "good-wash", "care-wash")],
    *[("soft", behind, TEXT) for behind in ("accent-wash",)],
    *[("accent", behind, TEXT) for behind in ("accent-wash", "good-wash", "care-wash")],
    *[("good", behind, TEXT) for behind in ("paper", "card", "good-wash")],
    *[("care", behind, TEXT) for behind in ("paper", "card", "care-wash")],
    ("on-accent", "accent", TEXT),
    *[("edge", behind, EDGE) for behind in ("paper", "card", "wash")],
    # The focus ring and the parts of a picture.
    ("ink", "accent", 1.3),
    ("accent", "wash", EDGE),
]


def colours(sheet: str, selector: str) -> dict[str, str]:
    block = re.search(
        rf"^{re.escape(selector)} {{\n(.*?)^}}", (STATIC / sheet).read_text(), re.DOTALL | re.MULTILINE
    )
    assert block, f"{sheet} has no {selector}"
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block.group(1)))


def accents(sheet: str) -> list[str]:
    return re.findall(r'html\[data-accent="([a-z]+)"\]', (STATIC / sheet).read_text())


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it, 0 for black to 1 for white."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def palette(sheet: str, accent: str) -> dict[str, str]:
    own = {} if accent == "brick" else colours(sheet, f'html[data-accent="{accent}"]')
    return colours(sheet, ":root") | own


def test_contrast_of_black_on_white():
    assert (contrast("#000000", "#ffffff"), contrast("#777777", "#777777")) == (21.0, 1.0)


@pytest.mark.parametrize("accent", ["brick", *accents("site.css")])
@pytest.mark.parametrize("sheet", ["site.css", "dark.css"])
def test_colours_can_be_read(sheet, accent):
    found = palette(sheet, accent)
    weak = {
        f"{front} on {behind}": round(contrast(found[front], found[behind]), 2)
        for front, behind, least in PAIRS
        if contrast(found[front], found[behind]) < least
    }
    assert weak == {}


def test_every_accent_is_there_in_light_and_dark_and_for_every_pack():
    named = {
        re.search(r'^accent = "(\w+)"', path.read_text(encoding="utf-8"), re.MULTILINE)[1]
        for path in PACKS.glob("*.toml")
    }
    assert accents("site.css") == accents("dark.css")
    assert named - {"brick"} - set(accents("site.css")) == set()
