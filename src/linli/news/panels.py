"""What the news show on pages of others."""

from collections.abc import Iterable
from typing import Any

from linli.areas import tree
from linli.areas.models import Unit
from linli.news.models import Article


def latest(count: int) -> list[Article]:
    """The newest articles of the whole network: one query."""
    return list(Article.objects.out().briefly()[:count])


def standing_of(articles: Iterable[Article]) -> dict[Any, tree.Standing]:
    """For each unit that published one of these, how it stands today: one query."""
    return tree.standing({article.unit_id for article in articles})


def of_unit(unit: Unit) -> Any:
    """What a unit and all below it have published, newest first, without the texts."""
    return Article.objects.out().of(unit.pk).briefly()
