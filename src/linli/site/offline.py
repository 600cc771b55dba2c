"""What still works without a connection: the offline page, the service worker, the manifest."""

import hashlib
import json
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.kit.policies import public
from linli.site.appearance import shown_as_asked
from linli.site.context import network_name

FILES = [
    "site/site.css",
    "site/components.css",
    "site/pages.css",
    "site/dark.css",
    "site/print.css",
    "site/nearby.css",
    "site/site.js",
    "site/nearby.js",
    "site/offline.js",
    "site/icons.svg",
    "site/favicon.svg",
    "django_htmx/htmx-2.min.js",
]
SOURCE = "site/sw.js"
PAPER = "#f8f3ea"


@public
def offline(request: HttpRequest) -> HttpResponse:
    """Shown by the service worker when there is no connection; fetched without cookies, so it knows no person."""
    return shown_as_asked(request, "site/offline.html")


@public
def service_worker(request: HttpRequest) -> HttpResponse:
    """The worker's source with its version and the files it keeps written above it."""
    names = [static(name) for name in FILES]
    head = f"const VERSION = {json.dumps(version())};\nconst FILES = {json.dumps(names)};\n"
    script = head + found(SOURCE).read_text(encoding="utf-8")
    response = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


def found(name: str) -> Path:
    """Where a static file lies in its package. Raises LookupError when a name of ours is wrong."""
    path = finders.find(name)
    if path is None:
        raise LookupError(f"No static file {name}.")
    return Path(path)


@cache
def version() -> str:
    """Changes whenever the worker or a file it keeps changes, so that old caches die."""
    whole = hashlib.sha256()
    for name in [SOURCE, *FILES]:
        whole.update(found(name).read_bytes())
    return whole.hexdigest()[:12]


@public
def manifest(request: HttpRequest) -> JsonResponse:
    """Lets a phone put the network on its home screen."""
    name = network_name()
    content = {
        "name": f"{name} · {_('Linli')}" if name else _("Linli"),
        "short_name": _("Linli"),
        "start_url": reverse("site:home"),
        "scope": "/",
        "display": "minimal-ui",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [{"src": static("site/favicon.svg"), "sizes": "any", "type": "image/svg+xml"}],
        "shortcuts": [{"name": _("Rest your feet"), "url": reverse("site:nearby")}],
    }
    return JsonResponse(
        content, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False}
    )
