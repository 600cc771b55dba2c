"""Elections as the field keeps them: `.pb` files with three sections, META, PROJECTS and VOTES, of cells between semicolons.

Bytes in, arrays by position out, and back. The cells themselves are kept, so that what was read is written again as it was.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from linli.methods.bad_input import BadInput
from linli.methods.budgeting.election import Election, Ints, join

MOST_BYTES = 500_000_000
SECTIONS = ("META", "PROJECTS", "VOTES")
KINDS = ("approval", "cumulative", "ordinal", "choose-1")
NUMBER = re.compile(r"[+-]?\d{1,15}([.,]\d{1,6})?")
LONGEST = 60
# What the files call the outcome of the city: 2 and 3 are kinds of not being funded in the usual way.
FUNDED, OTHERWISE = "1", {"", "0", "2", "3"}

Row = tuple[int, list[str]]


@dataclass(frozen=True, eq=False)
class BudgetFile:
    """An election and the cells that it was read from.

    `per_unit`: how many minor units of `election` are one unit of the file's money. `ballot_of`: which ballot each voter
    cast, in the order of the file. `sections`: the cells of each section, head first.
    """

    election: Election
    kind: str
    per_unit: int
    project_ids: list[str]
    ballot_of: Ints
    sections: dict[str, list[list[str]]]

    @property
    def meta(self) -> dict[str, str]:
        return {row[0]: ";".join(row[1:]) for row in self.sections["META"][1:]}

    def column(self, section: str, name: str) -> list[str] | None:
        """The cells of that column, None if the file has none."""
        head, *rows = self.sections[section]
        if name not in head:
            return None
        place = head.index(name)
        return [row[place] for row in rows]

    @property
    def names(self) -> list[str]:
        """What each project is called, its id where the file does not say."""
        return self.column("PROJECTS", "name") or self.project_ids

    @property
    def officially_funded(self) -> list[int] | None:
        """Positions of the projects that the city funded, None if the file does not say."""
        cells = self.column("PROJECTS", "selected")
        return None if cells is None else [at for at, cell in enumerate(cells) if cell.strip() == FUNDED]

    @property
    def notes(self) -> list[tuple[str, str, int]]:
        """Where the file counts otherwise than itself: (what, what it says, what it has)."""
        counted = {"num_projects": len(self.project_ids), "num_votes": len(self.ballot_of)}
        told = self.meta
        return [
            (name, told[name], n) for name, n in counted.items() if told.get(name, str(n)).strip() != str(n)
        ]


def read_pb(data: bytes) -> BudgetFile:
    """A `.pb` file. Takes a byte order mark, either line end, quoted cells, decimal commas, empty ballots.

    Ranks of ordinal ballots become points: as many as there are projects for the first, one less for each that follows.
    Raises BadInput with `line`: `too_many_bytes`, `not_utf8`, `not_csv`, `section_missing`, `column_missing`,
    `row_length`, `id_twice`, `id_unknown`, `value_missing`, `not_a_number`, `kind_unknown`, `project_unknown`,
    `project_twice`, `points_unknown`, `lengths_differ`, `selected_unknown`; and as `election.join` does.

    >>> file = read_pb(b"META\\nkey;value\\nbudget;10\\nvote_type;approval\\nPROJECTS\\nproject_id;cost\\na;4\\nb;7,5\\n"
    ...                b"VOTES\\nvoter_id;vote\\n1;a,b\\n2;b\\n")
    >>> file.per_unit, file.election.costs.tolist(), file.election.votes.tolist()
    (10, [40, 75], [1, 2])
    """
    found = sections_of(data)
    meta = {row[0]: (line, ";".join(row[1:]).strip()) for line, row in found["META"][1:]}
    kind = meta.get("vote_type", (0, ""))
    if kind[1] not in KINDS:
        raise BadInput("kind_unknown", line=kind[0], value=kind[1][:LONGEST])
    ids = project_ids(found["PROJECTS"])
    per_unit, budget, costs = money_of(meta, found["PROJECTS"])
    check_selected(found["PROJECTS"])
    lengths, projects, points, ballot_of, weights = ballots_of(found["VOTES"], ids, kind[1])
    try:
        election = join(budget, costs, lengths, projects, points, weights)
    except BadInput as wrong:
        raise placed(wrong, found, ballot_of) from None
    cells = {name: [row for _line, row in rows] for name, rows in found.items()}
    return BudgetFile(election, kind[1], per_unit, ids, ballot_of, cells)


def write_pb(file: BudgetFile) -> bytes:
    """The file's cells as they were read; line ends are single."""
    into = io.StringIO()
    sheet = csv.writer(into, delimiter=";", lineterminator="\n")
    for name, rows in file.sections.items():
        into.write(f"{name}\n")
        sheet.writerows(rows)
    return into.getvalue().encode()


def placed(wrong: BadInput, found: dict[str, list[Row]], ballot_of: Ints) -> BadInput:
    """The same complaint, with the line of the file instead of a position."""
    params = dict(wrong.params)
    if "ballot" in params:
        voter = int(np.flatnonzero(ballot_of == params.pop("ballot"))[0])
        params = {"line": found["VOTES"][1 + voter][0], **params}
    elif "at" in params:
        params = {"line": found["PROJECTS"][1 + params.pop("at")][0], **params}
    return BadInput(wrong.code, **params)


def sections_of(data: bytes) -> dict[str, list[Row]]:
    """(line, cells) of the rows of each section, its head first."""
    if len(data) > MOST_BYTES:
        raise BadInput("too_many_bytes", given=len(data), most=MOST_BYTES)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise BadInput("not_utf8", line=data.count(b"\n", 0, wrong.start) + 1) from None
    found: dict[str, list[Row]] = {}
    rows: list[Row] = []
    for line, row in cells_of(text):
        name = row[0].strip()
        if name in SECTIONS and not any(row[1:]):
            if name in found or SECTIONS.index(name) != len(found):
                raise BadInput("section_missing", line=line, name=SECTIONS[min(len(found), 2)])
            found[name] = rows = []
        elif not found:
            raise BadInput("section_missing", line=line, name=SECTIONS[0])
        else:
            rows.append((line, row))
    for name in SECTIONS:
        if name not in found:
            raise BadInput("section_missing", name=name)
        check_rows(name, found[name])
    return found


def cells_of(text: str) -> Iterator[Row]:
    sheet = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    try:
        for row in sheet:
            if row and (len(row) > 1 or row[0].strip()):
                yield sheet.line_num, row
    except csv.Error as wrong:
        raise BadInput("not_csv", line=sheet.line_num, because=str(wrong)) from None


def check_rows(name: str, rows: list[Row]) -> None:
    needed = {"META": (), "PROJECTS": ("project_id", "cost"), "VOTES": ("voter_id", "vote")}[name]
    if not rows:
        raise BadInput("value_missing", section=name)
    line, head = rows[0]
    head[:] = [cell.strip() for cell in head]
    for column in needed:
        if column not in head:
            raise BadInput("column_missing", line=line, column=column)
    if name == "META":
        return
    width = len(head)
    for line, row in rows:
        if len(row) != width:
            raise BadInput("row_length", line=line, given=len(row), wanted=width)


def project_ids(rows: list[Row]) -> list[str]:
    place = rows[0][1].index("project_id")
    ids = [row[place].strip() for _line, row in rows[1:]]
    known: set[str] = set()
    for (line, _row), one in zip(rows[1:], ids, strict=True):
        if not one or "," in one or len(one) > LONGEST:
            raise BadInput("id_unknown", line=line, value=one[:LONGEST])
        if one in known:
            raise BadInput("id_twice", line=line, value=one)
        known.add(one)
    return ids


def check_selected(rows: list[Row]) -> None:
    if "selected" not in rows[0][1]:
        return
    place = rows[0][1].index("selected")
    for line, row in rows[1:]:
        if row[place].strip() not in {FUNDED, *OTHERWISE}:
            raise BadInput("selected_unknown", line=line, value=row[place][:LONGEST])


def money_of(meta: dict[str, tuple[int, str]], rows: list[Row]) -> tuple[int, int, list[int]]:
    """(minor units in one unit, budget, costs): as fine as the finest number in the file."""
    place = rows[0][1].index("cost")
    line, cell = meta.get("budget", (0, ""))
    if not cell:
        raise BadInput("value_missing", name="budget")
    budget = number(cell, line, "budget")
    costs = [number(row[place].strip(), line, "cost") for line, row in rows[1:]]
    finest = max(decimals(value) for value in (budget, *costs))
    scale = 10**finest
    return scale, int(budget * scale), [int(cost * scale) for cost in costs]


def number(cell: str, line: int, name: str) -> Decimal:
    if not cell:
        raise BadInput("value_missing", line=line, name=name)
    if not NUMBER.fullmatch(cell):
        raise BadInput("not_a_number", line=line, name=name, value=cell[:LONGEST])
    return Decimal(cell.replace(",", "."))


def decimals(value: Decimal) -> int:
    """How many digits behind the point matter.

    >>> decimals(Decimal("12.50")), decimals(Decimal("400000.0"))
    (1, 0)
    """
    return max(0, -int(value.normalize().as_tuple().exponent))


def ballots_of(rows: list[Row], ids: Sequence[str], kind: str) -> tuple[Ints, Ints, Ints, Ints, Ints]:
    """(length of each distinct ballot, its projects, its points, ballot of each voter, voters of each ballot)."""
    head, at = rows[0][1], {one: place for place, one in enumerate(ids)}
    vote_at, points_at = head.index("vote"), head.index("points") if "points" in head else -1
    if kind == "cumulative" and points_at < 0:
        raise BadInput("column_missing", line=rows[0][0], column="points")
    # Nearly all cells come many times: each is read once.
    read: dict[Any, int] = {}
    ballots: dict[tuple[tuple[int, int], ...], int] = {}
    whose: list[int] = []
    for line, row in rows[1:]:
        cells = (row[vote_at], row[points_at]) if kind == "cumulative" else row[vote_at]
        which = read.get(cells)
        if which is None:
            ballot = ballot_in(row[vote_at], row[points_at] if kind == "cumulative" else "", at, kind, line)
            which = read[cells] = ballots.setdefault(ballot, len(ballots))
        whose.append(which)
    flat = np.array([pair for ballot in ballots for pair in ballot], dtype=np.int64).reshape(-1, 2)
    lengths = np.array([len(ballot) for ballot in ballots], dtype=np.int64)
    ballot_of = np.array(whose, dtype=np.int64)
    weights = np.bincount(ballot_of, minlength=len(ballots))
    return lengths, np.ascontiguousarray(flat[:, 0]), np.ascontiguousarray(flat[:, 1]), ballot_of, weights


def ballot_in(vote: str, given: str, at: dict[str, int], kind: str, line: int) -> tuple[tuple[int, int], ...]:
    """Pairs of project and points in the order of projects."""
    names = [name.strip() for name in vote.split(",")] if vote.strip() else []
    for name in names:
        if name not in at:
            raise BadInput("project_unknown", line=line, value=name[:LONGEST])
    if len(set(names)) != len(names):
        raise BadInput("project_twice", line=line, value=vote[:LONGEST])
    if kind == "choose-1" and len(names) > 1:
        raise BadInput("too_many_choices", line=line, given=len(names), most=1)
    points = [1] * len(names)
    if kind == "ordinal":
        points = [len(at) - rank for rank in range(len(names))]
    elif kind == "cumulative":
        points = points_in(given, len(names), line)
    chosen = ((at[name], each) for name, each in zip(names, points, strict=True))
    return tuple(sorted(pair for pair in chosen if pair[1]))


def points_in(given: str, wanted: int, line: int) -> list[int]:
    cells = [cell.strip() for cell in given.split(",")] if given.strip() else []
    if len(cells) != wanted:
        raise BadInput("lengths_differ", line=line, projects=wanted, points=len(cells))
    for cell in cells:
        if not re.fullmatch(r"\d{1,7}(\.0+)?", cell):
            raise BadInput("points_unknown", line=line, value=cell[:LONGEST])
    return [int(cell.split(".")[0]) for cell in cells]
