"""A station's poster: what hangs at a door for a season, so the hours of an ordinary week and nothing of today."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import override

from linli.directory.hours import times_of
from linli.directory.models import Entrance
from linli.directory.panels.hours import rules_in_words, span_words
from linli.directory.panels.sheet import Sheet
from linli.kit.nouns import noun
from linli.kit.words import said

# Characters besides the name; a station with all sixteen facilities and two sentences about its door has so many.
MUCH = 420


@dataclass(frozen=True)
class Side:
    """The words of a poster in one language; a word that has no translation stands on one side only."""

    language: str
    name: str
    door: str
    days: list[tuple[str, str]]
    besides: list[str]
    facilities: str


def sides(sheet: Sheet, today: date) -> list[Side]:
    """The poster in every language of the installation, the station's own first."""
    own = sheet.station.language
    ordered = sorted((code for code, _name in settings.LANGUAGES), key=lambda code: code != own)
    return [side(sheet, language, today) for language in ordered]


def is_crowded(sides: list[Side]) -> bool:
    """Whether there is so much to say that it has to be written small to fit on one sheet."""
    hours = sum(len(words) for _day, words in sides[0].days)
    said = sum(len(each.door) + len(each.facilities) + len("".join(each.besides)) for each in sides)
    return said + hours > MUCH


def side(sheet: Sheet, language: str, today: date) -> Side:
    with override(language):
        kinds = [noun(each.kind, language, sheet.pack) for each in sheet.behind.facilities]
        return Side(
            language=language,
            name=in_language(sheet.station, "name", language),
            door=door(sheet, language),
            days=ordinary_week(sheet, today),
            besides=besides(sheet, language),
            facilities=_(", ").join(kinds),
        )


def in_language(thing: Any, field: str, language: str) -> str:
    """The words, where there are any in this language; the side of the other one has them already."""
    found = said(thing, field, language)
    return "" if found.is_fallback else found.text


def door(sheet: Sheet, language: str) -> str:
    """Which door: of the first entrance, else the station's own directions."""
    ways: list[Entrance] = [way.entrance for way in sheet.behind.ways_in[:1]]
    words = [in_language(way, field, language) for way in ways for field in ("name", "directions")]
    return _(": ").join(filter(None, words)) or in_language(sheet.station, "directions", language)


def ordinary_week(sheet: Sheet, today: date) -> list[tuple[str, str]]:
    """Each weekday with its times; no rows where the door has no hours of its own."""
    table = sheet.card.timetable
    weekly = [rule for rule in table.rules if rule.nth == 0]
    plan = replace(table.staffed, rules=weekly, exceptions=(), days_off={})
    first = today - timedelta(days=today.weekday())
    return [(str(WEEKDAYS[n]), times_in_words(first + timedelta(days=n), plan)) for n in range(7) if weekly]


def times_in_words(day: date, plan: Any) -> str:
    times = sorted(times_of(day, plan)[1])
    return "  ".join(span_words(opens, closes) for opens, closes in times) or _("closed")


def besides(sheet: Sheet, language: str) -> list[str]:
    """What the week's table cannot say."""
    station, rules = sheet.station, sheet.card.timetable.rules
    lines = rules_in_words([rule for rule in rules if rule.nth])  # type: ignore[misc]
    if zone := in_language(station, "all_day_zone", language):
        lines.append(_("Open around the clock: %(zone)s") % {"zone": zone})
    if station.follows_holidays:
        lines.append(_("Public holidays and make-up workdays change these hours."))
    return lines
