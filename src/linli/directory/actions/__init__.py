"""The verbs of the directory: the only place that writes its rows."""

from linli.directory.actions.buildings import change_building, enter_building, serve_building
from linli.directory.actions.corridors import change_corridor, enter_corridor
from linli.directory.actions.counting import count_walk_ins, enter_walk_ins_late
from linli.directory.actions.exceptions import close_early, set_exception, take_back_exception
from linli.directory.actions.handover import HandedOver, hand_over_desk
from linli.directory.actions.hours import Hours, set_hours
from linli.directory.actions.landmarks import change_landmark, enter_landmark, remove_landmark
from linli.directory.actions.members import join_network, leave_network, move_in, move_out
from linli.directory.actions.organisations import (
    change_organisation,
    enter_organisation,
    give_count,
    say_committee,
)
from linli.directory.actions.photos import forget_photo, remove_photo, set_photo
from linli.directory.actions.reports import end_reports, expire_report, report_door, settle_reports
from linli.directory.actions.roster import copy_week, end_duty, set_duty
from linli.directory.actions.sheets import (
    bring_in_sheet,
    drop_sheet,
    read_sheet,
    send_sheet,
    use_sheet,
    write_sheet,
)
from linli.directory.actions.stations import check_entry, enter_station, open_station
from linli.directory.actions.status import declare_status, lapse_status, lift_status
from linli.directory.actions.stock import change_stock, set_stock
from linli.directory.actions.things import keep_thing, remove_thing, set_facilities
from linli.directory.actions.words import Naming
from linli.directory.actions.wrong import mend_wrong, note_wrong

__all__ = [
    "HandedOver",
    "Hours",
    "Naming",
    "bring_in_sheet",
    "change_building",
    "change_corridor",
    "change_landmark",
    "change_organisation",
    "change_stock",
    "check_entry",
    "close_early",
    "copy_week",
    "count_walk_ins",
    "declare_status",
    "drop_sheet",
    "end_duty",
    "end_reports",
    "enter_building",
    "enter_corridor",
    "enter_landmark",
    "enter_organisation",
    "enter_station",
    "enter_walk_ins_late",
    "expire_report",
    "forget_photo",
    "give_count",
    "hand_over_desk",
    "join_network",
    "keep_thing",
    "lapse_status",
    "leave_network",
    "lift_status",
    "mend_wrong",
    "move_in",
    "move_out",
    "note_wrong",
    "open_station",
    "read_sheet",
    "remove_landmark",
    "remove_photo",
    "remove_thing",
    "report_door",
    "say_committee",
    "send_sheet",
    "serve_building",
    "set_duty",
    "set_exception",
    "set_facilities",
    "set_hours",
    "set_photo",
    "set_stock",
    "settle_reports",
    "take_back_exception",
    "use_sheet",
    "write_sheet",
]
