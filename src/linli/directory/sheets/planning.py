"""From the bytes of a sheet to what would come of it: what somebody looks at before anything is written. Reads only."""

import json
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from linli.areas.models import Unit
from linli.directory.sheets.cells import ErrorValue, Formula, Raw
from linli.directory.sheets.columns import PROBLEM
from linli.directory.sheets.comparing import compare
from linli.directory.sheets.faults import Unreadable, why
from linli.directory.sheets.files import TELL_EVERY, Table, read_table
from linli.directory.sheets.headings import Layout, find_layout
from linli.directory.sheets.known import Known
from linli.directory.sheets.outcomes import Outcome, Plan
from linli.directory.sheets.reading import Entry, read_rows
from linli.directory.sheets.writing import Line, Marked, csv_lines, xlsx_bytes

SAID = 80
# Hears of a step ("reading", "comparing"), how many rows are done, and how many there are (0: not known yet).
Tell = Callable[[str, int, int], None]


@dataclass
class Opened:
    """A sheet that could be read: its table, its layout, and how it was found."""

    table: Table
    layout: Layout

    @property
    def kind(self) -> str:
        return self.layout.sheet.key


def open_sheet(content: bytes, kind: str = "", tell: Tell = lambda *how_far: None) -> Opened:
    """Raises Unreadable with the cure."""
    table = read_table(content, lambda rows: tell("reading", rows, 0))
    return Opened(table, find_layout(table, kind))


def make_plan(opened: Opened, under: Unit, tell: Tell = lambda *how_far: None) -> Plan:
    """What would come of it now, below the unit it was brought to. Raises Unreadable."""
    entries = list(counted(opened, tell))
    if not entries:
        raise Unreadable("no_rows")
    return compare(entries, opened.layout, Known(opened.kind, under, entries))


def counted(opened: Opened, tell: Tell) -> Iterator[Entry]:
    total = len(opened.table.rows) - opened.layout.rows
    for number, entry in enumerate(read_rows(opened.table, opened.layout), start=1):
        if number % TELL_EVERY == 0:
            tell("comparing", number, total)
        yield entry
    tell("comparing", total, total)


# What pages show of a plan


def packed(facts: dict[str, Any]) -> bytes:
    return zlib.compress(json.dumps(facts, ensure_ascii=False).encode(), 1)


def unpacked(content: bytes) -> dict[str, Any]:
    return json.loads(zlib.decompress(content)) if content else {}


def findings(opened: Opened, plan: Plan) -> dict[str, Any]:
    """What a page shows, in plain values: for each state its rows, and what of the file was left alone."""
    layout, table = opened.layout, opened.table
    return {
        "unknown": layout.unknown,
        "worksheet": table.title if table.unread else "",
        "unread": table.unread,
        "new": [head(each) for each in plan.outcomes if each.state == "new"],
        "changed": [
            [*head(each), [[key, *change] for key, change in each.changes.items()]]
            for each in plan.outcomes
            if each.state == "changed"
        ],
        "unclear": [
            [*head(each), [blamed(each, fault, layout) for fault in each.faults]] for each in plan.unclear
        ],
    }


def head(outcome: Outcome) -> list[Any]:
    return [outcome.entry.number, outcome.code, outcome.title]


def blamed(outcome: Outcome, fault: Any, layout: Layout) -> list[Any]:
    """[heading, what stood there, kind of fault, what its sentence needs]."""
    return [
        layout.heading(fault.column),
        said_in(outcome.entry, fault.column, layout),
        fault.kind,
        fault.facts,
    ]


def said_in(entry: Entry, key: str, layout: Layout) -> str:
    place = layout.at(key)
    return shown(entry.cells[place])[:SAID] if place is not None and place < len(entry.cells) else ""


def shown(raw: Raw) -> str:
    if isinstance(raw, Formula | ErrorValue):
        return raw.text
    if isinstance(raw, date):
        return raw.isoformat(" ") if hasattr(raw, "hour") else raw.isoformat()
    return "" if raw is None else str(raw)


# The rest, to be mended


def error_sheet(opened: Opened, plan: Plan) -> bytes:
    """The rows that were not understood, in the layout and the form of the sheet they came in, each with what is wrong
    in a last column. Mended, it can be brought in as it is."""
    lines = list(error_lines(opened, plan))
    if opened.table.form == "csv":
        return "".join(csv_lines(lines)).encode()
    return xlsx_bytes(opened.table.title or opened.kind, lines, headings=opened.layout.rows)


def error_lines(opened: Opened, plan: Plan) -> Iterator[Line]:
    layout = opened.layout
    places = [place for place in range(width(opened)) if place not in problem_places(layout)]
    for number, row in enumerate(opened.table.rows[: layout.rows], start=1):
        cells = [row.cells[place] if place < len(row.cells) else None for place in places]
        yield [*map(kept, cells), str(PROBLEM.heading) if number == layout.rows else None]
    for outcome in plan.unclear:
        wrong = {layout.at(fault.column) for fault in outcome.faults}
        cells = outcome.entry.cells + [None] * (width(opened) - len(outcome.entry.cells))
        words = " ".join(
            f"{layout.heading(fault.column)}: {why(fault.kind, fault.facts)}" for fault in outcome.faults
        )
        yield [*(Marked(kept(cells[at])) if at in wrong else kept(cells[at]) for at in places), words]


def width(opened: Opened) -> int:
    """So many columns are in use."""
    rows = opened.table.rows
    return max(*(len(row.cells) for row in rows), 1 + max(opened.layout.columns))


def problem_places(layout: Layout) -> set[int]:
    return {place for place, column in layout.columns.items() if column.key == "problem"}


def kept(raw: Raw) -> Any:
    """A cell as it came; a formula as its text, which is still refused when it comes back."""
    return raw.text if isinstance(raw, Formula | ErrorValue) else raw
