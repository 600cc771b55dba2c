"""Working days with holidays and make-up workdays (调休). Pure: the calendar is passed in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _

from linli.kit.rules import Problem


@dataclass(frozen=True)
class Calendar:
    """`exceptions` maps a day to True (a working day after all) or False (off); `years` to "official" or "provisional".

    A year that is in neither is unknown, and asking about it raises: silently guessing weekends is how deadlines go wrong.
    """

    years: Mapping[int, str]
    exceptions: Mapping[date, bool] = field(default_factory=dict)

    def is_workday(self, day: date) -> bool:
        if day.year not in self.years:
            raise Problem(_("The holidays of %(year)d are not known yet.") % {"year": day.year})
        return self.exceptions.get(day, day.weekday() < 5)

    def is_provisional(self, day: date) -> bool:
        return self.years.get(day.year) == "provisional"


def add_workdays(start: date, count: int, calendar: Calendar) -> date:
    """The day on which `count` working days have passed; the day of `start` itself is not counted."""
    day = start
    while count:
        day += timedelta(days=1)
        count -= calendar.is_workday(day)
    return day
