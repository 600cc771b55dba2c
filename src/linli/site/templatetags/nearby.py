"""The rows of /nearby, put together here for the reason that `rows` gives; whatever people wrote goes through `escape`.

What is behind a door seldom changes: its words are kept for a minute. Whether it is open, how far it is and what
passers-by say is asked every time.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache as once
from functools import lru_cache
from html import escape
from typing import Any

from django import template
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from linli.directory.hearsay import what_words
from linli.directory.models.stations import station_url
from linli.directory.nearby import Behind, Doors, Hours, Near, WayIn, behind, which
from linli.directory.wording import worded
from linli.kit.nouns import noun
from linli.site.templatetags.components import icon, tone_icon
from linli.site.templatetags.rows import words

register = template.Library()
KEPT_SECONDS = 60
# What is kept of a row: the own hours of each way in, if any has some; the words of each; what is there and the taps.
Piece = tuple[list[list[Hours]], list[str], str]
CURRENT = {True: ' aria-current="true"', False: ""}


@register.simple_tag(takes_context=True)
def near_doors(context: Any, doors: Doors, now: datetime, *, coarse: bool, wished: bool) -> SafeString:
    """The doors under their headings; stands in the form that carries the token of reports.

    `coarse`: the point asked from is rounded, so distances are said in whole kilometres.
    """
    row = row_maker([*doors.open, *doors.doubtful, *doors.later], now, coarse, context.get("pack"))
    none = _("No open door near here has all of this.") if wished else _("No door is open near here.")
    parts = [
        f'<h2>{escape(_("Open now"))} <small class="soft" id="as-of" data-seen="{now.isoformat()}">{escape(as_of(now))}</small></h2>',
        rows_under("", map(row, doors.open), " data-by-distance") or f"<p>{escape(none)}</p>",
        rows_under(_("Found closed by two people"), map(row, doors.doubtful)),
        rows_under(_("Next to open"), map(row, doors.later)),
    ]
    return mark_safe("\n".join(filter(None, parts)))


def rows_under(heading: str, rows: Iterable[str], more: str = "") -> str:
    """A list with its heading; nothing where there are no rows."""
    listed = "\n".join(rows)
    title = f"<h2>{escape(heading)}</h2>" if heading else ""
    return f'{title}<ul class="rows near"{more}>{listed}</ul>' if listed else ""


def as_of(now: datetime) -> str:
    """With the date, for the page may be read much later, from the phone."""
    local = timezone.localtime(now)
    clock = {"day": date_format(local, "MONTH_DAY_FORMAT"), "time": f"{local:%H:%M}"}
    return _("as of %(day)s, %(time)s") % clock


def row_maker(rows: list[Near], now: datetime, coarse: bool, pack: str | None) -> Callable[[Near], str]:
    """A function that makes each of these doors an <li>; what all of them share is asked for once."""
    language, far = get_language() or "", far_words(coarse)
    today = once(lambda zone: timezone.localdate(timezone=zone))
    kept = pieces(rows, language, pack)

    def row(near: Near) -> str:
        door = near.door
        hours, ways, rest = kept[door.code]
        tone, says = worded(door.opening, door.zone, language, today(door.zone))
        said = "".join(badge(each.tone, each.words(door.zone)) for each in near.said)
        at = "{:.5f},{:.5f}".format(*door.point) if door.point else ""
        return (
            f'<li class="row" id="door-{door.code}" data-at="{at}">'
            f'<a href="{station_url(door.code)}"><span>{words(door, "name", language)}</span></a>'
            f'<span class="far">{far(near.metres)}</span>\n{badge(tone, says)}{said}\n'
            f"{ways[which(hours, now, door.zone) if hours else 0]}\n{rest}</li>"
        )

    return row


def badge(tone: str, says: str) -> str:
    return f'<span class="badge {tone}">{tone_icon(tone)}{escape(says)}</span>'


def pieces(rows: list[Near], language: str, pack: str | None) -> dict[str, Piece]:
    """The kept part of each row by the station's code; what is not kept is put together, with two queries."""
    keys = {f"near/{language}/{pack}/{near.door.code}": near for near in rows}
    found = cache.get_many(keys)
    missing = {key: near for key, near in keys.items() if key not in found}
    if missing:
        there = behind(near.door.id for near in missing.values())
        make = piece_maker(language, pack)
        fresh = {key: make(near, there[near.door.id]) for key, near in missing.items()}
        cache.set_many(fresh, KEPT_SECONDS)
        found |= fresh
    return {near.door.code: found[key] for key, near in keys.items()}


def piece_maker(language: str, pack: str | None) -> Callable[[Near, Behind], Piece]:
    """A function that puts pieces together in one language; what all of them share is said once."""
    bike, wrong = escape(_("Your bike:")), escape(_("Something is wrong?"))
    tell, taps = escape(_("Tell the others with one tap. Nobody asks who you are.")), what_words()
    drawn = once(lambda kind: f"<li>{icon(kind)}<span>{escape(noun(kind, language, pack))}</span></li>")

    def way(each: WayIn) -> str:
        parts = [words(each, "name", language), steps(each.steps), words(each, "directions", language)]
        left = f"<p>{bike} {words(each, 'bike', language)}</p>" if each.bike else ""
        return f"<p>{icon('enter')}{' · '.join(filter(None, parts))}</p>{left}"

    def buttons(code: str, usable: Iterable[str]) -> str:
        return " ".join(
            f'<button class="button quiet" name="what" value="{what}" formaction="{report_url(code)}">{escape(says)}</button>'
            for what, says in taps.items()
            if what != "no_water" or "water" in usable
        )

    def piece(near: Near, there: Behind) -> Piece:
        directions = words(near.door, "directions", language)
        usable = "".join(map(drawn, there.usable))
        details = f"<details><summary>{wrong}</summary><p>{tell}</p><p>{buttons(near.door.code, there.usable)}</p></details>"
        return (
            [each.hours for each in there.ways] if any(each.hours for each in there.ways) else [],
            [way(each) for each in there.ways] or [f"<p>{directions}</p>" if directions else ""],
            f'<ul class="usable">{usable}</ul>\n{details}' if usable else details,
        )

    return piece


def steps(count: int | None) -> str:
    if count is None:
        return ""
    return (
        (ngettext("%(count)d step", "%(count)d steps", count) % {"count": count}) if count else _("Step-free")
    )


def far_words(coarse: bool) -> Callable[[float], str]:
    """A function that says how far it is: no finer than anybody walks by, and no finer than the point is known."""
    metres, kilometres, near = _("about %(number)s m"), _("about %(number)s km"), _("within about 1 km")

    def far(distance: float) -> str:
        if coarse:
            whole = round(distance / 1000)
            return escape(kilometres % {"number": whole} if whole > 1 else near)
        if distance < 950:
            return escape(metres % {"number": max(50, round(distance / 50) * 50)})
        return escape(kilometres % {"number": f"{distance / 1000:.{0 if distance >= 9950 else 1}f}"})

    return far


@register.simple_tag
def wish_links(toggles: list[tuple[str, str, str, bool]]) -> SafeString:
    """Each wish as a link that turns it over: (its key, its words, the address, whether it is on)."""
    links = " ".join(
        f'<a class="button quiet small" href="{escape(address)}"{CURRENT[is_on]}>'
        f"{icon('clock' if wish == 'all_night' else wish)}<span>{escape(says)}</span></a>"
        for wish, says, address, is_on in toggles
    )
    return mark_safe(f'<nav class="wishes" aria-label="{escape(_("Only those with"))}">{links}</nav>')


@lru_cache(maxsize=4096)
def report_url(code: str) -> str:
    return reverse("directory:report_door", args=[code])
