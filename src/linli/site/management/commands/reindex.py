"""`linli manage reindex`: builds the search index anew from what there is."""

from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from linli.directory.indexing import index_stations
from linli.directory.models import Station
from linli.site.models import SearchEntry

BATCH = 1_000


class Command(BaseCommand):
    help = "Empties the search index and fills it again, in one transaction."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        SearchEntry.objects.all().delete()
        rows = Station.objects.visible_to(None).iterator(chunk_size=BATCH)
        while stations := list(islice(rows, BATCH)):
            index_stations(stations)
        self.stdout.write(f"{SearchEntry.objects.count()} entries")
