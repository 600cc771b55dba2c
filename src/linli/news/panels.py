"""What the news show on pages of others."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from linli.areas import tree
from linli.areas.models import Unit
from linli.kit.gallery import Photo
from linli.news.models import Article, ArticlePicture
from linli.news.texts import sanitised, with_pictures


def latest(count: int) -> list[Article]:
    """The newest articles of the whole network: one query."""
    return list(Article.objects.out().briefly()[:count])


def standing_of(articles: Iterable[Article]) -> dict[Any, tree.Standing]:
    """For each unit that published one of these, how it stands today: one query."""
    return tree.standing({article.unit_id for article in articles})


def of_unit(unit: Unit) -> Any:
    """What a unit and all below it have published, newest first, without the texts."""
    return Article.objects.out().of(unit.pk).briefly()


@dataclass(frozen=True)
class Illustrated:
    """An article with its pictures: `html` with those that the text places, `head` above it, the `others` below it."""

    html: str
    head: Photo | None
    others: list[ArticlePicture]
    credits: list[str]

    @property
    def first(self) -> Photo | None:
        """The one that stands for the article where there is room for one."""
        return self.head or (self.others[0].photo if self.others else None)


def illustrated(article: Article, site: str = "") -> Illustrated:
    """The text of an article as it is shown: one query. `site` stands before the address of each picture."""
    pictures = list(article.pictures.all())
    photos = {each.number: each.photo for each in pictures}
    fetched = {each.from_url: each.number for each in pictures if each.from_url}
    head = fetched.get(article.picture_url)
    html, placed = with_pictures(sanitised(article.html), photos, fetched, site)
    return Illustrated(
        html,
        photos[head] if head else None,
        [each for each in pictures if each.number not in {*placed, head}],
        list(dict.fromkeys(each.credit for each in pictures if each.credit)),
    )
