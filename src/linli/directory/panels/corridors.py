"""What the pages of corridors show."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from linli.directory.models import Corridor, OpenSpan, Station


def all_corridors(person: Any, at: datetime) -> QuerySet[Corridor]:
    """Every corridor with how many stations it has and how many of them are open at a moment: one query."""
    seen = Q(stations__in=Station.objects.visible_to(person))
    spans = OpenSpan.objects.filter(station=OuterRef("stations"), opens_at__lte=at, closes_at__gt=at)
    counted = Corridor.objects.visible_to(person).annotate(
        count=Count("stations", filter=seen), open_count=Count("stations", filter=seen & Q(Exists(spans)))
    )
    return counted.order_by("reading", "code")


def along(corridor: Corridor, stations: QuerySet[Station]) -> QuerySet[Station]:
    """Its stations in the order one walks them."""
    return stations.filter(on_corridors__corridor=corridor).order_by("on_corridors__position")
