"""`linli manage import_sheet PATH`: stations, organisations or hours from a spreadsheet, after a look at the changes."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.areas import tree
from linli.areas.models import Unit
from linli.directory.actions import bring_in_sheet
from linli.directory.sheets.columns import SHEETS
from linli.directory.sheets.faults import Unclear, why
from linli.directory.sheets.guard import LARGEST_FILE, MEGABYTE
from linli.directory.sheets.outcomes import Plan
from linli.directory.sheets.planning import Opened, error_sheet, make_plan, open_sheet, said_in
from linli.kit.rules import Problem

STEPS = {
    "reading": gettext_lazy("%(done)d rows read"),
    "comparing": gettext_lazy("%(done)d of %(rows)d rows compared"),
}
# So many unclear cells are named one by one; the error sheet names them all.
NAMED = 20


class Command(BaseCommand):
    help = (
        "Brings in a sheet (.xlsx or .csv) of stations, organisations or hours. Rows that were not understood stop it,"
        " unless --good-rows is given; see docs/sheets.md."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="the .xlsx or .csv file")
        parser.add_argument(
            "--kind", choices=SHEETS, default="", help="what it lists (default: its headings tell)"
        )
        parser.add_argument(
            "--under", default="", metavar="CODE", help="only rows below this unit (default: all)"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="says what would change and writes nothing"
        )
        parser.add_argument(
            "--good-rows", action="store_true", help="brings in the good rows although others are not"
        )
        parser.add_argument(
            "--errors", type=Path, metavar="FILE", help="where the error sheet of the rest is written"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.bring_in(**options)
        except Unclear as unclear:
            raise CommandError(why(unclear.kind, unclear.facts)) from unclear
        except Problem as problem:
            raise CommandError(problem.sentence) from problem

    def bring_in(
        self,
        *,
        path: Path,
        kind: str,
        under: str,
        dry_run: bool,
        good_rows: bool,
        errors: Path | None,
        **_more: Any,
    ) -> None:
        started, unit = time.monotonic(), find_unit(under)
        opened = open_sheet(content_of(path), kind, self.tell)
        plan = make_plan(opened, unit, self.tell)
        self.say(plan, opened)
        if plan.unclear and errors:
            write(errors, error_sheet(opened, plan))
            self.stdout.write(_("The error sheet: %(file)s") % {"file": errors})
        if plan.unclear and not good_rows and not dry_run:
            raise CommandError(
                _("Nothing was written. Mend these rows, or add --good-rows to bring in the others.")
            )
        if not dry_run and plan.good:
            self.stdout.write(_("Writing …"))
            bring_in_sheet(by=None, under=unit, opened=opened, digest=plan.digest())
        elif dry_run:
            self.stdout.write(_("Nothing was written: this was only a look."))
        self.stdout.write(_("Done in %(seconds).1f seconds.") % {"seconds": time.monotonic() - started})

    def tell(self, step: str, done: int, rows: int) -> None:
        """A line that is written over, where somebody watches; else only the last word."""
        line = "  " + str(STEPS[step]) % {"done": done, "rows": rows}
        if self.stdout.isatty():
            self.stdout.write(line, ending="\r")
            self.stdout.flush()
        if rows and done == rows:
            self.stdout.write(line)

    def say(self, plan: Plan, opened: Opened) -> None:
        sheet = opened.layout.sheet
        facts = {"kind": sheet.title, **plan.tally}
        words = _(
            "%(kind)s: %(new)d new, %(changed)d changed, %(same)d the same, %(unclear)d not understood."
        )
        self.stdout.write(words % facts)
        if opened.layout.unknown:
            names = ", ".join(opened.layout.unknown)
            self.stdout.write(_("These columns are not known here and were left alone:") + f" {names}")
        cells = [(outcome, fault) for outcome in plan.unclear for fault in outcome.faults]
        for outcome, fault in cells[:NAMED]:
            said = said_in(outcome.entry, fault.column, opened.layout)
            facts = {
                "row": outcome.entry.number,
                "heading": opened.layout.heading(fault.column),
                "said": said,
                "why": why(fault.kind, fault.facts),
            }
            self.stdout.write("  " + _("Row %(row)d, %(heading)s “%(said)s”: %(why)s") % facts)
        if len(cells) > NAMED:
            self.stdout.write("  " + _("… and %(more)d more cells") % {"more": len(cells) - NAMED})


def find_unit(code: str) -> Unit:
    unit = Unit.objects.filter(code=code).first() if code else tree.root()
    if unit is None and code:
        raise Problem(_("There is no unit with the code %(code)s.") % {"code": code})
    if unit is None:
        raise Problem(_("There is no network yet. Set it up in the browser first."))
    return unit


def content_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise Unclear("too_large", limit=LARGEST_FILE // MEGABYTE)
        return path.read_bytes()
    except OSError as error:
        raise Problem(
            _("%(file)s cannot be read: %(why)s.") % {"file": path, "why": error.strerror}
        ) from error


def write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        facts = {"file": path, "why": error.strerror}
        raise Problem(_("%(file)s cannot be written: %(why)s.") % facts) from error
