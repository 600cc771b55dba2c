"""The background of the map: somebody else's server, so off until the operator names one with its approval number.

Even then nothing is asked of it before somebody taps, and only the map's page allows it in its content policy.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Warning as Advice
from django.core.checks import register
from django.http import HttpResponse

GAPS = ("{z}", "{x}", "{y}")


@dataclass(frozen=True)
class Tiles:
    """Where the pictures come from, in which datum they are drawn, and what has to stand beside them."""

    url: str
    host: str
    datum: str
    credit: str


def tiles() -> Tiles | None:
    """None unless they may be shown: over https, from one host by name, with the number of their approval 审图号."""
    if not settings.TILE_URL or faults():
        return None
    beside = " · ".join(filter(None, [settings.TILE_CREDIT, settings.TILE_APPROVAL]))
    return Tiles(settings.TILE_URL, urlsplit(settings.TILE_URL).netloc, settings.TILE_DATUM, beside)


def faults() -> list[str]:
    """Why the tiles that were named are not shown."""
    parts = urlsplit(settings.TILE_URL)
    wrong = {
        "LINLI_TILE_APPROVAL is empty: without its number no background is shown.": not settings.TILE_APPROVAL,
        "LINLI_TILE_URL has to begin with https://.": parts.scheme != "https" or not parts.hostname,
        "LINLI_TILE_URL has to name one host, without a gap in it.": "{" in parts.netloc
        or "*" in parts.netloc,
        "LINLI_TILE_URL has to hold {z}, {x} and {y}.": not all(gap in settings.TILE_URL for gap in GAPS),
        "LINLI_TILE_DATUM has to be wgs84 or gcj02.": settings.TILE_DATUM not in {"wgs84", "gcj02"},
    }
    return [sentence for sentence, holds in wrong.items() if holds]


@register
def check_tiles(**_options: Any) -> list[Advice]:
    return [Advice(sentence, id="linli.W001") for sentence in faults()] if settings.TILE_URL else []


def allow(response: HttpResponse, found: Tiles) -> HttpResponse:
    """The content policy of this one page lets pictures of this one host in."""
    response._csp_update = {"img-src": [f"https://{found.host}"]}  # type: ignore[attr-defined]
    return response
