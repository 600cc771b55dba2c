"""How the installation stands, for the person who runs it: each thing in a sentence, and what to do where it is not well."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from shutil import disk_usage
from typing import Any

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.kit.templatetags.linli import when
from linli.ledger.models import Checkpoint, Event, Todo
from linli.people.actions.retention import past_their_date
from linli.people.models import Hold
from linli.records import diary
from linli.site import health

BACKUP_LATE, TEST_LATE, SEAL_LATE = timedelta(hours=26), timedelta(days=8), timedelta(minutes=40)
FEW_FREE = 0.15
SOON = timedelta(days=90)
# The last day on which security is mended. Sources, read on 2026-11-25: devguide.python.org/versions,
# djangoproject.com/download, postgresql.org/support/versioning.
ENDS = {
    "Python 3.11": date(2027, 10, 31),
    "Python 3.12": date(2028, 10, 31),
    "Python 3.13": date(2029, 10, 31),
    "Python 3.14": date(2030, 10, 31),
    "Django 5.2": date(2028, 4, 30),
    "PostgreSQL 13": date(2025, 11, 13),
    "PostgreSQL 14": date(2026, 11, 12),
    "PostgreSQL 15": date(2027, 11, 11),
    "PostgreSQL 16": date(2028, 11, 9),
    "PostgreSQL 17": date(2029, 11, 8),
    "PostgreSQL 18": date(2030, 11, 14),
}


@dataclass(frozen=True)
class Condition:
    """`well`, or else `cure` says what to do."""

    name: str
    says: str
    well: bool = True
    cure: str = ""

    @property
    def tone(self) -> str:
        return "good" if self.well else "care"


def conditions() -> list[Condition]:
    """Every thing the operator looks after, those that need them first."""
    found = [worker(), queue(), backup(), restore_test(), seals(), disk(), clock(), retention(), *versions()]
    return sorted(found, key=lambda condition: condition.well)


def worker() -> Condition:
    name, last = _("The worker"), health.last_work()
    cure = _("Start linli-worker, and look into its log if it stops again. Until then no notice goes out.")
    if last is None:
        return Condition(name, _("It has not done anything yet."), False, cure)
    well = timezone.now() - last < health.SILENT
    return Condition(
        name, _("It last got something done %(when)s.") % {"when": when(last)}, well, "" if well else cure
    )


def queue() -> Condition:
    waiting, oldest = Todo.objects.due(timezone.now()).count(), health.oldest_wait()
    minutes = int(oldest.total_seconds() // 60)
    says = ngettext("%(count)d piece of work is due", "%(count)d pieces of work are due", waiting) % {
        "count": waiting
    }
    if minutes:
        says += _(", the oldest for %(minutes)d min") % {"minutes": minutes}
    well = oldest < health.LATE
    return Condition(
        _("Work that waits"), says, well, "" if well else _("The worker does not keep up, or stands still.")
    )


def backup() -> Condition:
    last = diary.read().get("backup")
    cure = _("Run “linli manage backup FOLDER” every night; deploy/linli-backup.timer does it.")
    if last is None:
        return Condition(_("The last backup"), _("There is none."), False, cure)
    well = timezone.now() - last.moment < BACKUP_LATE
    return Condition(_("The last backup"), kept(last), well, "" if well else cure)


def restore_test() -> Condition:
    last, name = diary.read().get("restore_test"), _("The last restore that was tried")
    cure = _("Run “linli manage restore --try FOLDER” every week; deploy/linli-try-restore.timer does it.")
    if last is None:
        return Condition(name, _("None was."), False, cure)
    if not last.good:
        return Condition(
            name,
            kept(last),
            False,
            _("It gave other rows than the backup holds. Make a new backup now and try that one."),
        )
    well = timezone.now() - last.moment < TEST_LATE
    return Condition(name, kept(last), well, "" if well else cure)


def kept(entry: diary.Entry) -> str:
    return _("%(when)s: %(rows)d rows, %(size)s, %(seconds)s s") % {
        "when": when(entry.moment),
        "rows": entry.rows,
        "size": filesizeformat(entry.bytes),
        "seconds": f"{entry.seconds:g}",
    }


def seals() -> Condition:
    """Facts of residents are sealed once their day is over, so a few always wait."""
    last = Checkpoint.objects.order_by("-number").first()
    unsealed = Event.objects.filter(leaf=None).count()
    name = _("The seals of the ledger")
    says = _("%(facts)d facts wait for one.") % {"facts": unsealed}
    if last is not None:
        says = _("The last checkpoint is from %(when)s.") % {"when": when(last.at)} + " " + says
    waits = health.ripe_since()
    well = waits is None or timezone.now() - waits < SEAL_LATE
    return Condition(name, says, well, "" if well else _("The worker seals every ten minutes: look at it."))


def disk() -> Condition:
    there, share = disk_usage(settings.DATA), health.free_share()
    says = _("%(free)s of %(total)s are free.") % {
        "free": filesizeformat(there.free),
        "total": filesizeformat(there.total),
    }
    if not health.takes_writes():
        return Condition(_("The disk"), says, False, _("It takes no writes. Look at the machine now."))
    well = share > FEW_FREE
    return Condition(
        _("The disk"),
        says,
        well,
        ""
        if well
        else _("Make room, or move the data to a larger disk. Below 5 % we say that we are not ready."),
    )


def clock() -> Condition:
    well = health.clock_runs_on()
    says = date_format(timezone.localtime(), "DATETIME_FORMAT")
    cure = _(
        "Facts lie in the future: the clock was set back. Set it right, by a time server, before anything else."
    )
    return Condition(_("The clock"), says, well, "" if well else cure)


def retention() -> Condition:
    """The worker ends rows every quarter of an hour, so some are always a little past their date."""
    past, held = 0, 0
    for ended in past_their_date(timezone.now() - timedelta(hours=1)):
        past, held = past + ended.past, held + ended.held
    holds = Hold.objects.in_force().count()
    says = _("%(past)d rows are past their date; %(held)d are kept by %(holds)d legal holds.")
    return Condition(
        _("What ends by itself"),
        says % {"past": past, "held": held, "holds": holds},
        past == 0,
        "" if past == 0 else _("The worker ends them every quarter of an hour: look at it."),
    )


def versions() -> Iterator[Condition]:
    runs = health.versions()
    yield Condition("Linli", runs["linli"])
    for product, version in (
        ("Python", runs["python"]),
        ("Django", runs["django"]),
        *[runs["database"].split(" ", 1)],
    ):
        yield supported(str(product), str(version))


def supported(product: str, version: str) -> Condition:
    """Whether it is still mended when somebody finds a hole in it."""
    parts = version.split(".")
    ends: Any = ENDS.get(f"{product} {'.'.join(parts[:2])}") or ENDS.get(f"{product} {parts[0]}")
    if ends is None:
        return Condition(product, version)
    well = ends - timezone.localdate() > SOON
    says = _("%(version)s, mended until %(day)s") % {"version": version, "day": date_format(ends)}
    return Condition(product, says, well, "" if well else _("Plan the change to a newer one."))
