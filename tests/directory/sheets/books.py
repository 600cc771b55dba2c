"""Sheets as they leave the demonstration, and as offices send them back."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell

from linli.areas import tree
from linli.directory.actions import bring_in_sheet
from linli.directory.models import Organisation, Station
from linli.directory.sheets.columns import SHEETS, Column
from linli.directory.sheets.exports import hours_lines, organisation_lines, station_lines
from linli.directory.sheets.outcomes import Plan
from linli.directory.sheets.planning import Opened, error_sheet, make_plan, open_sheet

Lines = list[list[Any]]
LINES = {
    "stations": (Station, station_lines),
    "hours": (Station, hours_lines),
    "organisations": (Organisation, organisation_lines),
}
LANGUAGE = "zh-hans"


def taken_along(kind: str, language: str = LANGUAGE) -> Lines:
    """The sheet of the whole network, headings first, in the order of the codes."""
    model, lines = LINES[kind]
    return [list(line) for line in lines(model.objects.visible_to(None).order_by("code"), language)]


def columns(kind: str) -> list[Column]:
    return SHEETS[kind].written


def place(kind: str, key: str) -> int:
    """Where a column stands in the sheet that is taken along."""
    return [column.key for column in columns(kind)].index(key)


class Failed(str):
    """A cell in which a formula has failed: "#REF!"."""


def xlsx(lines: Iterable[Iterable[Any]], merge: Iterable[str] = (), **others: Lines) -> bytes:
    """A workbook as a spreadsheet writes it; a text that begins with = is a formula there. `others`: more worksheets."""
    book = Workbook()
    for title, content in {"Sheet": lines, **others}.items():
        sheet = book.active if title == "Sheet" else book.create_sheet(title)
        for row, line in enumerate(content, start=1):
            for column, value in enumerate(line, start=1):
                fill(sheet.cell(row, column), value)
    for area in merge:
        book.worksheets[0].merge_cells(area)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def fill(cell: Cell, value: Any) -> None:
    cell.value = str(value) if isinstance(value, Failed) else value
    if isinstance(value, Failed):
        cell.data_type = "e"


def csv_text(lines: Iterable[Iterable[Any]], delimiter: str = ",", end: str = "\r\n") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(lines)
    return out.getvalue()


def look(content: bytes, kind: str = "") -> tuple[Opened, Plan]:
    """What would come of a file in the whole network."""
    opened = open_sheet(content, kind)
    return opened, make_plan(opened, tree.root())


def bring_in(content: bytes, kind: str = "") -> tuple[Plan, bytes]:
    """Brings in the good rows; answers the plan and the error sheet of the rest."""
    opened, plan = look(content, kind)
    done = bring_in_sheet(by=None, under=tree.root(), opened=opened, digest=plan.digest())
    return done, error_sheet(opened, done) if done.unclear else b""


def read_back(content: bytes) -> Lines:
    """The cells of a file, by somebody else's reading."""
    if content.startswith(b"PK"):
        sheet = load_workbook(io.BytesIO(content)).worksheets[0]
        return [[cell.value for cell in row] for row in sheet.iter_rows()]
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def filled_cells(content: bytes) -> set[tuple[int, int]]:
    """(row, column) of the cells with a colour, both from 1."""
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    return {
        (cell.row, cell.column) for row in sheet.iter_rows() for cell in row if cell.fill.fill_type == "solid"
    }


def faults(plan: Plan) -> dict[int, set[tuple[str, str]]]:
    """By the row of the sheet: the columns that are blamed, and for what."""
    return {o.entry.number: {(fault.column, fault.kind) for fault in o.faults} for o in plan.unclear}


def changes(plan: Plan) -> dict[int, dict[str, Any]]:
    """By the row of the sheet: what comes, for each column that changes."""
    return {o.entry.number: {key: after for key, (_before, after) in o.changes.items()} for o in plan.good}
