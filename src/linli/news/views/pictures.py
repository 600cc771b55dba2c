"""Pictures of articles: the page on which they are added and described, and the files themselves."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.kit import gallery
from linli.kit.forms import AddPictureForm, PictureForm
from linli.kit.pages import page, refuse
from linli.kit.policies import public, staff
from linli.kit.rules import Problem
from linli.news import actions
from linli.news.actions.picturing import FOLDER, album, elsewhere
from linli.news.forms import FetchPictureForm
from linli.news.models import Article, ArticlePicture
from linli.news.views.articles import own_article
from linli.people.throttle import Limit, take

FETCH = Limit("fetch-picture", 60, 3600)


@staff
def pictures(request: HttpRequest, code: str) -> HttpResponse:
    """All pictures of an article, what its text links to elsewhere, and a form for one more."""
    article = own_article(request, code)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = AddPictureForm(*sent)

    def add() -> None:
        actions.add_picture(by=request.user, article=article, **form.cleaned_data)

    if request.method == "POST" and form.carries(add):
        return redirect("news:pictures", code)
    own = article.pictures.select_related("article")
    context = {
        "article": article,
        "form": form,
        "pictures": [(each, PictureForm.of(each)) for each in own],
        "remote": [FetchPictureForm.of(*each) for each in enumerate(elsewhere(article).items())],
    }
    return page(request, "news/pictures.html", context, status=422 if form.errors else 200)


@staff
@require_POST
def picture(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """What a picture shows is said anew; or, with "remove", it is taken away."""
    article = own_article(request, code)
    found = get_object_or_404(article.pictures.select_related("article__unit"), number=number)
    if "remove" in request.POST:
        actions.remove_picture(by=request.user, picture=found)
        return redirect("news:pictures", code)
    form = PictureForm(request.POST)
    if form.carries(lambda: actions.describe_picture(by=request.user, picture=found, **form.cleaned_data)):
        return redirect("news:pictures", code)
    context = {"article": article, "picture": found, "form": form, "submit": _("Keep the words")}
    return refuse(request, "news/picture.html", context)


@staff
@require_POST
def fetch(request: HttpRequest, code: str) -> HttpResponse:
    """Has a picture fetched that the text links to."""
    article = own_article(request, code)
    form = FetchPictureForm(request.POST)
    context = {"article": article, "form": form, "submit": _("Fetch this picture")}
    if not form.is_valid():
        return refuse(request, "news/picture.html", context)
    try:
        take(FETCH, str(request.user.pk))
        actions.fetch_picture(by=request.user, article=article, **form.cleaned_data)
    except Problem as problem:
        return refuse(request, "news/picture.html", context, problem)
    return redirect("news:pictures", code)


@public
def file(request: HttpRequest, name: str) -> HttpResponse:
    """A file of ours, as long as an article has it that the reader may see and that was not withdrawn."""
    large = gallery.large_name(name)
    seen = Article.objects.visible_to(request.user).exclude(state="withdrawn")
    if not large or not ArticlePicture.objects.filter(file=f"{FOLDER}/{large}", article__in=seen).exists():
        raise Http404
    return gallery.serve(name, album())
