"""From the rows of a table to what they say, each cell by its column. What is not understood is noted, never guessed.

"同上" and merged cells say what stands above; a dash or 清空 empties a field; an empty cell says nothing.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from linli.directory.sheets.cells import (
    DITTO,
    EMPTYING,
    LONGEST_CELL,
    ErrorValue,
    Formula,
    Raw,
    is_blank,
    says,
)
from linli.directory.sheets.columns import DAYS, Column
from linli.directory.sheets.faults import Fault, Unclear, Unreadable
from linli.directory.sheets.files import MOST_LINES, Row, Table
from linli.directory.sheets.headings import Layout
from linli.directory.sheets.times import EVERY_DAY, Week


@dataclass
class Entry:
    """One row: its number in the spreadsheet, its cells with what was repeated filled in, and what they say.

    `values` by the key of the column, None where the field is to be emptied; a key is missing where nothing is said.
    """

    number: int
    cells: list[Raw]
    values: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def blame(self, column: str, kind: str, **facts: Any) -> None:
        self.faults.append(Fault(column, kind, facts))

    def says(self, *keys: str) -> bool:
        return any(self.values.get(key) is not None for key in keys)


def read_rows(table: Table, layout: Layout) -> Iterator[Entry]:
    """Every row below the headings, in order. A row that repeats the headings, as printed lists do, is passed over."""
    fill_merged(table, layout)
    headings = table.rows[layout.rows - 1].cells
    above: list[Raw] = []
    for row in table.rows[layout.rows :]:
        if row.cells == headings:
            continue
        cells = repeated(row, above, layout)
        entry = Entry(row.number, cells)
        for place, column in layout.columns.items():
            if place < len(cells) and column.key != "problem":
                read_cell(entry, column, cells[place])
        gather_hours(entry, layout)
        if not all(is_blank(cells[place]) for place in layout.columns if place < len(cells)):
            yield entry
        above = cells


def fill_merged(table: Table, layout: Layout) -> None:
    """A cell merged over several rows says the same in each of them."""
    numbers = [row.number for row in table.rows]
    filled = 0
    for top, left, bottom, _right in table.merges:
        first, last = bisect_left(numbers, top), bisect_right(numbers, bottom)
        if (
            first < layout.rows
            or last - first < 2
            or numbers[first] != top
            or left >= len(table.rows[first].cells)
        ):
            continue
        filled += last - first
        if filled > MOST_LINES:
            raise Unreadable("suspicious")
        for at in range(first + 1, last):
            cells = list(table.rows[at].cells) + [None] * (left + 1 - len(table.rows[at].cells))
            cells[left] = table.rows[first].cells[left]
            table.rows[at] = Row(table.rows[at].number, tuple(cells))


def repeated(row: Row, above: list[Raw], layout: Layout) -> list[Raw]:
    """The cells with 同上 replaced by what it repeats, which may itself have been repeated."""
    width = max(len(row.cells), 1 + max(layout.columns, default=0))
    cells: list[Raw] = [*row.cells, *[None] * (width - len(row.cells))]
    for place in layout.columns:
        if says(cells[place], DITTO) and place < len(above) and not is_blank(above[place]):
            cells[place] = above[place]
    return cells


def read_cell(entry: Entry, column: Column, raw: Raw) -> None:
    if is_blank(raw):
        return
    try:
        entry.values[column.key] = value_of(column, raw)
    except Unclear as unclear:
        entry.blame(column.key, unclear.kind, **unclear.facts)


def value_of(column: Column, raw: Raw) -> Any:
    if isinstance(raw, Formula):
        raise Unclear("formula")
    if isinstance(raw, ErrorValue):
        raise Unclear("error_value", text=raw.text[:20])
    if isinstance(raw, str) and len(raw) > LONGEST_CELL:
        raise Unclear("too_long", limit=LONGEST_CELL, length=len(raw))
    if says(raw, DITTO):
        raise Unclear("ditto")
    if says(raw, EMPTYING):
        if column.kept:
            raise Unclear("not_empty")
        return None
    return column.reader.read(raw)


def gather_hours(entry: Entry, layout: Layout) -> None:
    """Opening and closing in columns of their own hold every day; a whole week in one cell is told day by day where the
    sheet has a column for each."""
    opens, closes = entry.values.pop("opens", None), entry.values.pop("closes", None)
    if (opens is None) != (closes is None) and not {"opens", "closes"} & {
        fault.column for fault in entry.faults
    }:
        entry.blame("opens" if closes is None else "closes", "one_time_alone")
    elif opens is not None and opens == closes != "00:00":
        entry.blame("opens", "same_time")
    elif opens is not None:
        put(entry, "opens", "hours", [[day, 0, opens, closes] for day in EVERY_DAY])
    if layout.sheet.key == "hours" and "hours" in entry.values:
        week: Week = entry.values.pop("hours") or []
        for number, key in enumerate(DAYS):
            put(entry, "hours", key, [span for day, *span in week if day == number])


def put(entry: Entry, said_in: str, key: str, value: Any) -> None:
    """A value from another column; said in two columns, it has to be said alike."""
    if entry.values.get(key, value) != value:
        entry.blame(said_in, "hours_twice")
    entry.values[key] = value
