"""Counting supplies 物资. Every tap is one conditional UPDATE, so that two at once are both counted."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.directory.actions.reports import settle_reports
from linli.directory.events import StockChanged
from linli.directory.models import DoorReport, Facility, Supply
from linli.directory.rules import may_keep_things
from linli.kit.refs import ref
from linli.kit.rules import Problem, require
from linli.ledger.actions import record

MOST = 1_000_000


@transaction.atomic
def change_stock(*, by: Any, supply: Supply, change: int, now: datetime | None = None) -> None:
    """Takes out or puts in so many. Problem when there are not so many. Putting water in settles what was reported of it."""
    require(may_keep_things(by, supply.station))
    there = Supply.objects.filter(pk=supply.pk, stock__gte=-change, stock__lte=MOST - change)
    if not there.update(stock=F("stock") + change):
        raise Problem(_("There are not so many left."))
    restocked(by, supply, change, now)


@transaction.atomic
def set_stock(*, by: Any, supply: Supply, stock: int, now: datetime | None = None) -> None:
    """Says how many there are, after counting or restocking."""
    require(may_keep_things(by, supply.station))
    held = Supply.objects.select_for_update().get(pk=supply.pk)
    Supply.objects.filter(pk=supply.pk).update(stock=stock)
    restocked(by, supply, stock - held.stock, now)


def restocked(by: Any, supply: Supply, change: int, now: datetime | None) -> None:
    station = supply.station
    if change > 0 and supply.facility == Facility.Kind.WATER:
        settle_reports(by=by, station=station, what=DoorReport.What.NO_WATER, now=now or timezone.now())
    record(StockChanged(supply.code, change), by=by, subject=ref(station), scope=ref(station.unit))
