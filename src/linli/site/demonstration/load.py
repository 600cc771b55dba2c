"""Builds the demonstration network in an empty database: tree, roles, follows and statuses by their actions, the
directory in bulk."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.areas import tree
from linli.areas.actions import open_unit
from linli.areas.models import Unit, UnitVersion
from linli.directory.actions import declare_status
from linli.directory.models import Organisation, Station
from linli.kit.rules import Problem
from linli.ledger.work import drain
from linli.news.actions.writing import Written, columns
from linli.news.indexing import index_articles
from linli.news.models import Article
from linli.people.models import Person
from linli.site.demonstration import data
from linli.site.demonstration.days import keep_days
from linli.site.demonstration.people import bring_in
from linli.site.demonstration.places import enter_directory
from linli.site.demonstration.programmes import hold_sessions


@dataclass(frozen=True)
class Loaded:
    """How many of each were made."""

    areas: int
    organisations: int
    stations: int
    services: int
    people: int


def load() -> Loaded | None:
    """Makes the whole network as of today; None when it is there already. Problem where anything else is there.

    Whoever follows a station that says something of itself on this day has a notice in the inbox at once.
    """
    if is_loaded():
        return None
    if holds_anything():
        raise Problem(_("This database holds a network of its own. The demonstration needs an empty one."))
    with transaction.atomic():
        loaded = build(timezone.localdate())
    drain()
    return loaded


def is_loaded() -> bool:
    """Whether this database holds the demonstration and no other network."""
    root = tree.root()
    if root is None or root.code != data.SOURCE:
        return False
    return not any(model.objects.exclude(source=data.SOURCE).exists() for model in (Organisation, Station))


def holds_anything() -> bool:
    return any(model.objects.exists() for model in (Unit, Organisation, Station, Person))


def build(today: date) -> Loaded:
    units: dict[str, Unit] = {}
    since = date(today.year - 2, 1, 1)
    for row in data.units():
        units[row["code"]] = open_node(row, row["kind"], units, since)
    areas = len(units)
    for kind, row in own_nodes():
        units[row["code"]] = open_node(row, kind, units, since)
    # The network plays that it has stood for years, and that nobody wrote it down late.
    UnitVersion.objects.update(recorded_at=datetime.combine(since, time(9), ZoneInfo(settings.TIME_ZONE)))
    stations = enter_directory(units, today)
    cast = bring_in(units, stations)
    keep_days(cast, stations, today)
    say_how_it_is(cast, stations, today)
    publish_news(units)
    hold_sessions(cast, units, stations)
    services = len(data.rows("services", "service"))
    return Loaded(areas, len(units) - areas - len(stations), len(stations), services, len(cast))


def publish_news(units: dict[str, Unit]) -> None:
    """A few articles that have been out for some days."""
    for row in data.rows("articles", "article"):
        written = Written(**{name: row[name] for name in ("title", "lead", "language", "body", "categories")})
        at = timezone.now() - timedelta(days=row["days"])
        out = {"state": Article.State.PUBLISHED, "published_at": at, **columns(written)}
        index_articles(Article.objects.create(code=row["code"], unit=units[row["unit"]], **out))


def own_nodes() -> Iterator[tuple[str, data.Row]]:
    """Organisations and stations each own a node of the tree."""
    yield from (("organisation", row) for row in data.rows("organisations", "organisation"))
    yield from (("station", row) for row in data.stations())


def open_node(row: data.Row, kind: str, units: dict[str, Unit], since: date) -> Unit:
    english = row["en"] if isinstance(row["en"], str) else row["en"]["name"]
    return open_unit(
        by=None,
        parent=units[row["within"]] if "within" in row else None,
        on=since,
        kind=kind,
        code=row["code"],
        name=row["name"],
        language=data.LANGUAGE,
        translations={"en": {"name": english}},
        reading=row.get("reading", ""),
    )


def say_how_it_is(cast: dict[str, Person], stations: dict[str, Station], today: date) -> None:
    """A few stations say they are full or closed until the end of the day."""
    for row in data.rows("moments", "status"):
        station = stations[row["station"]]
        midnight = datetime.combine(today + timedelta(days=1), time(), ZoneInfo(station.time_zone))
        declare_status(
            by=cast[row["by"]], station=station, state=row["state"], until=midnight, note=row["note"]
        )
