"""The verbs of the directory: the only place that writes its rows."""

from linli.directory.actions.hours import Hours, set_hours
from linli.directory.actions.photos import forget_photo, remove_photo, set_photo
from linli.directory.actions.stations import enter_station, open_station
from linli.directory.actions.status import declare_status, lapse_status, lift_status

__all__ = [
    "Hours",
    "declare_status",
    "enter_station",
    "forget_photo",
    "lapse_status",
    "lift_status",
    "open_station",
    "remove_photo",
    "set_hours",
    "set_photo",
]
