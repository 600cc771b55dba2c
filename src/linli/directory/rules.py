"""Who may do what to a station, an organisation, a building, a corridor and a landmark."""

from typing import Any

from linli.areas.models import Unit
from linli.areas.rules import may_edit_units
from linli.directory.models import Building, Corridor, Landmark, Occupancy, Organisation, Station


def may_open_station(person: Any, unit: Any) -> bool:
    """Whoever may change what stands below a unit may enter a station there."""
    return bool(may_edit_units(person, unit))


def may_bring_sheets(person: Any, unit: Any) -> bool:
    """Whoever may change what stands below a unit may do so with a sheet, for all that stands below it."""
    return bool(may_edit_units(person, unit))


def may_declare_status(person: Any, station: Station) -> bool:
    """Workers and managers of this very station say whether its door is open."""
    return person.is_authenticated and person.holds({"worker", "manager"}, station.unit)


def may_set_photo(person: Any, station: Station) -> bool:
    """The same people show what its entrances look like."""
    return may_declare_status(person, station)


def may_set_hours(person: Any, station: Station) -> bool:
    """The same people keep the hours."""
    return may_declare_status(person, station)


def may_report_door(person: Any, station: Station) -> bool:
    """Everybody, with or without an account, while the station stands."""
    return station.unit.closed_on is None


def may_end_reports(person: Any, station: Station) -> bool:
    """Those who keep the door say that what was reported is mended."""
    return may_declare_status(person, station)


def may_see_counts(person: Any, organisation: Organisation) -> bool:
    """Whether the numbers an organisation gave of itself are theirs to see: its liaison's, and organisers' around it."""
    if organisation.unit is None or not person.is_authenticated:
        return False
    return bool(person.holds("liaison", organisation.unit) or may_edit_units(person, organisation.unit))


def may_keep_things(person: Any, station: Station) -> bool:
    """The same people keep rooms, stock, roster and all else of the desk."""
    return may_declare_status(person, station)


def may_change_organisation(person: Any, organisation: Organisation) -> bool:
    """Organisers around its place in the tree say what it is, where it works and whether it has a group."""
    return organisation.unit is not None and bool(may_edit_units(person, organisation.unit))


def may_give_count(person: Any, organisation: Organisation) -> bool:
    """Its own liaison gives its numbers; organisers around it write down what they were told."""
    return may_see_counts(person, organisation)


def may_keep_members(person: Any, unit: Unit) -> bool:
    """Who belongs to the network of a unit is kept by the organisers of that unit."""
    return bool(may_edit_units(person, unit))


def may_change_building(person: Any, building: Building) -> bool:
    """Organisers of the responsible area; while none is named, those around a station that serves it."""
    if building.unit is not None:
        return bool(may_edit_units(person, building.unit))
    if person is None or not person.is_authenticated:
        return person is None
    serving = Station.objects.filter(serves__building=building).select_related("unit")
    return any(may_edit_units(person, station.unit) for station in serving)


def may_keep_occupancy(person: Any, occupancy: Occupancy) -> bool:
    """Who works in a building is kept by those who keep the building."""
    return may_change_building(person, occupancy.building)


def may_change_corridor(person: Any, corridor: Corridor) -> bool:
    """Organisers around the station that leads it."""
    return corridor.lead is not None and bool(may_edit_units(person, corridor.lead.unit))


def may_change_landmark(person: Any, landmark: Landmark) -> bool:
    """Organisers of the area it lies in."""
    return landmark.unit is not None and bool(may_edit_units(person, landmark.unit))


def may_hand_over_desk(person: Any, station: Station) -> bool:
    """Workers and managers of this very station open the page; each role asks people.rules.may_hand_over_role."""
    return may_declare_status(person, station)


def may_check_entry(person: Any, station: Station) -> bool:
    """Workers and managers of this very station say that its entry is right."""
    return may_declare_status(person, station)
