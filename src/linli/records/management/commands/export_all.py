"""`export_all FOLDER`: everything of this installation as files, to read without Linli or to bring into another."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from linli.records.databases import Broken
from linli.records.exporting import export_all


class Command(BaseCommand):
    help = "Writes every row of every table as JSON Lines, and the uploads, into a new folder. It holds personal data."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            rows = export_all(folder)
        except (Broken, OSError) as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{rows} rows in {folder}")
