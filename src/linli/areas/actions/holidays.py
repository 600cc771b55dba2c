"""Bringing in the days off of a year."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.areas import events
from linli.areas.holidays import Year
from linli.areas.models import DayOff, HolidayYear
from linli.areas.rules import may_import_holidays
from linli.kit.refs import ref
from linli.kit.rules import Problem, require
from linli.ledger.actions import record


@transaction.atomic
def import_holidays(*, by, year: Year) -> HolidayYear:
    """Replaces what was known of the year; whoever computed a deadline on it hears `areas.holidays_imported`.

    Problem when a provisional file would replace an official year.
    """
    require(may_import_holidays(by))
    known = HolidayYear.objects.select_for_update().filter(year=year.year).first()
    if known and known.status == HolidayYear.Status.OFFICIAL and year.status != HolidayYear.Status.OFFICIAL:
        raise Problem(
            _("%(year)d is known officially; a provisional file does not replace it.") % {"year": year.year}
        )
    facts = {"status": year.status, "source": year.source, "imported_at": timezone.now()}
    kept, _created = HolidayYear.objects.update_or_create(year=year.year, defaults=facts)
    kept.days.all().delete()
    DayOff.objects.bulk_create(
        DayOff(year=kept, on=day.on, kind=day.kind, name=day.name) for day in year.days
    )
    kept.refresh_from_db()
    fact = events.HolidaysImported(year=year.year, status=year.status, days=len(year.days))
    record(fact, by=by, subject=ref(kept), scope=ref(kept))
    return kept
