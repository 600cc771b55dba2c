"""Tags for lists of articles."""

from typing import Any

from django import template

register = template.Library()


@register.simple_tag
def place(units: dict[Any, Any], article: Any) -> Any:
    """How the unit of an article stands today; None for one that has ended."""
    return units.get(article.unit_id)
