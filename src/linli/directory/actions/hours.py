"""Keeping the hours of a door."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, time
from typing import Any

from django.db import transaction
from django.utils import timezone

from linli.directory.events import HoursSet
from linli.directory.models import OpeningRule, Station
from linli.directory.rules import may_set_hours
from linli.directory.spans import renew_spans
from linli.kit.refs import ref
from linli.kit.rules import require
from linli.ledger.actions import record


@dataclass(frozen=True)
class Hours:
    """One span that comes back, as in OpeningRule: `closes` at or before `opens` lies on the next day."""

    weekday: int
    opens: time
    closes: time
    nth: int = 0
    valid_from: date | None = None
    valid_until: date | None = None


@transaction.atomic
def set_hours(
    *,
    by: Any,
    station: Station,
    hours: Iterable[Hours],
    follows_holidays: bool | None = None,
    all_day_zone: str | None = None,
) -> int:
    """Replaces all hours of the door; those of single services and entrances stay. Returns the number of spans.

    What is None stays as it is. From now on an import leaves the hours alone.
    """
    require(may_set_hours(by, station))
    Station.objects.select_for_update().get(pk=station.pk)
    station.rules.of_door().delete()
    rules = [OpeningRule(station=station, **asdict(each)) for each in hours]
    OpeningRule.objects.bulk_create(rules)
    station.keeps_own_hours = True
    if follows_holidays is not None:
        station.follows_holidays = follows_holidays
    if all_day_zone is not None and all_day_zone != station.all_day_zone:
        say_all_day_zone(station, all_day_zone)
    station.save(update_fields=["keeps_own_hours", "follows_holidays", "all_day_zone", "translations"])
    renew_spans([station], timezone.now())
    record(HoursSet(len(rules)), by=by, subject=ref(station), scope=ref(station.unit))
    return len(rules)


def say_all_day_zone(station: Station, words: str) -> None:
    """New words have no translation yet: an old one would say something else."""
    station.all_day_zone = words
    station.translations = {
        language: {field: text for field, text in said.items() if field != "all_day_zone"}
        for language, said in station.translations.items()
    }
