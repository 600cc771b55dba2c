"""Template tags of the house: words in the reader's language, nouns of the terminology pack, dates for people."""

from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from linli.kit import nouns
from linli.kit.texts import mask_name as masked
from linli.kit.words import said

register = template.Library()


@register.simple_tag
def words(thing: Any, field: str, *, plain: bool = False) -> str:
    """The words of a field; when they are not in the reader's language the page says which language they are.

    `plain`: without saying so, where no element can stand, as in a page's title.
    """
    found = said(thing, field)
    if plain:
        return found.text
    return (
        format_html('<span lang="{}">{}</span>', found.language, found.text)
        if found.is_fallback
        else found.text
    )


@register.simple_tag(takes_context=True)
def noun(context: dict[str, Any], key: str, *, many: bool = False) -> str:
    """A noun of the terminology pack that holds on this page."""
    return nouns.noun(key, pack=context.get("pack"), many=many)


@register.filter
def day_name(day: date, zone: tzinfo | None = None) -> str:
    """Today, tomorrow, yesterday, or the date with its weekday; `zone` says whose today."""
    return named(day, timezone.localdate(timezone=zone), get_language() or "")


@lru_cache(maxsize=4096)
def named(day: date, today: date, _language: str) -> str:
    """The same few days stand on every row of a list, so each is named once."""
    distance = (day - today).days
    near = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}
    return near.get(distance) or pgettext("date with weekday", "%(date)s (%(weekday)s)") % {
        "date": date_format(day, "MONTH_DAY_FORMAT" if abs(distance) < 300 else "DATE_FORMAT"),
        "weekday": date_format(day, "D"),
    }


@register.filter
def when(moment: datetime | None, zone: tzinfo | None = None) -> str:
    """A moment as people say it: "today 15:00"; midnight belongs to the evening before it, as 24:00."""
    if moment is None:
        return ""
    local = timezone.localtime(moment, zone)
    day, clock = local.date(), local.strftime("%H:%M")
    if clock == "00:00":
        day, clock = day - timedelta(days=1), "24:00"
    return _("%(day)s %(time)s") % {"day": day_name(day, zone), "time": clock}


@register.filter
def mask_name(name: str) -> str:
    return masked(name)
