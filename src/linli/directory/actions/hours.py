"""Keeping the hours of a door."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
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
    """One weekly span: `weekday` 0 is Monday; `closes` at or before `opens` lies on the next day."""

    weekday: int
    opens: time
    closes: time


@transaction.atomic
def set_hours(*, by: Any, station: Station, hours: Iterable[Hours]) -> int:
    """Replaces the door's weekly hours; those of single services stay. Returns the number of spans."""
    require(may_set_hours(by, station))
    station.rules.of_door().delete()
    rules = [OpeningRule(station=station, weekday=h.weekday, opens=h.opens, closes=h.closes) for h in hours]
    OpeningRule.objects.bulk_create(rules)
    Station.objects.filter(pk=station.pk).update(keeps_own_hours=True)
    renew_spans([station], timezone.now())
    record(HoursSet(len(rules)), by=by, subject=ref(station), scope=ref(station.unit))
    return len(rules)
