"""The verbs of the tree and of holidays; the only place of this app that writes.

`by` is a person or, from the command line, None. `on` is the day a change holds from: it may lie in the past (the
page then says it was entered late) or in the future (then it is planned). Whatever cannot be is a
`linli.kit.rules.Problem` whose sentence a form can show.
"""

from linli.areas.actions.holidays import import_holidays
from linli.areas.actions.shaping import Part, insert_level, merge_units, split_unit
from linli.areas.actions.units import close_unit, move_unit, open_unit, rename_unit

__all__ = [
    "Part",
    "close_unit",
    "import_holidays",
    "insert_level",
    "merge_units",
    "move_unit",
    "open_unit",
    "rename_unit",
    "split_unit",
]
