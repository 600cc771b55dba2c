"""`import_holidays FILE.csv`: takes over the days off of a year, an official file in place of a provisional one."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from linli.areas.actions import import_holidays
from linli.areas.holidays import COLUMNS, read_holidays
from linli.kit.rules import Problem


class Command(BaseCommand):
    help = f"Takes over the holidays of a year from a CSV file with the columns {', '.join(COLUMNS)}."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *args, file: Path, **options):
        try:
            with file.open(encoding="utf-8-sig", newline="") as lines:
                known = import_holidays(by=None, year=read_holidays(lines))
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(_("The file cannot be read: %(error)s") % {"error": error}) from error
        except Problem as problem:
            raise CommandError(str(problem)) from problem
        facts = {"year": known.year, "status": known.status, "count": known.days.count()}
        self.stdout.write(_("%(year)d, %(status)s: %(count)d days taken over.") % facts)
