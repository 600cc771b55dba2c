"""Writing an article, until it is published."""

from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from linli.areas.models import Unit
from linli.kit.refs import ref
from linli.kit.rules import Problem, require
from linli.ledger.actions import record
from linli.news.actions.picturing import let_go
from linli.news.events import ArticleDropped, ArticleWritten
from linli.news.models import Article
from linli.news.rules import may_write_news
from linli.news.texts import clean

State = Article.State


@dataclass(frozen=True)
class Written:
    """What an author says in an article; `body` is Markdown in which HTML may stand."""

    title: str
    language: str
    body: str
    lead: str = ""
    byline: str = ""
    source_name: str = ""
    source_url: str = ""
    licence: str = ""
    picture_url: str = ""
    categories: list[str] = field(default_factory=list)


def columns(written: Written) -> dict[str, Any]:
    """The columns of an article that says this. Problem where nothing of the text is left to show."""
    html = clean(written.body)
    if not html:
        raise Problem(_("Nothing of this text can be shown. Please write it in plain words."), "body")
    return asdict(written) | {"html": html}


@transaction.atomic
def write_article(*, by: Any, unit: Unit, written: Written) -> Article:
    """Begins an article for a unit: a draft that those who write there see, and nobody else. Nobody is told."""
    require(may_write_news(by, unit))
    article = Article.objects.create(unit=unit, **columns(written))
    record(ArticleWritten(), by=by, subject=ref(article), scope=ref(unit))
    return article


@transaction.atomic
def change_article(*, by: Any, article: Article, written: Written) -> None:
    """Says anew what is not out yet; leaves no fact, as nobody has read it. Problem once it is out."""
    require(may_write_news(by, article.unit))
    waiting = Article.objects.filter(pk=article.pk, state__in=[State.DRAFT, State.SCHEDULED])
    if not waiting.update(**columns(written)):
        raise Problem(_("This is published by now. Please look again: it can be corrected or withdrawn."))


@transaction.atomic
def drop_article(*, by: Any, article: Article) -> None:
    """Deletes what was never out. Problem once it is."""
    require(may_write_news(by, article.unit))
    files = list(article.pictures.values_list("file", flat=True))
    fact = ArticleDropped()
    record(fact, by=by, subject=ref(article), scope=ref(article.unit))
    gone, _kinds = Article.objects.filter(pk=article.pk, state__in=[State.DRAFT, State.SCHEDULED]).delete()
    if not gone:
        raise Problem(_("This is published by now. Please look again: it can be corrected or withdrawn."))
    let_go(files)
