"""The holiday years of the database as the calendar that `kit.workdays` counts with."""

from collections.abc import Iterable

from linli.areas.models import DayOff, HolidayYear
from linli.kit.workdays import Calendar


def calendar(years: Iterable[int] | None = None) -> Calendar:
    """The calendar of these years (None: of all that are known). Two queries.

    A year missing here is unknown, and counting through it is a Problem; `is_provisional(day)` says which
    deadlines rest on an assumption.
    """
    known = HolidayYear.objects.all()
    days = DayOff.objects.all()
    if years is not None:
        known, days = known.filter(year__in=years), days.filter(year__in=years)
    return Calendar(
        years=dict(known.values_list("year", "status")),
        exceptions={on: kind == DayOff.Kind.WORKDAY for on, kind in days.values_list("on", "kind")},
    )
