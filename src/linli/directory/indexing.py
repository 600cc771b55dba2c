"""The words by which stations, organisations, buildings and corridors are found."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.conf import settings

from linli.directory.models import (
    Building,
    Corridor,
    Entrance,
    Facility,
    Landmark,
    Organisation,
    ServiceAtStation,
    Station,
)
from linli.kit.nouns import noun
from linli.kit.refs import ref
from linli.kit.search import Entry, index

BATCH = 500


def words_of(thing: Any) -> Iterator[str]:
    """What something is called and where it is, in every language it is given in."""
    yield from getattr(thing, "aliases", [])
    for field in ("name", "brand", "address", "code", "reading"):
        yield getattr(thing, field, "")
    for words in thing.translations.values():
        yield from (words.get(field, "") for field in ("name", "brand", "address"))


def index_stations(stations: Iterable[Station]) -> None:
    """Adds or renews stations in the search index, with what they offer, in the caller's transaction."""
    stations = list(stations)
    for start in range(0, len(stations), BATCH):
        batch = stations[start : start + BATCH]
        behind = words_behind(batch)
        index(*(Entry(ref(each), " ".join([*words_of(each), *behind[each.pk]])) for each in batch))


def index_named(*things: Organisation | Building | Corridor | Landmark) -> None:
    """The same for whatever is found by its own words alone."""
    index(*(Entry(ref(thing), " ".join(words_of(thing))) for thing in things))


def words_behind(stations: list[Station]) -> dict[UUID, list[str]]:
    """For each station the words of its active services, of its facilities and of an entrance without a step."""
    found: dict[UUID, list[str]] = defaultdict(list)
    offers = ServiceAtStation.objects.filter(station__in=stations, service__active=True)
    for offer in offers.select_related("service"):
        found[offer.station_id].extend(words_of(offer.service))
    for station_id, kind in Facility.objects.filter(station__in=stations).values_list("station_id", "kind"):
        found[station_id].extend(in_every_language(kind))
    step_free = Entrance.objects.filter(station__in=stations, steps=0)
    for station_id in set(step_free.values_list("station_id", flat=True)):
        found[station_id].extend(in_every_language("step_free"))
    return found


def in_every_language(key: str) -> list[str]:
    """The installation's noun for something, in each language people search in."""
    return [noun(key, language) for language, _name in settings.LANGUAGES]
