"""`retention [--dry-run]`: deletes what is past its date, or counts it; the worker does the same every quarter of an hour."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from linli.people.actions.retention import end_rows, past_their_date


class Command(BaseCommand):
    help = "Deletes what is past its date and held by nothing. With --dry-run it only counts."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true")

    def handle(self, *args, dry_run, **options):
        now = timezone.now()
        done = past_their_date(now) if dry_run else end_rows(now=now)
        verb = "would go" if dry_run else "went"
        for ended in done:
            rule = ended.rule
            self.stdout.write(
                f"{rule.model}.{rule.since} + {rule.kept.total_seconds() / 86400:g} days: "
                f"{ended.past} {verb}, {ended.held} held"
            )
