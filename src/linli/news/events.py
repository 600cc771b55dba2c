"""Facts of the news. What an article says stays out of the ledger."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from linli.ledger.facts import fact


@fact("news.article_written", says=_("An article was begun."))
@dataclass(frozen=True)
class ArticleWritten:
    pass


@fact("news.article_scheduled", says=_("An article is to be published at {at}."))
@dataclass(frozen=True)
class ArticleScheduled:
    """`at` in ISO 8601."""

    at: str


@fact("news.article_published", says=_("An article was published."))
@dataclass(frozen=True)
class ArticlePublished:
    """`scheduled`: at a time that had been named before."""

    scheduled: bool


@fact("news.article_corrected", says=_("A published article was corrected."))
@dataclass(frozen=True)
class ArticleCorrected:
    pass


@fact("news.article_withdrawn", says=_("A published article was withdrawn."))
@dataclass(frozen=True)
class ArticleWithdrawn:
    pass


@fact("news.article_dropped", says=_("An article was dropped before it was published."))
@dataclass(frozen=True)
class ArticleDropped:
    pass


@fact(
    "news.articles_imported", says=_("Articles were imported: {new} new, {changed} changed, {same} the same.")
)
@dataclass(frozen=True)
class ArticlesImported:
    new: int
    changed: int
    same: int


@fact("news.article_picture_added", says=_("A picture was added to an article."))
@dataclass(frozen=True)
class ArticlePictureAdded:
    """`fetched`: from another site, at the editor's word."""

    fetched: bool


@fact("news.article_picture_removed", says=_("A picture of an article was removed."))
@dataclass(frozen=True)
class ArticlePictureRemoved:
    pass
