"""Rows of lists. No page is asked for more often than a list of fifty stations or thirty hits, so its rows are put
together here and not by a template, which takes four times as long (`./linli bench pages`).

Whatever people wrote goes through `escape`; the rest is ours.
"""

from collections.abc import Iterable
from functools import cache
from html import escape
from typing import Any

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from linli.directory.hearsay import hearsay
from linli.directory.listing import StationCard
from linli.directory.wording import worded
from linli.kit.nouns import noun
from linli.kit.words import said
from linli.site.templatetags.components import icon, tone_icon

register = template.Library()


@register.simple_tag(takes_context=True)
def station_rows(context: Any, cards: Iterable[StationCard], marked: str = "", mark: str = "") -> SafeString:
    """Each card as a row; stands in <ul class="rows">. The one whose code is `marked` has `mark` as a badge more."""
    language, pack, drawing = get_language() or "", context.get("pack"), icon("station")
    today = cache(lambda zone: timezone.localdate(timezone=zone))

    def is_marked(card: StationCard) -> bool:
        return bool(marked) and card.station.code == marked

    cards = list(cards)
    said = hearsay([card.station.id for card in cards], timezone.now())

    def counting(card: StationCard) -> str:
        """What two people say of it, where pages go by that."""
        sentences = [each.words(card.zone) for each in said.get(card.station.id, []) if each.counts]
        return "".join(f' <span class="badge care">{tone_icon("care")}{escape(s)}</span>' for s in sentences)

    def row(card: StationCard) -> str:
        tone, says = worded(card.opening, card.zone, language, today(card.zone))
        kind = escape(noun(card.kind_noun, language, pack))
        address = f" · {words(card.station, 'address', language)}" if card.station.address else ""
        more = (
            f' <span class="badge good">{tone_icon("good")}{escape(mark)}</span>' if is_marked(card) else ""
        )
        return (
            f'<li class="row"><a href="{card.url}">{drawing}<span>{words(card.station, "name", language)}</span></a> '
            f'<span class="badge {tone}">{tone_icon(tone)}{escape(says)}</span>{counting(card)}{more}\n  <p>{kind}{address}</p></li>'
        )

    return mark_safe("\n".join(map(row, cards)))


@register.simple_tag(takes_context=True)
def found_rows(context: Any, things: Iterable[Any]) -> SafeString:
    """What a search found, each with its kind and its address where it has one; stands in <ul class="rows">."""
    language, pack = get_language() or "", context.get("pack")

    def row(thing: Any) -> str:
        address = f"<p>{words(thing, 'address', language)}</p>" if getattr(thing, "address", "") else ""
        name, kind = words(thing, "name", language), thing._meta.model_name
        noun_of_kind = (
            ""
            if kind == "station"
            else f' <span class="soft small">{escape(noun(kind, language, pack))}</span>'
        )
        return (
            f'<li class="row"><a href="{escape(thing.get_absolute_url())}">{icon(kind)}<span>{name}</span></a>'
            f"{noun_of_kind}{address}</li>"
        )

    return mark_safe("\n".join(map(row, things)))


def words(thing: Any, field: str, language: str) -> str:
    """As `{% words %}` has them, for a language that was asked for once."""
    found = said(thing, field, language)
    text = escape(found.text)
    return f'<span lang="{escape(found.language)}">{text}</span>' if found.is_fallback else text
