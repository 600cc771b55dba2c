"""The three sections of a `.pb` file as rows of cells.

Voters are many, and of their rows hardly more than two columns are asked for: where no cell is quoted they stay lines, and
are cut where they are asked.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from linli.methods.bad_input import BadInput

SECTIONS = ("META", "PROJECTS", "VOTES")
NEEDED = {"META": (), "PROJECTS": ("project_id", "cost"), "VOTES": ("voter_id", "vote")}
VOTERS = re.compile(r"^VOTES;*\r?$", re.MULTILINE)

Row = tuple[int, list[str]]


@dataclass(frozen=True, eq=False)
class Section:
    """`head`: the names of the columns. `numbers`: the line of the file that each row ends in; `head_number` that of the head.

    `rows`: what stands below the head, cut into cells already or still whole lines.
    """

    head_number: int
    head: list[str]
    numbers: Sequence[int]
    rows: Sequence[list[str]] | Sequence[str]

    @cached_property
    def cells(self) -> list[list[str]]:
        return [row.split(";") if isinstance(row, str) else row for row in self.rows]

    def column(self, name: str) -> list[str]:
        place = self.head.index(name)
        return [row.split(";", place + 1)[place] if isinstance(row, str) else row[place] for row in self.rows]

    def widths(self) -> Iterator[int]:
        """How many cells each row has."""
        return (row.count(";") + 1 if isinstance(row, str) else len(row) for row in self.rows)


def sections_of(data: bytes) -> dict[str, Section]:
    """The sections by name. Raises BadInput: `not_utf8`, `not_csv`, `section_missing`, `value_missing`, `column_missing`, `row_length`."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise BadInput("not_utf8", line=data.count(b"\n", 0, wrong.start) + 1) from None
    found = with_plain_voters(text) or cut(cells_of(text))
    sections = {}
    for name in SECTIONS:
        if name not in found:
            raise BadInput("section_missing", name=name)
        sections[name] = checked(name, *found[name])
    return sections


Found = dict[str, tuple[Sequence[int], Sequence[list[str]] | Sequence[str]]]


def with_plain_voters(text: str) -> Found | None:
    """Lines for voters, cells for the rest; None if that may not be what the file means."""
    told = VOTERS.search(text)
    if told is None:
        return None
    above, below = text[: told.end()], text[told.end() + 1 :].replace("\r\n", "\n")
    if any(sign in below for sign in ('"', "\r", *SECTIONS)):
        return None
    rows = list(cells_of(above))
    # A quoted cell may run over what looks like a section.
    if not rows or rows[-1][1][0] != "VOTES":
        return None
    lines, begin = below.split("\n"), rows[-1][0] + 1
    numbers: Sequence[int] = range(begin, begin + len(lines))
    if not all(map(str.strip, lines)):
        numbers = [number for number, line in zip(numbers, lines, strict=True) if line.strip()]
        lines = [line for line in lines if line.strip()]
    if max(map(len, lines), default=0) > csv.field_size_limit():
        return None
    return {**cut(iter(rows)), "VOTES": (numbers, lines)}


def cut(rows: Iterator[Row]) -> Found:
    """Rows by the section that they stand in."""
    found: dict[str, tuple[list[int], list[list[str]]]] = {}
    for line, row in rows:
        name = row[0].strip()
        if name in SECTIONS and not any(row[1:]):
            if name in found or SECTIONS.index(name) != len(found):
                raise BadInput("section_missing", line=line, name=SECTIONS[min(len(found), 2)])
            found[name] = [], []
            numbers, cells = found[name]
        elif not found:
            raise BadInput("section_missing", line=line, name=SECTIONS[0])
        else:
            numbers.append(line)
            cells.append(row)
    return {**found}


def cells_of(text: str) -> Iterator[Row]:
    sheet = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    try:
        for row in sheet:
            if row and (len(row) > 1 or row[0].strip()):
                yield sheet.line_num, row
    except csv.Error as wrong:
        raise BadInput("not_csv", line=sheet.line_num, because=str(wrong)) from None


def checked(name: str, numbers: Sequence[int], rows: Sequence[list[str]] | Sequence[str]) -> Section:
    if not rows:
        raise BadInput("value_missing", section=name)
    first = rows[0]
    head = [cell.strip() for cell in (first.split(";") if isinstance(first, str) else first)]
    for column in NEEDED[name]:
        if column not in head:
            raise BadInput("column_missing", line=numbers[0], column=column)
    section = Section(numbers[0], head, numbers[1:], rows[1:])
    if name != "META" and not set(section.widths()) <= {len(head)}:
        widths = zip(section.numbers, section.widths(), strict=True)
        line, width = next((line, width) for line, width in widths if width != len(head))
        raise BadInput("row_length", line=line, given=width, wanted=len(head))
    return section
