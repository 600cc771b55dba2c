"""For machines: is the process alive, is the installation ready, and how much work is waiting."""

from datetime import timedelta
from shutil import disk_usage

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from linli.kit.policies import public
from linli.ledger.models import Checkpoint, Event, Todo
from linli.notices.models import Delivery

LATE = timedelta(minutes=10)
LEAST_FREE_SHARE = 0.05


@public
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


def oldest_wait() -> timedelta:
    """How long the most overdue piece of work has been waiting."""
    first = Todo.objects.due(timezone.now()).values_list("due_at", flat=True).first()
    return timezone.now() - first if first else timedelta()


def migrations_current() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def checks() -> dict[str, bool]:
    """What must hold for people to be served well."""
    disk = disk_usage(settings.DATA)
    try:
        return {
            "database": True,
            "migrations": migrations_current(),
            "worker": oldest_wait() < LATE,
            "disk": disk.free / disk.total > LEAST_FREE_SHARE,
        }
    except Error:
        return {"database": False}


@public
def ready(request: HttpRequest) -> HttpResponse:
    """200 when everything holds, else 503 with what does not; no detail that helps an intruder."""
    found = checks()
    return JsonResponse(found, status=200 if all(found.values()) else 503)


def figures() -> dict[str, tuple[str, float]]:
    """Name → (meaning, value), for the operator's dashboards."""
    now = timezone.now()
    sealed = Checkpoint.objects.order_by("-number").values_list("at", flat=True).first()
    return {
        "linli_todos_waiting": ("Pieces of work that are due.", Todo.objects.due(now).count()),
        "linli_todos_oldest_seconds": ("How long the most overdue one waits.", oldest_wait().total_seconds()),
        "linli_todos_dead": ("Pieces of work given up after all tries.", Todo.objects.dead().count()),
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
        "linli_checkpoint_age_seconds": (
            "Age of the last checkpoint.",
            (now - sealed).total_seconds() if sealed else -1,
        ),
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
    text = "\n".join([*lines, "# EOF", ""])
    return HttpResponse(text, content_type="application/openmetrics-text; version=1.0.0; charset=utf-8")
