"""What hours that nobody has kept yet would come to: the next two weeks, day by day, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from linli.areas.models import DayOff
from linli.directory.actions import Hours
from linli.directory.hours import Schedule, times_of
from linli.directory.models import Station
from linli.directory.panels.hours import LOOK_AHEAD, times_in_words

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Ahead:
    """One day: its hours in words, what they rest on, and the holiday's name in the words of the state."""

    on: date
    words: str
    why: str
    holiday: str


def fortnight(
    station: Station, *, hours: Iterable[Hours], follows_holidays: bool, all_day_zone: str, now: datetime
) -> list[Ahead]:
    """Fourteen days from today by the station's clock, with the exceptions that stand. Two queries."""
    today = now.astimezone(ZoneInfo(station.time_zone)).date()
    ends = (today, today + LOOK_AHEAD - ONE_DAY)
    off = list(DayOff.objects.filter(on__range=ends)) if follows_holidays else []
    names = {each.on: each.name for each in off}
    exceptions = list(station.exceptions.filter(on__range=ends))
    planned = Schedule(tuple(hours), exceptions, False, {each.on: each.kind for each in off})
    days = (today + n * ONE_DAY for n in range(LOOK_AHEAD.days))
    return [ahead(day, planned, names.get(day, ""), bool(all_day_zone)) for day in days]


def ahead(day: date, planned: Schedule, holiday: str, all_day: bool) -> Ahead:
    basis, times = times_of(day, planned)
    words = times_in_words(times)
    if all_day and basis != "exception":
        words = _("%(hours)s; a part of it around the clock") % {"hours": words}
    why = {
        "exception": _("this day differs"),
        "holiday": _("public holiday"),
        "make_up": _("make-up workday"),
        "season": _("season"),
        "weekly": _("every week"),
    }
    return Ahead(day, words, why[basis], holiday if basis in {"holiday", "make_up"} else "")
