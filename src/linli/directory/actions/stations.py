"""Entering stations."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from linli.areas.actions import open_unit
from linli.areas.models import Unit
from linli.directory.actions.hours import Hours
from linli.directory.events import EntryChecked, StationOpened
from linli.directory.indexing import index_stations
from linli.directory.models import OpeningRule, Station
from linli.directory.rules import may_check_entry, may_open_station
from linli.directory.spans import renew_spans
from linli.kit.ids import code
from linli.kit.pinyin import sort_key
from linli.kit.refs import ref
from linli.kit.rules import require
from linli.ledger.actions import record


@transaction.atomic
def enter_station(
    *, by: Any, under: Unit, kind: str, name: str, language: str, on: date, **details: Any
) -> Station:
    """Opens a unit for a new station below `under` and enters the station there. Nobody is told.

    Its hours are its manager's to keep. Problem when `under` does not stand from that day on.
    """
    require(may_open_station(by, under))
    unit = open_unit(by=by, parent=under, on=on, kind="station", name=name, language=language, code=code())
    return open_station(by=by, unit=unit, kind=kind, name=name, language=language, **details)


@transaction.atomic
def open_station(
    *, by: Any, unit: Unit, kind: str, name: str, language: str, hours: Iterable[Hours] = (), **details: Any
) -> Station:
    """Enters a station at a node of the tree that was opened for it, with its weekly hours. Nobody is told."""
    station = Station.objects.create(
        unit=unit, code=unit.code, kind=kind, name=name, reading=sort_key(name), language=language, **details
    )
    OpeningRule.objects.bulk_create(
        OpeningRule(station=station, weekday=each.weekday, opens=each.opens, closes=each.closes)
        for each in hours
    )
    renew_spans([station], timezone.now())
    index_stations([station])
    record(StationOpened(kind=kind), by=by, subject=ref(station), scope=ref(unit))
    return station


@transaction.atomic
def check_entry(*, by: Any, station: Station) -> date:
    """The desk found everything right that is shown of it; returns the day, as the station's clock has it."""
    require(may_check_entry(by, station))
    today = timezone.localdate(timezone=ZoneInfo(station.time_zone))
    Station.objects.filter(pk=station.pk).update(checked_on=today, checked_by=Station.Checker.DESK)
    record(EntryChecked(), by=by, subject=ref(station), scope=ref(station.unit))
    return today
