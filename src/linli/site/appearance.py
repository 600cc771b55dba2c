"""How a person wants the pages: language, light or dark, larger text. Kept in cookies on their own device only."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, get_language_info, override
from django.utils.translation import gettext_lazy as _

from linli.kit import nouns
from linli.kit.pages import back, page
from linli.kit.policies import public

# Each by its own name, whatever the language of the page.
LANGUAGES = [(code, get_language_info(code)["name_local"]) for code, _name in settings.LANGUAGES]
THEMES = [("auto", _("As on this device")), ("light", _("Light")), ("dark", _("Dark"))]
SIZES = [("0", _("Usual size")), ("1", _("Larger and plainer"))]
COOKIES = {"language": settings.LANGUAGE_COOKIE_NAME, "theme": "linli-theme", "elder": "linli-elder"}
CHOICES = {"language": LANGUAGES, "theme": THEMES, "elder": SIZES}
KEPT_SECONDS = 365 * 24 * 3600


def known(name: str, value: str | None) -> str | None:
    """The value if it is one of the choices, else None."""
    return value if value in dict(CHOICES[name]) else None


def appearance(request: HttpRequest) -> dict[str, Any]:
    """What the layout needs: theme ("auto", "light" or "dark"), elder ("1" or "0"), accent of the terminology pack, and all choices."""
    return {
        "theme": known("theme", request.COOKIES.get(COOKIES["theme"])) or "auto",
        "elder": known("elder", request.COOKIES.get(COOKIES["elder"])) or "0",
        "language": get_language() or settings.LANGUAGE_CODE,
        "accent": nouns.read_pack(settings.PACK).accent,
        "languages": LANGUAGES,
        "themes": THEMES,
        "sizes": SIZES,
    }


def shown_as_asked(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None
) -> HttpResponse:
    """A page in the language and look its address names (?language=en&theme=dark&elder=1), whatever the cookies say."""
    asked = {name: known(name, request.GET.get(name)) for name in COOKIES}
    with override(asked["language"] or get_language()):
        chosen = appearance(request) | {name: value for name, value in asked.items() if value}
        return page(request, template, {**(context or {}), "appearance": chosen})


@public
def look(request: HttpRequest) -> HttpResponse:
    """GET: the choices as a page; POST: keeps those that came and goes back to `next`."""
    if request.method != "POST":
        return page(request, "site/look.html")
    response = back(request)
    for name, cookie in COOKIES.items():
        value = known(name, request.POST.get(name))
        if value:
            keep(response, cookie, value)
    return response


def keep(response: HttpResponse, cookie: str, value: str) -> None:
    """For a year, on this site only, out of reach of scripts."""
    response.set_cookie(
        cookie, value, max_age=KEPT_SECONDS, secure=settings.HTTPS, httponly=True, samesite="Lax"
    )
