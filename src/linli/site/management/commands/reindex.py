"""`linli manage reindex`: builds the search index anew from what there is."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import QuerySet

from linli.directory.indexing import index_named, index_stations
from linli.directory.models import Building, Corridor, Landmark, Organisation, Station
from linli.news.indexing import index_articles
from linli.news.models import Article
from linli.programmes.indexing import index_programmes, index_sessions
from linli.programmes.models import Programme, Session
from linli.site.models import SearchEntry

BATCH = 1_000


class Command(BaseCommand):
    help = "Empties the search index and fills it again, in one transaction."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        SearchEntry.objects.all().delete()
        for model in (Organisation, Building, Corridor, Landmark):
            for batch in batches(model.objects.visible_to(None)):
                index_named(*batch)
        for batch in batches(Station.objects.visible_to(None)):
            index_stations(batch)
        for batch in batches(Article.objects.out()):
            index_articles(*batch)
        for batch in batches(Programme.objects.running()):
            index_programmes(*batch)
        for batch in batches(Session.objects.on_view()):
            index_sessions(*batch)
        self.stdout.write(f"{SearchEntry.objects.count()} entries")


def batches(rows: QuerySet) -> Iterator[list]:
    each = rows.iterator(chunk_size=BATCH)
    while batch := list(islice(each, BATCH)):
        yield batch
