"""Who may do what to a station."""

from typing import Any

from linli.areas.rules import may_edit_units
from linli.directory.models import Organisation, Station


def may_open_station(person: Any, unit: Any) -> bool:
    """Whoever may change what stands below a unit may enter a station there."""
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
