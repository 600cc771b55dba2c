"""For machines: is the process alive, is the installation ready, and how much work is waiting."""

import os
import platform
import time
from datetime import datetime, timedelta
from pathlib import Path
from shutil import disk_usage

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare

import linli
from linli.kit.policies import public
from linli.ledger.models import Checkpoint, Event, Todo
from linli.ledger.sealing import ripe
from linli.notices.models import Delivery
from linli.people.models import Hold
from linli.records import diary

LATE = timedelta(minutes=10)
# The worker has something to do every minute; a whole city's sheet keeps it from that for about two.
SILENT = timedelta(minutes=5)
SKEW = timedelta(minutes=1)
LEAST_FREE_SHARE = 0.05
PROBE_SECONDS = 5.0


@public
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


def oldest_wait() -> timedelta:
    """How long the most overdue piece of work has been waiting."""
    first = Todo.objects.due(timezone.now()).values_list("due_at", flat=True).first()
    return timezone.now() - first if first else timedelta()


def last_work() -> datetime | None:
    """When the worker last got something done; None before its first."""
    done = Todo.objects.filter(done_at__isnull=False).order_by("-done_at")
    return done.values_list("done_at", flat=True).first()


def works() -> bool:
    """The worker keeps up, and does what it has to do every minute: without that, nothing waits, for nothing is planned."""
    last = last_work()
    return oldest_wait() < LATE and last is not None and timezone.now() - last < SILENT


def clock_behind() -> float:
    """By how many seconds the newest fact lies in the future."""
    newest = Event.objects.order_by("-at").values_list("at", flat=True).first()
    return max(0.0, (newest - timezone.now()).total_seconds()) if newest else 0.0


def clock_runs_on() -> bool:
    """No fact lies in the future: else the clock was set back, and what has an end would last too long."""
    return clock_behind() < SKEW.total_seconds()


def ripe_since() -> datetime | None:
    """Since when the oldest fact waits that could be sealed; None when none does."""
    return ripe(timezone.now()).order_by("at").values_list("at", flat=True).first()


def migrations_current() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


class Probe:
    """Writes a few bytes to the disk and waits until they are there; asked often, it does so every five seconds."""

    def __init__(self) -> None:
        self.asked_at, self.good = float("-inf"), False

    def __call__(self) -> bool:
        if time.monotonic() - self.asked_at > PROBE_SECONDS:
            self.good, self.asked_at = self.written(), time.monotonic()
        return self.good

    def written(self) -> bool:
        path = Path(settings.DATA) / f".probe.{os.getpid()}"
        try:
            with path.open("wb") as file:
                file.write(bytes(4096))
                file.flush()
                os.fsync(file.fileno())
            path.unlink()
        except OSError:
            return False
        return True


takes_writes = Probe()


def free_share() -> float:
    disk = disk_usage(settings.DATA)
    return disk.free / disk.total


def checks() -> dict[str, bool]:
    """What must hold for people to be served well."""
    disk = free_share() > LEAST_FREE_SHARE and takes_writes()
    try:
        return {
            "database": True,
            "migrations": migrations_current(),
            "worker": works(),
            "clock": clock_runs_on(),
            "disk": disk,
        }
    except Error:
        return {"database": False, "disk": disk}


@public
def ready(request: HttpRequest) -> HttpResponse:
    """200 when everything holds, else 503 with what does not; no detail that helps an intruder.

    A clock that was set back is named, but takes no server out of service: all of them would go, and come back no better.
    """
    found = checks()
    holds = all(well for name, well in found.items() if name != "clock")
    return JsonResponse(found, status=200 if holds else 503)


def age(moment: datetime | None) -> float:
    """Seconds since then; -1 for never."""
    return (timezone.now() - moment).total_seconds() if moment else -1


def figures() -> dict[str, tuple[str, float]]:
    """Name → (meaning, value), for the operator's dashboards."""
    now, kept = timezone.now(), diary.read()
    sealed = Checkpoint.objects.order_by("-number").values_list("at", flat=True).first()
    backup, tried = kept.get("backup"), kept.get("restore_test")
    return {
        "linli_todos_waiting": ("Pieces of work that are due.", Todo.objects.due(now).count()),
        "linli_todos_oldest_seconds": ("How long the most overdue one waits.", oldest_wait().total_seconds()),
        "linli_todos_dead": ("Pieces of work given up after all tries.", Todo.objects.dead().count()),
        "linli_worker_silent_seconds": (
            "Since the worker last got something done; -1: never.",
            age(last_work()),
        ),
        "linli_deliveries_failed": (
            "Messages that could not be sent.",
            Delivery.objects.filter(state="failed").count(),
        ),
        "linli_deliveries_unknown": (
            "Messages of unknown fate.",
            Delivery.objects.filter(state="unknown").count(),
        ),
        "linli_events_unsealed": (
            "Facts not yet under a checkpoint.",
            Event.objects.filter(leaf=None).count(),
        ),
        "linli_checkpoint_age_seconds": ("Age of the last checkpoint; -1: none.", age(sealed)),
        "linli_backup_age_seconds": ("Age of the last backup; -1: none.", age(backup and backup.moment)),
        "linli_restore_test_age_seconds": (
            "Since a backup was last restored to prove it; -1: never.",
            age(tried and tried.moment),
        ),
        "linli_restore_test_good": ("1 when it gave every row, else 0.", float(bool(tried and tried.good))),
        "linli_disk_free_bytes": ("Room left where the data lies.", disk_usage(settings.DATA).free),
        "linli_disk_free_share": ("The same as a share of the whole.", round(free_share(), 4)),
        "linli_clock_behind_seconds": ("How far the newest fact lies in the future.", clock_behind()),
        "linli_holds_in_force": ("Legal holds.", Hold.objects.in_force(now).count()),
    }


def versions() -> dict[str, str]:
    """What runs here."""
    import django

    if connection.vendor == "postgresql":
        number = str(connection.pg_version)  # type: ignore[attr-defined]
        database = f"PostgreSQL {int(number) // 10000}.{int(number) % 10000}"
    else:
        database = f"SQLite {'.'.join(map(str, connection.Database.sqlite_version_info))}"
    return {
        "linli": linli.__version__,
        "python": platform.python_version(),
        "django": django.get_version(),
        "database": database,
    }


@public
def metrics(request: HttpRequest) -> HttpResponse:
    """OpenMetrics text, for whoever carries LINLI_METRICS_TOKEN; to all others the page does not exist."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not constant_time_compare(given, settings.METRICS_TOKEN):
        raise Http404
    lines = []
    for name, (meaning, value) in figures().items():
        lines += [f"# TYPE {name} gauge", f"# HELP {name} {meaning}", f"{name} {value}"]
    said = ",".join(f'{name}="{version}"' for name, version in versions().items())
    lines += ["# TYPE linli info", "# HELP linli What runs here.", f"linli_info{{{said}}} 1", "# EOF", ""]
    text = "\n".join(lines)
    return HttpResponse(text, content_type="application/openmetrics-text; version=1.0.0; charset=utf-8")
