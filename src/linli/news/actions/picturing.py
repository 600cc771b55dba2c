"""Pictures of articles: sent by an editor, or fetched at an editor's word from where the text links to."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.kit import gallery
from linli.kit.fetching import fetch
from linli.kit.ids import uuid7
from linli.kit.pictures import MOST_BYTES, Picture, read_picture
from linli.kit.refs import ref
from linli.kit.rules import Problem, require
from linli.ledger.actions import record, schedule
from linli.news.events import ArticlePictureAdded, ArticlePictureRemoved
from linli.news.models import Article, ArticlePicture
from linli.news.rules import may_write_news
from linli.news.texts import pictures_elsewhere

FOLDER, MOST = "news", 30


def album() -> Path:
    """Where the pictures of articles lie."""
    return Path(settings.MEDIA_ROOT) / FOLDER


@transaction.atomic
def add_picture(
    *, by: Any, article: Article, picture: Picture, alt: str, credit: str = "", from_url: str = ""
) -> ArticlePicture:
    """Hangs a picture on an article, with the next number. Nobody is told. Problem when it has thirty, or is withdrawn."""
    require(may_write_news(by, article.unit))
    held = Article.objects.select_for_update().get(pk=article.pk)
    if held.state == Article.State.WITHDRAWN:
        raise Problem(_("This article was withdrawn; its pictures are shown nowhere."))
    there = held.pictures.all()
    if there.count() >= MOST:
        raise Problem(_("An article has %(most)d pictures at most.") % {"most": MOST}, "picture")
    gallery.keep(picture, album())
    added = ArticlePicture.objects.create(
        article=held,
        number=(there.aggregate(last=Max("number"))["last"] or 0) + 1,
        file=f"{FOLDER}/{picture.name}",
        alt=alt,
        credit=credit,
        from_url=from_url,
    )
    record(ArticlePictureAdded(bool(from_url)), by=by, subject=ref(held), scope=ref(held.unit))
    return added


def fetch_picture(
    *, by: Any, article: Article, url: str, alt: str, get: Callable[..., bytes] = fetch
) -> ArticlePicture:
    """Fetches a picture that the article links to, and shows ours in the place of the link. Problem when it cannot be had.

    The other server is asked before the transaction begins: it may take twenty seconds.
    """
    require(may_write_news(by, article.unit))
    if url not in elsewhere(article):
        raise Problem(_("This article links to no such picture."), "url")
    picture = read_picture(get(url, most=MOST_BYTES))
    return add_picture(
        by=by, article=article, picture=picture, alt=alt, credit=article.source_name, from_url=url
    )


def elsewhere(article: Article) -> dict[str, str]:
    """Address → what the text says it shows, for each picture of another site that has not been fetched yet."""
    found = {article.picture_url: ""} if article.picture_url else {}
    found |= pictures_elsewhere(article.html)
    fetched = set(article.pictures.values_list("from_url", flat=True))
    return {url: words for url, words in found.items() if url not in fetched}


@transaction.atomic
def describe_picture(*, by: Any, picture: ArticlePicture, alt: str, credit: str) -> None:
    """Says anew what a picture shows and whose it is. Leaves no fact."""
    require(may_write_news(by, picture.article.unit))
    ArticlePicture.objects.filter(pk=picture.pk).update(alt=alt, credit=credit)


@transaction.atomic
def remove_picture(*, by: Any, picture: ArticlePicture) -> None:
    """Takes a picture away; the other numbers stay. Its files go a moment later."""
    article = picture.article
    require(may_write_news(by, article.unit))
    gone, _kinds = ArticlePicture.objects.filter(pk=picture.pk).delete()
    if gone:
        record(ArticlePictureRemoved(), by=by, subject=ref(article), scope=ref(article.unit))
        let_go([picture.file.name])


def let_go(files: list[str]) -> None:
    """Plans the removal of files: only once the change is in the database may they go."""
    for name in files:
        schedule("news.forget_picture", due_at=timezone.now(), data={"file": name}, key=str(uuid7()))


def forget_picture(*, file: str) -> bool:
    """Removes the files of a picture that no article has any more. False when one still does."""
    if ArticlePicture.objects.filter(file=file).exists():
        return False
    gallery.forget(Path(file).name, album())
    return True
