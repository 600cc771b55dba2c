"""Excel workbooks, read and written with openpyxl: the one place that knows it."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter, range_boundaries

from linli.directory.sheets import guard
from linli.directory.sheets.cells import ErrorValue, Raw
from linli.directory.sheets.faults import Unreadable
from linli.directory.sheets.files import Table, Tell, kept, typed
from linli.directory.sheets.writing import RISKY, Line, Marked

MOST_MERGES = 20_000
MERGE = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
MARK = PatternFill("solid", fgColor="FFF2CC")
BOLD = Font(bold=True)
WIDTHS = 10, 40
# More a cell cannot hold.
LONGEST_TEXT = 32_767


def read_xlsx(content: bytes, tell: Tell) -> Table:
    with guard.opened(content) as archive:
        try:
            return first_filled(content, archive, tell)
        except (Unreadable, MemoryError):
            raise
        except Exception as error:
            # What openpyxl raises on a damaged part is not one kind of error.
            raise Unreadable("damaged") from error


def first_filled(content: bytes, archive: zipfile.ZipFile, tell: Tell) -> Table:
    with warnings.catch_warnings():
        # Of parts that openpyxl leaves out, such as drop-down lists: they are not read here.
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        table = Table("xlsx", [])
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                continue
            sheet.reset_dimensions()
            if table.rows:
                table.unread += [sheet.title] if any(kept(first_lines(sheet), lambda rows: None)) else []
                continue
            table.rows, table.title = kept(lines_of(sheet), tell), sheet.title
            if table.rows:
                table.merges = merges_of(archive, sheet._worksheet_path)
    return table


def first_lines(sheet: Any) -> Iterator[tuple[int, tuple[Raw, ...]]]:
    yield from enumerate(sheet.iter_rows(max_row=20, values_only=True), start=1)


def lines_of(sheet: Any) -> Iterator[tuple[int, tuple[Raw, ...]]]:
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        yield number, tuple(raw(cell) for cell in cells)


def raw(cell: Any) -> Raw:
    if cell.data_type == "e":
        return ErrorValue(str(cell.value))
    return typed(str(cell.value)) if cell.data_type in {"f", "s", "inlineStr"} else cell.value


def merges_of(archive: zipfile.ZipFile, path: str) -> list[tuple[int, int, int, int]]:
    """openpyxl leaves merged cells out when it reads row by row; they stand behind the rows in the same part."""
    found: dict[tuple[int, int, int, int], None] = {}
    tail = b""
    with archive.open(path.lstrip("/")) as file:
        while piece := file.read(guard.PIECE):
            for match in MERGE.finditer(tail + piece):
                left, top, right, bottom = range_boundaries(match[1].decode())
                found[top, left - 1, bottom, right - 1] = None
            # One that the end of the piece cuts in two is found with the next, and none counts twice.
            tail = piece[-200:]
            if len(found) > MOST_MERGES:
                raise Unreadable("suspicious")
    return list(found)


def write_xlsx(title: str, lines: Iterable[Line], headings: int) -> bytes:
    """A workbook of one worksheet whose first `headings` lines stay in sight."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31] or "1")
    sheet.freeze_panes = f"A{headings + 1}"
    for number, line in enumerate(lines):
        if number == 0:
            set_widths(sheet, line)
        sheet.append([cell_of(sheet, each, is_heading=number < headings) for each in line])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def set_widths(sheet: Any, headings: Line) -> None:
    """As wide as the heading, within reason; a character of Chinese takes two."""
    for number, heading in enumerate(headings, start=1):
        width = sum(2 - each.isascii() for each in str(heading or "")) + 2
        sheet.column_dimensions[get_column_letter(number)].width = max(WIDTHS[0], min(width, WIDTHS[1]))


def cell_of(sheet: Any, value: Any, *, is_heading: bool = False) -> Any:
    """A cell that is what it says: text as text, whatever it begins with."""
    marked = isinstance(value, Marked)
    value = value.value if isinstance(value, Marked) else value
    if isinstance(value, str):
        text = ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST_TEXT]
        is_risky = RISKY.match(text) is not None
        if not (marked or is_heading or is_risky or text[:1].isdigit()):
            return text
        cell = WriteOnlyCell(sheet, text)
        # openpyxl takes what begins with = for a formula. The format keeps a code or a telephone number from turning
        # into a number when somebody edits it, the quote prefix a text from turning into a formula.
        cell.data_type, cell.number_format, cell.quotePrefix = "s", "@", is_risky
    else:
        cell = WriteOnlyCell(sheet, value)
    if marked:
        cell.fill = MARK
    if is_heading:
        cell.font = BOLD
    return cell
