"""Publishing an article, at once or at a time named; correcting and withdrawing it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.kit.refs import ref
from linli.kit.rules import Problem, require
from linli.kit.search import forget
from linli.ledger.actions import record, schedule
from linli.news.actions.picturing import let_go
from linli.news.actions.writing import Written, columns
from linli.news.events import (
    ArticleCorrected,
    ArticlePublished,
    ArticleScheduled,
    ArticleWithdrawn,
)
from linli.news.indexing import index_articles
from linli.news.models import Article
from linli.news.rules import may_become, may_write_news

State = Article.State


@transaction.atomic
def publish_article(*, by: Any, article: Article, at: datetime | None = None) -> None:
    """Publishes it, now or at a moment to come. Whoever follows the station hears of it when it is out.

    Problem when that moment is past, or when it is out already.
    """
    require(may_write_news(by, article.unit))
    held = hold(article)
    if at is None:
        put_out(held, by=by, scheduled=False)
        return
    if at <= timezone.now():
        raise Problem(_("This moment is past. Leave it empty to publish now."), "publish_at")
    refuse_unless(held, State.SCHEDULED)
    Article.objects.filter(pk=held.pk).update(state=State.SCHEDULED, publish_at=at)
    schedule("news.publish", due_at=at, data={"article": str(held.pk)}, key=f"{held.pk}:{at.isoformat()}")
    fact = ArticleScheduled(at.isoformat())
    record(fact, by=by, subject=ref(held), scope=ref(held.unit))


@transaction.atomic
def publish_scheduled(*, article_id: str, now: datetime) -> bool:
    """By the clock: publishes what was to come out by now. False when it was dropped or put off since."""
    due = Article.objects.select_for_update().select_related("unit")
    held = due.filter(pk=article_id, state=State.SCHEDULED, publish_at__lte=now).first()
    if held is None:
        return False
    put_out(held, by=None, scheduled=True)
    return True


@transaction.atomic
def unschedule_article(*, by: Any, article: Article) -> None:
    """Makes a draft of it again. Problem once it is out."""
    require(may_write_news(by, article.unit))
    held = hold(article)
    refuse_unless(held, State.DRAFT)
    Article.objects.filter(pk=held.pk).update(state=State.DRAFT, publish_at=None)


@transaction.atomic
def correct_article(*, by: Any, article: Article, written: Written, correction: str) -> None:
    """Says a published article anew, and on it, for good, what was wrong. Nobody is told again; feeds show it as changed."""
    require(may_write_news(by, article.unit))
    held = hold(article)
    if not held.is_out:
        raise Problem(_("Only what is published is corrected."))
    if not correction:
        raise Problem(_("Please say in a line what was wrong."), "correction")
    changed = columns(written) | {"correction": correction, "changed_at": timezone.now()}
    Article.objects.filter(pk=held.pk).update(**changed)
    index_articles(Article.objects.get(pk=held.pk))
    record(ArticleCorrected(), by=by, subject=ref(held), scope=ref(held.unit))


@transaction.atomic
def withdraw_article(*, by: Any, article: Article, why: str) -> None:
    """Takes a published article back: its address says so and why, its text is shown nowhere. It stays withdrawn.

    Its pictures are removed, rows and files.
    """
    require(may_write_news(by, article.unit))
    held = hold(article)
    refuse_unless(held, State.WITHDRAWN)
    if not why:
        raise Problem(_("Please say in a line why it is withdrawn."), "why")
    changed = {"state": State.WITHDRAWN, "withdrawal": why, "changed_at": timezone.now()}
    Article.objects.filter(pk=held.pk).update(**changed)
    let_go(list(held.pictures.values_list("file", flat=True)))
    held.pictures.all().delete()
    forget(ref(held))
    record(ArticleWithdrawn(), by=by, subject=ref(held), scope=ref(held.unit))


def hold(article: Article) -> Article:
    return Article.objects.select_for_update().select_related("unit").get(pk=article.pk)


def refuse_unless(held: Article, wanted: str) -> None:
    if not may_become(held.state, wanted):
        raise Problem(_("This has changed since you looked. Please look again."))


def put_out(held: Article, *, by: Any, scheduled: bool) -> None:
    """`held` is locked by the caller."""
    refuse_unless(held, State.PUBLISHED)
    out = {"state": State.PUBLISHED, "published_at": timezone.now(), "publish_at": None}
    Article.objects.filter(pk=held.pk).update(**out)
    index_articles(held)
    record(ArticlePublished(scheduled), by=by, subject=ref(held), scope=ref(held.unit))
