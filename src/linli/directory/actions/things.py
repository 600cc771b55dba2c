"""What a station has and says, one thing at a time: rooms, entrances, supplies, difficulties, temporary notices."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.directory.actions.photos import remove_photo
from linli.directory.events import FacilitiesSet, ThingKept, ThingRemoved
from linli.directory.indexing import index_stations
from linli.directory.models import Announcement, Difficulty, Entrance, Facility, Station
from linli.directory.rules import may_keep_things
from linli.kit.refs import ref
from linli.kit.rules import Problem, require
from linli.ledger.actions import record


@transaction.atomic
def keep_thing(*, by: Any, station: Station, model: type, thing: Any = None, **columns: Any) -> Any:
    """Adds a thing of this kind to a station, or changes `thing`. Nobody is told.

    Problem when the station has one of the same name.
    """
    require(may_keep_things(by, station))
    noun, kept = model._meta.model_name, thing or model(station=station)  # type: ignore[attr-defined]
    for name, value in columns.items():
        setattr(kept, name, value)
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError:
        raise Problem(_("There is one of this name already."), "name") from None
    if model is Entrance:
        index_stations([station])
    record(ThingKept(noun, new=thing is None), by=by, subject=ref(station), scope=ref(station.unit))
    return kept


@transaction.atomic
def remove_thing(*, by: Any, thing: Any, now: datetime | None = None) -> None:
    """Takes a thing away. A difficulty is solved and a notice ends: both stay, with the day they were over."""
    station, now = thing.station, now or timezone.now()
    require(may_keep_things(by, station))
    noun = thing._meta.model_name
    if isinstance(thing, Difficulty):
        Difficulty.objects.filter(pk=thing.pk).update(ended_on=max(timezone.localdate(now), thing.since))
    elif isinstance(thing, Announcement):
        end_notice(thing, now)
    else:
        if isinstance(thing, Entrance):
            remove_photo(by=by, entrance=thing)
        thing.delete()
        index_stations([station])
    record(ThingRemoved(noun), by=by, subject=ref(station), scope=ref(station.unit))


def end_notice(notice: Announcement, now: datetime) -> None:
    """One that has not begun was never said; one that is shown ends now."""
    if notice.starts_at >= now:
        notice.delete()
    else:
        Announcement.objects.filter(pk=notice.pk, ends_at__gt=now).update(ends_at=now)


@transaction.atomic
def set_facilities(*, by: Any, station: Station, kinds: set[str], ebike_outdoors: bool = True) -> None:
    """What one can use here without asking; what is no longer named goes, with its note. Nobody is told.

    Problem for charging e-bikes inside: their batteries burn.
    """
    require(may_keep_things(by, station))
    if Facility.Kind.EBIKE_CHARGING in kinds and not ebike_outdoors:
        raise Problem(_("Charging e-bikes inside a building is never listed: their batteries burn."), "ebike")
    station.facilities.exclude(kind__in=kinds).delete()
    known = set(station.facilities.values_list("kind", flat=True))
    Facility.objects.bulk_create(
        Facility(
            station=station,
            kind=kind,
            indoors=kind != Facility.Kind.EBIKE_CHARGING,
            language=station.language,
        )
        for kind in sorted(kinds - known)
    )
    index_stations([station])
    record(FacilitiesSet(len(kinds)), by=by, subject=ref(station), scope=ref(station.unit))
