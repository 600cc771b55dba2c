"""Corridors of stations across areas."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from linli.areas.rules import may_edit_units
from linli.directory.actions.words import Naming, retold, told
from linli.directory.events import CorridorChanged, CorridorEntered
from linli.directory.indexing import index_named
from linli.directory.models import Corridor, CorridorStation, Station
from linli.directory.rules import may_change_corridor
from linli.kit.refs import ref
from linli.kit.rules import Problem, require
from linli.ledger.actions import record


@transaction.atomic
def enter_corridor(
    *, by: Any, naming: Naming, about: str, lead: Station, stations: Iterable[Station]
) -> Corridor:
    """Puts stations of any areas together, in the order one walks them; `lead` is one of the person's own area and
    among them. Nobody is told."""
    require(may_edit_units(by, lead.unit), _("The station that leads is one of your own area."))
    stations = list(dict.fromkeys(stations))
    refuse_without(lead, stations)
    corridor = Corridor.objects.create(lead=lead, **told(naming, about=about))
    put_in_order(corridor, stations)
    index_named(corridor)
    fact = CorridorEntered(len(stations))
    record(fact, by=by, subject=ref(corridor), scope=ref(lead.unit))
    return corridor


@transaction.atomic
def change_corridor(
    *, by: Any, corridor: Corridor, naming: Naming, about: str, lead: Station, stations: Iterable[Station]
) -> None:
    """Says anew what it is called, who leads it and where it goes; another lead may be of any area. Nobody is told."""
    require(may_change_corridor(by, corridor))
    stations = list(dict.fromkeys(stations))
    refuse_without(lead, stations)
    held = Corridor.objects.select_for_update().get(pk=corridor.pk)
    Corridor.objects.filter(pk=held.pk).update(lead=lead, **retold(held, naming, about=about))
    put_in_order(held, stations)
    index_named(Corridor.objects.get(pk=held.pk))
    fact = CorridorChanged(len(stations))
    record(fact, by=by, subject=ref(corridor), scope=ref(lead.unit))


def refuse_without(lead: Station, stations: list[Station]) -> None:
    if lead not in stations:
        raise Problem(_("The station that leads is one of those along the corridor."), "lead")


def put_in_order(corridor: Corridor, stations: list[Station]) -> None:
    corridor.stops.all().delete()
    CorridorStation.objects.bulk_create(
        CorridorStation(corridor=corridor, station=station, position=position)
        for position, station in enumerate(stations, start=1)
    )
