"""Tags that the templates of site/components/ need."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html

register = template.Library()

TONE_ICONS = {"good": "done", "care": "flag", "calm": "info", "quiet": "ring"}


@register.simple_tag
@cache
def icon(name: str) -> str:
    """A drawing of static/site/icons.svg. It only ever stands beside words, so screen readers skip it."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', static("site/icons.svg"), name
    )


@register.simple_tag
@cache
def tone_icon(tone: str | None = None) -> str:
    """The drawing that goes with a tone, so that colour never carries meaning alone."""
    return icon(TONE_ICONS.get(tone or "", "ring"))


@register.filter
def level(value: float, most: float) -> int:
    """The shade 0 to 4 of a cell: 0 for nothing, 4 for the most there is."""
    return 0 if not value or not most else min(4, 1 + int(4 * value / (most + 1e-9)))


@register.filter
def pairs(columns: Iterable[Any], row: Iterable[Any]) -> list[tuple[Any, Any]]:
    """Each column with the cell of this row that stands under it."""
    return list(zip(columns, row, strict=True))
