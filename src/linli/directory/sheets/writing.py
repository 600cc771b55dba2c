"""From cells to the bytes of an .xlsx or a .csv file that no spreadsheet calculates with.

A text that begins with =, +, -, @, a tab or a carriage return (full-width too, also behind quotation marks, spaces,
line breaks or a byte order mark) is a formula to a spreadsheet. In CSV it gets an apostrophe in front, which reading
takes off again; in XLSX it is stored as the text it is, and stays one when somebody edits the cell.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

BOM = "\ufeff"
RISKY = re.compile(r"[\s\"'“”‘’\ufeff\u200b]*[=+\-@\t\r＝＋－＠]")
GUARDED = re.compile(rf"'{RISKY.pattern}")
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
Line = Sequence[Any]


@dataclass(frozen=True)
class Marked:
    """A cell to be mended: it is filled with a colour where there are colours."""

    value: Any


def guarded(text: str) -> str:
    return f"'{text}" if RISKY.match(text) else text


def unguarded(text: str) -> str:
    return text[1:] if GUARDED.match(text) else text


def csv_lines(lines: Iterable[Line]) -> Iterator[str]:
    """The lines of a CSV file, its mark first, one by one; numbers as they are, for a number is no formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    out.write(BOM)
    for line in lines:
        writer.writerow([plain(cell) for cell in line])
        yield out.getvalue()
        out.seek(0)
        out.truncate()


def plain(cell: Any) -> str:
    cell = cell.value if isinstance(cell, Marked) else cell
    if isinstance(cell, str):
        return guarded(cell.replace("\r\n", "\n"))
    return "" if cell is None else cell.isoformat() if isinstance(cell, date | time) else str(cell)


def xlsx_bytes(title: str, lines: Iterable[Line], *, headings: int = 1) -> bytes:
    """A workbook of one worksheet whose first `headings` lines stay in sight."""
    from linli.directory.sheets.workbooks import write_xlsx

    return write_xlsx(title, lines, headings)
