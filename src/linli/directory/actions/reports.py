"""What passers-by say of a door, without an account, and how that ends.

A report counts for two hours. It is confirmed when a second person says the same: another device in another network.
The desk's own word goes before it. Whatever stands when the desk names the state of its door or puts water back is
settled by that; what is reported within half an hour afterwards is kept, is shown beside the desk's word, and counts
only when that half hour is over (directory.hearsay).
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from linli.directory.events import DoorReported, ReportsEnded
from linli.directory.models import DeskWord, DoorReport, Station
from linli.directory.rules import may_end_reports, may_report_door
from linli.kit.refs import ref
from linli.kit.rules import require
from linli.kit.secrets import blind_index
from linli.ledger.actions import record, schedule

LASTS = timedelta(hours=2)


@transaction.atomic
def report_door(
    *, by: Any, station: Station, what: str, device: str, network: str, now: datetime | None = None
) -> bool:
    """Keeps one person's word about a door for two hours; True when with it two people say so, and did not before.

    `device` is the secret of the caller's cookie and `network` where they call from: only digests under a key of the
    day are stored, nothing of `by`. The same device again changes nothing. Those who work there are told once two
    people say it; followers are not.
    """
    require(may_report_door(by, station))
    now = now or timezone.now()
    # The station's row is the lock: of two reports at once one is the second, on both databases.
    Station.objects.select_for_update().get(pk=station.pk)
    forget(DoorReport.objects.filter(station=station, ended_at=None, expires_at__lte=now))
    standing = DoorReport.objects.filter(station=station, what=what, ended_at=None)
    devices = set(standing.values_list("device", flat=True))
    networks = set(standing.values_list("network", flat=True))
    device, network = mark(device, devices, now), mark(network, networks, now)
    if device in devices:
        return False
    report = DoorReport.objects.create(
        station=station, what=what, at=now, expires_at=now + LASTS, device=device, network=network
    )
    schedule(
        "directory.expire_report",
        due_at=report.expires_at,
        data={"report": str(report.pk)},
        key=str(report.pk),
    )
    confirmed = len(networks) == 1 and network not in networks
    record(DoorReported(what, confirmed), by=None, subject=ref(station), scope=ref(station.unit))
    return confirmed


def mark(secret: str, known: Iterable[str], now: datetime) -> str:
    """The digest of a secret under today's key; after midnight the one it already stands under here, so that one
    person does not become two."""
    today = timezone.localdate(now)
    marks = [blind_index(secret, f"directory.report/{today - timedelta(days=days)}") for days in (0, 1)]
    return next((each for each in marks if each in known), marks[0])


@transaction.atomic
def end_reports(*, by: Any, station: Station, what: str, now: datetime | None = None) -> bool:
    """The desk says that it is mended. False when nobody had reported it; its word stands all the same."""
    require(may_end_reports(by, station))
    return settle_reports(by=by, station=station, what=what, now=now)


def settle_reports(*, by: Any, station: Station, what: str, now: datetime | None = None) -> bool:
    """Ends what is reported, for the desk has just said how it is: to be called in the transaction of what it said.

    For half an hour from `now` on no report of this goes against it. True when there was something to end.
    """
    now = now or timezone.now()
    Station.objects.select_for_update().get(pk=station.pk)
    DeskWord.objects.bulk_create(
        [DeskWord(station=station, what=what, at=now)],
        update_conflicts=True,
        unique_fields=["station", "what"],
        update_fields=["at"],
    )
    ended = forget(DoorReport.objects.filter(station=station, what=what, ended_at=None), now)
    if ended:
        record(ReportsEnded(what), by=by, subject=ref(station), scope=ref(station.unit))
    return bool(ended)


@transaction.atomic
def expire_report(*, report_id: str) -> bool:
    """The timed end of a report. False when it had ended before."""
    return bool(forget(DoorReport.objects.filter(pk=report_id, ended_at=None)))


def forget(reports: QuerySet[DoorReport], ended_at: datetime | None = None) -> int:
    """Ends reports and blanks what told their people apart; without a moment they end when they were to."""
    return reports.update(ended_at=ended_at or F("expires_at"), device="", network="")
