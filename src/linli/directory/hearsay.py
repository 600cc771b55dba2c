"""What passers-by say of doors, as pages show it: one question for all the stations of a page."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, Min, OuterRef, Subquery
from django.utils.translation import gettext as _

from linli.directory.models import DeskWord, DoorReport, Station

# So long no report goes against what the desk said itself.
DESK_WORD_STANDS = timedelta(minutes=30)


@dataclass(frozen=True)
class Said:
    """One thing that is said of a door: since when, whether two people say so, and the desk's word that goes before it."""

    what: str
    since: datetime
    confirmed: bool
    desk_at: datetime | None

    @property
    def counts(self) -> bool:
        """Whether pages go by it."""
        return self.confirmed and self.desk_at is None

    @property
    def tone(self) -> str:
        return "care" if self.counts else "quiet"

    def words(self, zone: ZoneInfo) -> str:
        """One sentence: what, how many say so, since when by the station's clock."""
        clock = {"what": what_words()[self.what], "time": f"{self.since.astimezone(zone):%H:%M}"}
        if self.confirmed:
            sentence = _("%(what)s: two people, since %(time)s.") % clock
        else:
            sentence = _("%(what)s: one person, %(time)s, not confirmed.") % clock
        if self.desk_at is None:
            return sentence
        desk = _("The desk said otherwise at %(time)s.") % {"time": f"{self.desk_at.astimezone(zone):%H:%M}"}
        return _("%(said)s %(desk)s") % {"said": sentence, "desk": desk}


def what_words() -> dict[str, str]:
    """What can be said of a door, in the order of the buttons."""
    return {"closed": _("Closed"), "no_water": _("No water"), "full": _("Full")}


def hearsay(station_ids: Iterable[UUID], at: datetime) -> dict[UUID, list[Said]]:
    """What stands at that moment, by station; those of which nothing is said are missing. One query."""
    desk = DeskWord.objects.filter(station=OuterRef("station"), what=OuterRef("what")).values("at")
    reports = DoorReport.objects.standing(at).filter(station__in=station_ids).order_by("station", "what")
    rows = reports.values_list("station", "what").annotate(
        Min("at"), Count("network", distinct=True), desk_at=Subquery(desk[:1])
    )
    found: dict[UUID, list[Said]] = defaultdict(list)
    for station_id, what, since, networks, desk_at in rows:
        goes_before = desk_at is not None and at - desk_at < DESK_WORD_STANDS
        found[station_id].append(Said(what, since, networks > 1, desk_at if goes_before else None))
    return dict(found)


def said_of(station: Station, at: datetime) -> list[Said]:
    """The same for one station."""
    return hearsay([station.pk], at).get(station.pk, [])
