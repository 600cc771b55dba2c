"""`reapply_erasures [FILE]`: after restoring a backup, empties again every account that had been erased since."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from linli.people import tombstones
from linli.people.actions.erasure import empty_person
from linli.people.models import Person


class Command(BaseCommand):
    help = (
        "Empties again, after a restore, every account listed in FILE (default: the list in the data folder)."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path, default=None)

    def handle(self, *args, file, **options):
        path = file or tombstones.own_file()
        try:
            # Where nobody was ever erased there is no list.
            erasures = tombstones.read(path) if file or path.exists() else {}
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from None
        back = Person.objects.filter(pk__in=erasures, erased_at=None).values_list("pk", flat=True)
        emptied = list(back)
        for person_id in emptied:
            empty_person(person_id, erasures[person_id])
        tombstones.keep()
        self.stdout.write(
            f"{len(erasures)} erasures listed, {len(emptied)} accounts were back and are empty again."
        )
