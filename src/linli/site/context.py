"""What every page knows."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from linli.areas.models import UnitVersion
from linli.kit.words import said
from linli.notices.panels import unseen_count
from linli.site.appearance import appearance

NAME_KEPT_SECONDS = 30


def network_name() -> str:
    """The name of the root of the tree in the reader's language; empty before the set-up. Kept for half a minute."""
    key = f"network-name:{get_language()}"
    name = cache.get(key)
    if name is None:
        version = UnitVersion.objects.valid().filter(parent=None).first()
        name = str(said(version, "name")) if version else ""
        # An empty name is not kept: right after the set-up the new one stands on the page.
        if name:
            cache.set(key, name, NAME_KEPT_SECONDS)
    return str(name)


def layout(request: HttpRequest) -> dict[str, Any]:
    """Context of the layout; whatever costs a query is asked only where a template shows it."""
    # A request refused early, for its host or its size, has met no middleware that says who asks.
    person = getattr(request, "user", None) or AnonymousUser()
    return {
        "appearance": appearance(request),
        "demonstration": settings.DEMONSTRATION,
        "cast": SimpleLazyObject(cast) if settings.DEMONSTRATION else (),
        "network_name": SimpleLazyObject(network_name),
        "unseen_notices": SimpleLazyObject(lambda: unseen_count(person) if person.is_authenticated else 0),
        "person": person,
        "operator_name": settings.OPERATOR_NAME,
        "operator_contact": settings.OPERATOR_CONTACT,
        "filing_numbers": settings.FILING_NUMBERS,
        "pack": settings.PACK,
    }


def cast() -> list[tuple[str, str, str]]:
    from linli.site.demonstration.cast import choices

    return choices()
