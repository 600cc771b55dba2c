"""From bytes to a table of raw cells, with the numbers the rows have in the spreadsheet."""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from linli.directory.sheets import guard
from linli.directory.sheets.cells import ErrorValue, Formula, Raw, is_blank
from linli.directory.sheets.faults import Unreadable
from linli.directory.sheets.writing import unguarded

MOST_ROWS = 50_000
# Rows that are only formatted also have to be walked through; nobody means a million of them.
MOST_LINES = 200_000
MOST_COLUMNS = 100
TELL_EVERY = 500
DELIMITERS = ",;\t"
FAILED = {"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"}
Tell = Callable[[int], None]


class Row(NamedTuple):
    """`number` as the spreadsheet shows it, from 1; blank cells at the end are left out."""

    number: int
    cells: tuple[Raw, ...]


@dataclass
class Table:
    """All rows that are not blank. `form` is "xlsx" or "csv"; `merges` (first row, first column, last row, last column),
    columns from 0; `unread` the titles of further worksheets that hold something."""

    form: str
    rows: list[Row]
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    title: str = ""
    unread: list[str] = field(default_factory=list)


def read_table(content: bytes, tell: Tell = lambda rows: None) -> Table:
    """The first worksheet that holds something. `tell` hears how many rows were read so far. Raises Unreadable."""
    if guard.kind_of(content) == "xlsx":
        # openpyxl is large, and only those who bring a workbook wait for it.
        from linli.directory.sheets.workbooks import read_xlsx

        table = read_xlsx(content, tell)
    else:
        table = read_csv(content, tell)
    if not table.rows:
        raise Unreadable("empty_file")
    return table


def kept(lines: Iterator[tuple[int, tuple[Raw, ...]]], tell: Tell) -> list[Row]:
    """Rows with something in them, within what is allowed."""
    rows: list[Row] = []
    for number, cells in lines:
        if number > MOST_LINES:
            raise Unreadable("too_many_rows", limit=MOST_ROWS)
        width = len(cells)
        while width and is_blank(cells[width - 1]):
            width -= 1
        if width > MOST_COLUMNS:
            raise Unreadable("too_many_columns", limit=MOST_COLUMNS)
        if width:
            rows.append(Row(number, cells[:width]))
        if len(rows) > MOST_ROWS:
            raise Unreadable("too_many_rows", limit=MOST_ROWS)
        if width and len(rows) % TELL_EVERY == 0:
            tell(len(rows))
    return rows


def read_csv(content: bytes, tell: Tell) -> Table:
    text = decoded(content)
    # The first line that has several cells is a line of headings, in which nobody writes sentences.
    first = next((line for line in text[:4000].splitlines() if any(map(line.count, DELIMITERS))), "")
    return Table("csv", kept(lines_of_csv(text, max(DELIMITERS, key=first.count)), tell))


def lines_of_csv(text: str, delimiter: str) -> Iterator[tuple[int, tuple[Raw, ...]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, tuple(typed(unguarded(cell)) for cell in cells)
    except csv.Error as error:
        raise Unreadable("broken_csv", row=number + 1) from error


def typed(text: str) -> Raw:
    """A text that begins with = is a formula, or would be one when somebody edits it; a failed one may come as text."""
    if text in FAILED:
        return ErrorValue(text)
    return Formula(text) if text.lstrip().startswith("=") else text


def decoded(content: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 with one, else GB18030. Raises Unreadable."""
    utf16 = content[:2] in {b"\xff\xfe", b"\xfe\xff"}
    for encoding in ("utf-16",) if utf16 else ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("not_text")
