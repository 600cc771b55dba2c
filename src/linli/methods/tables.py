"""Tables as files: CSV in and out, within bounds. Whatever may hide in one, it is text and nothing to be carried out."""

import csv
import io
import re
from collections.abc import Iterable, Iterator

from linli.methods.bad_input import BadInput

MOST_BYTES, MOST_LINES, LONGEST_ID = 1_000_000_000, 20_000_000, 64
# An opinion table has a column for each of 10,000 statements, and seven beside them.
MOST_COLUMNS = 10_007
NUMBER = re.compile(r"-?[0-9]{1,18}")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def written(head: Iterable[list[str]], rows: Iterable[Iterable[object]]) -> bytes:
    """Rows as CSV, as RFC 4180 has it, in UTF-8."""
    into = io.StringIO()
    sheet = csv.writer(into, lineterminator="\r\n")
    sheet.writerows(head)
    sheet.writerows(rows)
    return into.getvalue().encode()


def guarded(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith((*FORMULA, "'")) else text


def unguarded(text: str) -> str:
    """The text as it was before `guarded`."""
    return text[1:] if text.startswith("'") and text[1:].startswith((*FORMULA, "'")) else text


def rows_of(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """(line, cells) of each row that is not empty; all as long as the first, which has two cells at least."""
    if len(data) > MOST_BYTES:
        raise BadInput("too_many_bytes", given=len(data), most=MOST_BYTES)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise BadInput("not_utf8", line=data.count(b"\n", 0, wrong.start) + 1) from None
    sheet = csv.reader(io.StringIO(text, newline=""), strict=True)
    width = 0
    try:
        for number, row in enumerate(sheet):
            if not row:
                continue
            width = width or fit(len(row))
            if len(row) != width:
                raise BadInput("row_length", line=sheet.line_num, given=len(row), wanted=width)
            if number > MOST_LINES:
                raise BadInput("too_many_lines", most=MOST_LINES)
            yield sheet.line_num, row
    except csv.Error as wrong:
        raise BadInput("not_csv", line=sheet.line_num, because=str(wrong)) from None
    if not width:
        raise BadInput("empty_file")


def fit(width: int) -> int:
    if not 2 <= width <= MOST_COLUMNS:
        raise BadInput("too_many_columns" if width > 2 else "not_csv", line=1, given=width)
    return width


def place_of(head: list[str], name: str) -> int:
    if name not in head:
        raise BadInput("column_missing", line=1, column=name)
    return head.index(name)
