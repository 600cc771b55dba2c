"""`restore BACKUP`: puts a backup in the place of what is there. `--try` proves that it could, and touches nothing;
it also takes the folder with all backups, and then tries the newest.
"""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from linli.records.backups import Outcome, newest, restore, try_restore
from linli.records.databases import Broken


class Command(BaseCommand):
    help = (
        "Puts a backup in the place of what is there, brings the database up to date, erases again whoever was erased "
        "since, and recomputes the ledger. With --try it is restored beside, compared row by row, and removed."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--try", action="store_true", dest="only_try")

    def handle(self, *args: Any, folder: Path, only_try: bool, **options: Any) -> None:
        try:
            outcome = try_restore(newest(folder)) if only_try else restore(folder)
        except (Broken, OSError) as error:
            raise CommandError(str(error)) from None
        self.tell(outcome)
        if not only_try:
            call_command("migrate", interactive=False, verbosity=0, stdout=self.stdout)
            call_command("reapply_erasures", stdout=self.stdout)
            call_command("verify", "ledger", stdout=self.stdout, stderr=self.stderr)
        if outcome.differing:
            raise CommandError("These tables are not what the backup says: " + ", ".join(outcome.differing))

    def tell(self, outcome: Outcome) -> None:
        self.stdout.write(
            f"{outcome.rows} rows, {len(outcome.differing)} tables differ, {outcome.seconds / 60:.2f} minutes"
        )
