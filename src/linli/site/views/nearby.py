"""歇歇脚: where to sit, drink and charge now, for somebody on their feet and without an account."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from linli.directory.nearby import Start, doors_near
from linli.kit.coordinates import Point
from linli.kit.nouns import noun
from linli.kit.pages import page
from linli.kit.policies import public
from linli.kit.texts import visible
from linli.site.nearby import (
    areas_inside,
    find_start,
    first_areas,
    landmarks,
    meant,
    nearby_url,
    read_position,
    written,
)

WISHES = ("water", "phone_charging", "battery_swap", "toilet", "all_night")


@dataclass(frozen=True)
class Asked:
    """What an address asks: from a rounded position (`at`), from something by its code (`from`), or from a name (`q`)."""

    request: HttpRequest

    def said(self, name: str) -> str:
        """What was typed, without what cannot be seen."""
        return "".join(filter(visible, self.request.GET.get(name, "")[:100])).strip()

    @cached_property
    def wishes(self) -> list[str]:
        return [wish for wish in WISHES if self.request.GET.get(wish)]

    @cached_property
    def position(self) -> Point | None:
        return read_position(self.said("at"))

    @cached_property
    def start(self) -> Start | None:
        return find_start(self.said("from")) if self.said("from") else None

    @cached_property
    def meant(self) -> list[Start]:
        return meant(self.said("q"), self.request.user) if self.said("q") else []

    @property
    def point(self) -> Point | None:
        return self.position or (self.start.point if self.start else None)

    @property
    def address(self) -> dict[str, str]:
        """Where from, as it stands in addresses."""
        if self.position:
            return {"at": written(self.position)}
        return {"from": self.start.code} if self.start else {}

    @property
    def better_address(self) -> str:
        """Where this page rather stands: a finer position is rounded, and the only thing that was meant has a code."""
        if self.position and self.said("at") != written(self.position):
            return nearby_url(self.address, self.wishes)
        return self.url(self.meant[0]) if len(self.meant) == 1 else ""

    def url(self, start: Start) -> str:
        """The answer from there, with the same wishes."""
        return nearby_url({"from": start.code}, self.wishes)

    @property
    def toggles(self) -> list[tuple[str, str, str, bool]]:
        """(wish, words, address with it turned over, whether it is on)."""
        return [
            (wish, wish_words(wish), nearby_url(self.address, self.without(wish)), wish in self.wishes)
            for wish in WISHES
        ]

    def without(self, wish: str) -> list[str]:
        """The wishes with this one turned over, in their order."""
        return [each for each in WISHES if (each in self.wishes) != (each == wish)]


def wish_words(wish: str) -> str:
    return _("Open all night") if wish == "all_night" else noun(wish)


@public
def nearby(request: HttpRequest) -> HttpResponse:
    """The doors around somebody who says where they are; without that, where to begin."""
    asked = Asked(request)
    if asked.better_address:
        return redirect(asked.better_address)
    inside = areas_inside(asked.start) if asked.start else []
    if asked.point is None or inside:
        return page(request, "site/nearby.html", beginning(asked, inside))
    now = timezone.now()
    context = {
        "asked": asked,
        "doors": doors_near(asked.point, asked.wishes, now),
        "now": now,
    }
    return page(request, "site/nearby.html", context)


def beginning(asked: Asked, inside: list[Start]) -> dict[str, Any]:
    """What there is to choose from: what was meant, the parts of an area, or everything."""
    if asked.meant or inside:
        return {"asked": asked, "choices": links(asked, asked.meant or inside)}
    return {
        "asked": asked,
        "unknown": asked.said("q") or asked.said("from") or asked.said("at"),
        # Asked for only where the page has not kept them.
        "landmarks": lambda: links(asked, landmarks()),
        "areas": lambda: links(asked, first_areas()),
    }


def links(asked: Asked, starts: list[Start]) -> list[tuple[Start, str]]:
    return [(start, asked.url(start)) for start in starts]
