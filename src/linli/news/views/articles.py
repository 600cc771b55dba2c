"""Pages of news: lists, articles, feeds, and the desk of those who write."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.areas import tree
from linli.areas.models import Unit
from linli.kit import feeds
from linli.kit.pages import page
from linli.kit.policies import public, staff
from linli.kit.qr import qr
from linli.kit.rules import Problem, require
from linli.kit.words import said
from linli.news import actions, panels
from linli.news.forms import ArticleForm, CorrectionForm, PublishForm, WithdrawForm
from linli.news.models import Article
from linli.news.rules import may_write_news
from linli.news.texts import clean, plain, sanitised

PER_PAGE, IN_A_FEED = 20, 30


def unit_of(request: HttpRequest, code: str) -> Unit:
    """A unit that stands; 404 for one that has ended."""
    return get_object_or_404(Unit.objects.visible_to(request.user).filter(closed_on=None), code=code)


def article_of(request: HttpRequest, code: str) -> Article:
    return get_object_or_404(Article.objects.visible_to(request.user).select_related("unit"), code=code)


def own_article(request: HttpRequest, code: str) -> Article:
    """One that the person may write on."""
    article = article_of(request, code)
    require(may_write_news(request.user, article.unit))
    return article


# Reading


@public
def news(request: HttpRequest) -> HttpResponse:
    """What the whole network has published."""
    articles = Paginator(Article.objects.out().briefly(), PER_PAGE).get_page(request.GET.get("page"))
    return page(request, "news/news.html", {"page": articles, "units": panels.standing_of(articles)})


@public
def of_unit(request: HttpRequest, code: str) -> HttpResponse:
    """What a unit and all below it have published; those who write there also see what they are writing."""
    unit = unit_of(request, code)
    articles = Paginator(panels.of_unit(unit), PER_PAGE).get_page(request.GET.get("page"))
    may_write = may_write_news(request.user, unit)
    waiting = (
        Article.objects.filter(unit=unit, state__in=["draft", "scheduled"]).briefly() if may_write else ()
    )
    context = {
        "unit": unit,
        "standing": tree.standing([unit.pk]).get(unit.pk),
        "page": articles,
        "units": panels.standing_of(articles),
        "may_write": may_write,
        "waiting": waiting,
    }
    return page(request, "news/of_unit.html", context)


@public
def article(request: HttpRequest, code: str) -> HttpResponse:
    """One article; a withdrawn one says why (410), one that is not out yet is seen by those who write there."""
    found = article_of(request, code)
    context = {
        "article": found,
        "shown": panels.illustrated(found),
        "site": settings.ADDRESS,
        "standing": tree.standing([found.unit_id]).get(found.unit_id),
        "may_write": may_write_news(request.user, found.unit),
        "publish": PublishForm(),
    }
    return page(request, "news/article.html", context, status=410 if found.state == "withdrawn" else 200)


@public
def article_as_text(request: HttpRequest, code: str) -> HttpResponse:
    """The same in plain words, to copy from."""
    found = get_object_or_404(Article.objects.out(), code=code)
    lines = [found.title, found.lead, found.correction, plain(sanitised(found.html)), found.byline]
    text = "\n\n".join(filter(None, lines)) + "\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@public
def card(request: HttpRequest, code: str) -> HttpResponse:
    """What to send to others: title, place, day and a code for a phone's camera, all of it made here."""
    found = get_object_or_404(Article.objects.out().select_related("unit"), code=code)
    address = settings.ADDRESS + found.get_absolute_url()
    context = {
        "article": found,
        "standing": tree.standing([found.unit_id]).get(found.unit_id),
        "photo": panels.illustrated(found).first,
        "address": address,
        "address_code": qr(address),
    }
    return page(request, "news/card.html", context)


# Feeds


@public
def feed(request: HttpRequest, form: str, code: str = "") -> HttpResponse:
    """The newest articles of the network, or of a unit and all below it, as Atom or JSON Feed."""
    unit = unit_of(request, code) if code else tree.root()
    articles = Article.objects.out().prefetch_related("pictures")
    articles = articles.of(unit.pk) if code else articles
    whole = feed_of(request, unit, list(articles[:IN_A_FEED]), code)
    written, kind = (
        (feeds.atom(whole), feeds.ATOM) if form == "atom" else (feeds.json_feed(whole), feeds.JSON)
    )
    return HttpResponse(written, content_type=kind)


def feed_of(request: HttpRequest, unit: Unit | None, articles: list[Article], code: str) -> feeds.Feed:
    standing = tree.standing([unit.pk]).get(unit.pk) if unit else None
    name = said(standing, "name") if standing else None
    home = reverse("news:of_unit", args=[code]) if code else reverse("news:news")
    return feeds.Feed(
        title=_("News: %(name)s") % {"name": name} if name else _("News"),
        language=request.LANGUAGE_CODE,  # type: ignore[attr-defined]
        url=request.build_absolute_uri(home),
        own_url=request.build_absolute_uri(request.path),
        changed_at=timezone.now(),
        items=[item_of(request, each) for each in articles],
    )


def item_of(request: HttpRequest, each: Article) -> feeds.Item:
    note = f"<p><strong>{_('Corrected:')}</strong> {clean(each.correction)[3:]}" if each.correction else ""
    assert each.published_at is not None  # noqa: S101 a constraint sees to it
    return feeds.Item(
        id=f"urn:uuid:{each.pk}",
        url=request.build_absolute_uri(each.get_absolute_url()),
        title=each.title,
        language=each.language,
        html=sanitised(note) + panels.illustrated(each, request.build_absolute_uri("/")[:-1]).html,
        summary=each.lead,
        author=each.byline,
        published_at=each.published_at,
        changed_at=each.changed_at or each.published_at,
        tags=each.categories,
    )


# Writing


@staff
def write(request: HttpRequest, code: str) -> HttpResponse:
    """A new article for a unit: first a draft."""
    unit = unit_of(request, code)
    require(may_write_news(request.user, unit))
    form = ArticleForm(request.POST or None)
    made: list[Article] = []

    def begin() -> None:
        made.append(actions.write_article(by=request.user, unit=unit, written=form.written()))

    context = {"unit": unit, "standing": tree.standing([unit.pk]).get(unit.pk)}
    return answer(request, "news/write.html", form, begin, lambda: made[0], context)


@staff
def change(request: HttpRequest, code: str) -> HttpResponse:
    """An article that is not out yet is changed; one that is out is corrected, and says so."""
    found = own_article(request, code)
    if found.state == "withdrawn":
        return redirect(found)
    form = (CorrectionForm if found.is_out else ArticleForm)(request.POST or None, article=found)

    def deed() -> None:
        what = {"by": request.user, "article": found, "written": form.written()}
        if found.is_out:
            actions.correct_article(**what, correction=form.cleaned_data["correction"])
        else:
            actions.change_article(**what)

    return answer(request, "news/change.html", form, deed, lambda: found, {"article": found})


def answer(
    request: HttpRequest,
    template: str,
    form: ArticleForm,
    deed: Callable[[], None],
    where: Callable[[], Article],
    context: dict[str, Any],
) -> HttpResponse:
    """The form; what it would look like, if that was asked; or the article, once the deed is done."""
    if "preview" in request.POST and form.is_valid():
        shown = {"preview": clean(form.cleaned_data["body"]), "preview_of": form.cleaned_data}
        return page(request, template, context | shown | {"form": form})
    if "preview" not in request.POST and form.carries(deed):
        return redirect(where())
    return page(request, template, context | {"form": form}, status=422 if form.errors else 200)


@staff
@require_POST
def publish(request: HttpRequest, code: str) -> HttpResponse:
    """At once, or at the time named; with "draft" it is a draft again."""
    found = own_article(request, code)
    form = PublishForm(request.POST)

    def deed() -> None:
        if "draft" in request.POST:
            actions.unschedule_article(by=request.user, article=found)
        else:
            at = form.cleaned_data["publish_at"]
            actions.publish_article(by=request.user, article=found, at=at)

    if form.carries(deed):
        return redirect(found)
    context = {"article": found, "shown": panels.illustrated(found), "may_write": True, "publish": form}
    context["standing"] = tree.standing([found.unit_id]).get(found.unit_id)
    return page(request, "news/article.html", context, status=422)


@staff
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Takes an article back, with a line that says why."""
    found = own_article(request, code)
    if not found.is_out:
        return redirect(found)
    form = WithdrawForm(request.POST or None)

    def deed() -> None:
        actions.withdraw_article(by=request.user, article=found, why=form.cleaned_data["why"])

    if form.carries(deed):
        return redirect(found)
    context = {"form": form, "article": found}
    return page(request, "news/withdraw.html", context, status=422 if form.errors else 200)


@staff
@require_POST
def drop(request: HttpRequest, code: str) -> HttpResponse:
    """Deletes what was never out."""
    found = own_article(request, code)
    try:
        actions.drop_article(by=request.user, article=found)
    except Problem:
        return redirect(found)
    return redirect("news:of_unit", found.unit.code)
