"""`import_all FOLDER`: fills an empty installation, on either database, with what `export_all` wrote."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from linli.records.databases import Broken
from linli.records.exporting import import_all


class Command(BaseCommand):
    help = "Fills an empty installation with what export_all wrote, all or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            rows = import_all(folder)
        except (Broken, OSError) as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{rows} rows brought in")
