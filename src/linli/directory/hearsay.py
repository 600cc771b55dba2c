"""What passers-by say of doors, as pages show it: one question for all the stations of a page."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection
from django.utils.translation import gettext as _

from linli.areas.tree import IDS, listed, read
from linli.directory.models import Station

# A plain statement, for lists and pages ask it again and again (see directory.doors).
STANDING = """
SELECT r.station_id, r.what, MIN(r.at), COUNT(DISTINCT r.network), MAX(w.at)
FROM directory_doorreport r
LEFT JOIN directory_deskword w ON w.station_id = r.station_id AND w.what = r.what
WHERE r.station_id IN ({ids}) AND r.ended_at IS NULL AND r.at <= %s AND r.expires_at > %s
GROUP BY r.station_id, r.what ORDER BY r.what"""
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
    moment = connection.ops.adapt_datetimefield_value(at)
    with connection.cursor() as cursor:
        cursor.execute(STANDING.format(ids=IDS[connection.vendor]), [listed(station_ids), moment, moment])
        rows = cursor.fetchall()
    found: dict[UUID, list[Said]] = defaultdict(list)
    for station_id, what, since, networks, desk_at in rows:
        desk = moment_of(desk_at)
        goes_before = desk is not None and at - desk < DESK_WORD_STANDS
        found[read(station_id)].append(
            Said(what, moment_of(since), networks > 1, desk if goes_before else None)
        )
    return dict(found)


def moment_of(value: datetime | str | None) -> datetime | None:
    """SQLite gives the least of several moments as text, and in UTC without saying so."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment.replace(tzinfo=UTC) if moment is not None and moment.tzinfo is None else moment


def said_of(station: Station, at: datetime) -> list[Said]:
    """The same for one station."""
    return hearsay([station.pk], at).get(station.pk, [])


def in_words(said: Iterable[Said], zone: ZoneInfo) -> list[tuple[Said, str]]:
    """Each with its sentence, by the station's clock."""
    return [(each, each.words(zone)) for each in said]
