"""`linli manage import_hsds PATH`: a directory of services from elsewhere, and a list of what was not understood."""

import csv
import re
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from linli.areas import tree
from linli.areas.actions import open_unit
from linli.areas.models import Unit
from linli.directory.hsds.files import Package, Unreadable, open_package
from linli.directory.hsds.hours import Setting
from linli.directory.hsds.read import read_directory, time_zones
from linli.directory.hsds.records import Directory
from linli.directory.hsds.remarks import KINDS, Outcome, Remark, counts, listed
from linli.directory.importing import Origin, Tally, import_directory
from linli.kit.rules import Problem
from linli.kit.texts import clean_line

LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
ROWS = {
    "organisation": gettext_lazy("organisations"),
    "station": gettext_lazy("places"),
    "service": gettext_lazy("services"),
    "offer": gettext_lazy("services at places"),
    "rule": gettext_lazy("opening hours"),
    "phone": gettext_lazy("telephone numbers"),
}
HEADINGS = {
    Outcome.READ: gettext_lazy("Unusual, but read without doubt:"),
    Outcome.PART: gettext_lazy("Read in part:"),
    Outcome.WORDS: gettext_lazy("Hours not read exactly; the source's own words are shown instead:"),
    Outcome.LEFT: gettext_lazy("Left out:"),
}


class Command(BaseCommand):
    help = (
        "Imports a directory of services from a folder of CSV files (HSDS, Human Services Data Specification)."
        " Safe to repeat: a second run changes only what the source has changed. See docs/import-hsds.md."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "path", type=Path, help="the folder with organizations.csv, locations.csv and so on"
        )
        parser.add_argument("--time-zone", default="", help="of the places, such as America/New_York")
        parser.add_argument("--language", default="en", help="the texts are written in (default: en)")
        parser.add_argument(
            "--under", default="", metavar="CODE", help="unit to enter the places under (default: the root)"
        )
        parser.add_argument(
            "--network", default="", metavar="NAME", help="makes the root, where there is none yet"
        )
        parser.add_argument(
            "--source", default="", help="lasting name of this directory (default: the folder's name)"
        )
        parser.add_argument("--encoding", default="utf-8-sig", help="of the files (default: UTF-8)")
        parser.add_argument(
            "--report",
            type=Path,
            metavar="FILE",
            help="CSV file to list in, row by row, what was not understood",
        )
        parser.add_argument("--check", action="store_true", help="only reads and reports, writes nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.bring_in(**options)
        except (Unreadable, Problem) as problem:
            raise CommandError(problem.sentence) from problem

    def bring_in(self, *, path: Path, report: Path | None, check: bool, **options: Any) -> None:
        started = time.monotonic()
        package = open_package(path, options["encoding"])
        origin = origin_of(package, path, **options)
        unit = None if check else find_unit(options["under"], options["network"])
        self.stdout.write(
            _("Reading %(folder)s as “%(source)s”.") % {"folder": package.folder, "source": origin.source}
        )
        directory = read_directory(
            package, Setting.of(origin.time_zone, timezone.localdate()), self.show_rows
        )
        if report:
            write_report(report, listed(directory.remarks))
        if not check:
            self.write(directory, origin, unit, options["network"])
        self.show_remarks(directory.remarks, report)
        self.stdout.write(_("Done in %(seconds).1f seconds.") % {"seconds": time.monotonic() - started})

    @transaction.atomic
    def write(self, directory: Directory, origin: Origin, unit: Unit | None, network: str) -> None:
        """An empty installation gets its root first; root and directory come together or not at all."""
        today = timezone.localdate()
        unit = unit or open_unit(
            by=None, parent=None, on=today, kind="network", name=network, language=origin.language
        )
        self.stdout.write(_("Writing …"))
        tallies = import_directory(
            by=None, directory=directory, origin=origin, under=unit, tell=self.show_tally
        )
        if all(tally.is_quiet for tally in tallies.values()):
            self.stdout.write(_("Nothing has changed since the last import."))

    def show_tally(self, kind: str, tally: Tally) -> None:
        self.stdout.write(f"  {ROWS[kind]}: {tally_words(tally)}")

    def show_rows(self, file: str, count: int, is_all: bool) -> None:
        """One line for each file; within a long one a line that is written over, where somebody watches."""
        line = "  " + ngettext("%(file)s: %(count)d row", "%(file)s: %(count)d rows", count) % {
            "file": file,
            "count": count,
        }
        if is_all:
            self.stdout.write(line)
        elif self.stdout.isatty():
            self.stdout.write(line, ending="\r")
            self.stdout.flush()

    def show_remarks(self, remarks: list[Remark], report: Path | None) -> None:
        found = counts(remarks)
        for outcome, heading in HEADINGS.items():
            kinds = [kind for kind in found if KINDS[kind].outcome is outcome]
            if kinds:
                self.stdout.write(str(heading))
            for kind in kinds:
                self.stdout.write(f"{found[kind]:>8}  {KINDS[kind].why} [{kind}]")
        if report:
            self.stdout.write(_("Row by row: %(file)s") % {"file": report})
        elif listed(remarks):
            self.stdout.write(_("For the list row by row, add --report FILE.csv"))


def origin_of(
    package: Package, path: Path, *, source: str, language: str, time_zone: str, **options: Any
) -> Origin:
    """What was said on the command line, made sure of before anything is read."""
    source = clean_line(source, 60) or path.resolve().name[:60]
    if not LANGUAGE.fullmatch(language) or len(language) > 16:
        raise Problem(
            _("%(language)s is not the code of a language, such as en or zh-hans.") % {"language": language}
        )
    zones = {time_zone} if time_zone else time_zones(package)
    if len(zones) != 1:
        raise Problem(
            _(
                "Please say in which time zone the places are, for example --time-zone America/New_York: the package does not."
            )
        )
    zone = zones.pop()
    if zone not in available_timezones():
        raise Problem(_("There is no time zone called %(zone)s.") % {"zone": zone})
    return Origin(source, language, zone)


def find_unit(code: str, network: str) -> Unit | None:
    """The unit the places come under; None on an empty installation that is to get a root of this name."""
    unit = Unit.objects.filter(code=code).first() if code else tree.root()
    if unit is None and code:
        raise Problem(_("There is no unit with the code %(code)s.") % {"code": code})
    if unit is None and not network:
        raise Problem(
            _(
                "There is no network yet. Set it up in the browser first,"
                ' or give it a name here: --network "Our town".'
            )
        )
    return unit


def tally_words(tally: Tally) -> str:
    parts = [
        _("%(count)d new") % {"count": tally.new},
        _("%(count)d changed") % {"count": tally.changed},
        _("%(count)d the same") % {"count": tally.same},
    ]
    if tally.removed:
        parts.append(_("%(count)d removed") % {"count": tally.removed})
    if tally.absent:
        parts.append(_("%(count)d kept although the package no longer has them") % {"count": tally.absent})
    return _(", ").join(parts)


def write_report(path: Path, remarks: list[Remark]) -> None:
    """Written before the database is, so that a wrong path costs nothing."""
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["file", "row", "id", "column", "found", "kind", "outcome", "why"])
            for each in remarks:
                row = (
                    each.file,
                    each.row,
                    each.id,
                    each.column,
                    each.found,
                    each.kind,
                    each.outcome,
                    each.why,
                )
                writer.writerow([harmless(str(cell)) for cell in row])
    except OSError as error:
        raise Problem(
            _("%(file)s cannot be written: %(why)s.") % {"file": path, "why": error.strerror}
        ) from error


def harmless(cell: str) -> str:
    """A spreadsheet would calculate what begins with =, +, - or @; an apostrophe before it keeps it text."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
