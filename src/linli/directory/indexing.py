"""The words by which stations are found."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from uuid import UUID

from linli.directory.models import Service, ServiceAtStation, Station
from linli.kit.refs import ref
from linli.kit.search import Entry, index

BATCH = 500


def words_of(thing: Station | Service) -> Iterator[str]:
    """What something is called and where it is, in every language it is given in."""
    for field in ("name", "brand", "address", "code", "reading"):
        yield getattr(thing, field, "")
    for words in thing.translations.values():
        yield from (words.get(field, "") for field in ("name", "brand", "address"))


def index_stations(stations: Iterable[Station]) -> None:
    """Adds or renews stations in the search index, with what they offer, in the caller's transaction."""
    stations = list(stations)
    offered: dict[UUID, list[Service]] = defaultdict(list)
    offers = ServiceAtStation.objects.filter(service__active=True).select_related("service")
    for start in range(0, len(stations), BATCH):
        for offer in offers.filter(station__in=stations[start : start + BATCH]):
            offered[offer.station_id].append(offer.service)
    index(
        *(
            Entry(
                ref(station),
                " ".join(word for thing in (station, *offered[station.pk]) for word in words_of(thing)),
            )
            for station in stations
        )
    )
