"""Buildings, and the stations that serve them."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from linli.areas.models import Unit
from linli.areas.rules import may_edit_units
from linli.directory.actions.words import Naming, differs, retold, told
from linli.directory.events import BuildingChanged, BuildingEntered, BuildingServed
from linli.directory.indexing import index_named
from linli.directory.models import Building, ServedBuilding, Station
from linli.directory.rules import may_change_building
from linli.kit.refs import Ref, ref
from linli.kit.rules import Problem, require
from linli.ledger.actions import record


def scope_of(building: Building) -> Ref:
    return ref(building.unit or building)


@transaction.atomic
def enter_building(
    *,
    by: Any,
    under: Unit,
    naming: Naming,
    address: str = "",
    is_responsible: bool = True,
    stations: Iterable[Station] = (),
    responsible: Station | None = None,
    **details: Any,
) -> Building:
    """Enters a building that lies in `under`, or in part; only with `is_responsible` is that area named for it.

    Without, one of `stations` must stand in the area, for else nobody could change the building. `details`: aliases,
    floors, property_company and the columns of its point. Nobody is told.
    """
    require(may_edit_units(by, under))
    building = Building.objects.create(
        unit=under if is_responsible else None, **told(naming, address=address), **details
    )
    record(BuildingEntered(), by=by, subject=ref(building), scope=ref(under))
    put_stations(by, building, stations, responsible)
    if not may_change_building(by, building):
        raise Problem(
            _("Name the area responsible, or a station of it that serves the building."), "stations"
        )
    index_named(building)
    return building


@transaction.atomic
def change_building(
    *, by: Any, building: Building, naming: Naming, unit: Unit | None, address: str = "", **details: Any
) -> bool:
    """Says anew what and where it is, and which area is responsible. False when nothing differs. Nobody is told.

    An area is named by its own organisers; it cannot be taken back without another, for the building would be nobody's.
    """
    require(may_change_building(by, building))
    held = Building.objects.select_for_update().get(pk=building.pk)
    if unit is None and held.unit_id is not None:
        raise Problem(_("An area is responsible already. Please name another one, not none."), "unit")
    if unit is not None and unit.pk != held.unit_id:
        require(may_edit_units(by, unit), _("Only organisers of that area can name it responsible."))
    columns = retold(held, naming, address=address) | details | {"unit": unit}
    if not differs(held, columns):
        return False
    Building.objects.filter(pk=held.pk).update(**columns)
    held = Building.objects.select_related("unit").get(pk=held.pk)
    index_named(held)
    record(BuildingChanged(), by=by, subject=ref(held), scope=scope_of(held))
    return True


@transaction.atomic
def serve_building(
    *, by: Any, building: Building, stations: Iterable[Station], responsible: Station | None = None
) -> None:
    """Says which stations serve a building, and which one of them is responsible 主责. Nobody is told.

    Problem when the responsible one is not among them, or when a building without an area would be served by none.
    """
    require(may_change_building(by, building))
    put_stations(by, building, stations, responsible)


def put_stations(
    by: Any, building: Building, stations: Iterable[Station], responsible: Station | None
) -> None:
    stations = list(dict.fromkeys(stations))
    if responsible is not None and responsible not in stations:
        raise Problem(_("The responsible station is one of those that serve it."), "responsible")
    if not stations and building.unit is None:
        raise Problem(_("While no area is responsible at least one station serves it."), "stations")
    building.served_by.all().delete()
    ServedBuilding.objects.bulk_create(
        ServedBuilding(building=building, station=station, responsible=station == responsible)
        for station in stations
    )
    fact = BuildingServed(len(stations), responsible.code if responsible else "")
    record(fact, by=by, subject=ref(building), scope=scope_of(building))
