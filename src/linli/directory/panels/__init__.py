"""What the directory shows on shared pages, by page."""

from linli.directory.panels.day import desk_day
from linli.directory.panels.desk import exception_choices, one_tap_choices
from linli.directory.panels.fortnight import fortnight
from linli.directory.panels.hours import OtherDay, coming_exceptions, rules_in_words
from linli.directory.panels.sheet import Sheet, at_door
from linli.directory.panels.station import checked, map_links

__all__ = [
    "OtherDay",
    "Sheet",
    "at_door",
    "checked",
    "coming_exceptions",
    "desk_day",
    "exception_choices",
    "fortnight",
    "map_links",
    "one_tap_choices",
    "rules_in_words",
]
