"""The verbs of the directory: the only place that writes its rows."""

from linli.directory.actions.hours import Hours, set_hours
from linli.directory.actions.photos import forget_photo, remove_photo, set_photo
from linli.directory.actions.reports import end_reports, expire_report, report_door, settle_reports
from linli.directory.actions.stations import enter_station, open_station
from linli.directory.actions.status import declare_status, lapse_status, lift_status

__all__ = [
    "Hours",
    "declare_status",
    "end_reports",
    "enter_station",
    "expire_report",
    "forget_photo",
    "lapse_status",
    "lift_status",
    "open_station",
    "remove_photo",
    "report_door",
    "set_hours",
    "set_photo",
    "settle_reports",
]
