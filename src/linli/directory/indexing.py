"""The words by which stations are found."""

from collections.abc import Iterable

from linli.directory.models import Station
from linli.kit.refs import ref
from linli.kit.search import Entry, index


def words_of(station: Station) -> str:
    """Name, brand and address in every language they are given in."""
    translated = (text for words in station.translations.values() for text in words.values())
    return " ".join(
        [station.name, station.brand, station.address, station.code, station.reading, *translated]
    )


def index_stations(stations: Iterable[Station]) -> None:
    """Adds or renews stations in the search index, in the caller's transaction."""
    index(*(Entry(ref(station), words_of(station)) for station in stations))
