"""`backup FOLDER [--keep-days N]`: copies database and uploads into a new folder and prints its name."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from linli.records.backups import drop_old, make_backup
from linli.records.databases import Broken


class Command(BaseCommand):
    help = (
        "Copies database and uploads, while Linli runs, into a new folder below FOLDER, and prints its name."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--keep-days", type=int, metavar="N", help="removes backups older than that")

    def handle(self, *args: Any, folder: Path, keep_days: int | None, **options: Any) -> None:
        try:
            made = make_backup(folder)
            if keep_days is not None:
                drop_old(folder, keep=timedelta(days=keep_days), now=datetime.now(UTC))
        except (Broken, OSError) as error:
            raise CommandError(str(error)) from None
        self.stdout.write(str(made))
