"""What the directory shows on shared pages, by page."""

from linli.directory.panels.day import desk_day
from linli.directory.panels.desk import one_tap_choices
from linli.directory.panels.overview import gaps
from linli.directory.panels.sheet import Sheet, at_door
from linli.directory.panels.station import map_links

__all__ = ["Sheet", "at_door", "desk_day", "gaps", "map_links", "one_tap_choices"]
