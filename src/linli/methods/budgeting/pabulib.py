"""Elections as the field keeps them: `.pb` files with three sections, META, PROJECTS and VOTES, of cells between semicolons.

Bytes in, arrays by position out, and back. The cells themselves are kept, so that what was read is written again as it was.
"""

import csv
import io
import re
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from linli.methods.arrays import Ints
from linli.methods.bad_input import BadInput
from linli.methods.budgeting.ballots import LONGEST, ballots_of
from linli.methods.budgeting.election import Election, join
from linli.methods.budgeting.sections import Section, sections_of

MOST_BYTES = 500_000_000
KINDS = ("approval", "cumulative", "ordinal", "choose-1")
NUMBER = re.compile(r"[+-]?\d{1,15}([.,]\d{1,6})?")
# What the files call the outcome of the city: 2 and 3 are kinds of not being funded in the usual way.
FUNDED, OTHERWISE = "1", {"", "0", "2", "3"}


@dataclass(frozen=True, eq=False)
class BudgetFile:
    """An election and the cells that it was read from.

    `per_unit`: how many minor units of `election` are one unit of the file's money. `ballot_of`: which ballot each voter
    cast, in the order of the file.
    """

    election: Election
    kind: str
    per_unit: int
    project_ids: list[str]
    ballot_of: Ints
    read: dict[str, Section]

    @property
    def sections(self) -> dict[str, list[list[str]]]:
        """The cells of each section, head first."""
        return {name: [section.head, *section.cells] for name, section in self.read.items()}

    @property
    def meta(self) -> dict[str, str]:
        return {row[0]: ";".join(row[1:]) for row in self.read["META"].cells}

    def column(self, section: str, name: str) -> list[str] | None:
        """The cells of that column, None if the file has none."""
        rows = self.read[section]
        return rows.column(name) if name in rows.head else None

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
    if len(data) > MOST_BYTES:
        raise BadInput("too_many_bytes", given=len(data), most=MOST_BYTES)
    found = sections_of(data)
    lines = zip(found["META"].numbers, found["META"].cells, strict=True)
    meta = {row[0]: (line, ";".join(row[1:]).strip()) for line, row in lines}
    kind = meta.get("vote_type", (0, ""))
    if kind[1] not in KINDS:
        raise BadInput("kind_unknown", line=kind[0], value=kind[1][:LONGEST])
    ids = project_ids(found["PROJECTS"])
    per_unit, budget, costs = money_of(meta, found["PROJECTS"])
    check_selected(found["PROJECTS"])
    cast = ballots_of(found["VOTES"], ids, kind[1])
    try:
        election = join(budget, costs, cast.lengths, cast.projects, cast.points, cast.weights)
    except BadInput as wrong:
        raise placed(wrong, found, cast.ballot_of) from None
    return BudgetFile(election, kind[1], per_unit, ids, cast.ballot_of, found)


def write_pb(file: BudgetFile) -> bytes:
    """The file's cells as they were read; line ends are single."""
    into = io.StringIO()
    sheet = csv.writer(into, delimiter=";", lineterminator="\n")
    for name, rows in file.sections.items():
        into.write(f"{name}\n")
        sheet.writerows(rows)
    return into.getvalue().encode()


def placed(wrong: BadInput, found: dict[str, Section], ballot_of: Ints) -> BadInput:
    """The same complaint, with the line of the file instead of a position."""
    params = dict(wrong.params)
    if "ballot" in params:
        voter = int(np.flatnonzero(ballot_of == params.pop("ballot"))[0])
        params = {"line": found["VOTES"].numbers[voter], **params}
    elif "at" in params:
        params = {"line": found["PROJECTS"].numbers[params.pop("at")], **params}
    return BadInput(wrong.code, **params)


def project_ids(section: Section) -> list[str]:
    ids = [cell.strip() for cell in section.column("project_id")]
    known: set[str] = set()
    for line, one in zip(section.numbers, ids, strict=True):
        if not one or "," in one or len(one) > LONGEST:
            raise BadInput("id_unknown", line=line, value=one[:LONGEST])
        if one in known:
            raise BadInput("id_twice", line=line, value=one)
        known.add(one)
    return ids


def check_selected(section: Section) -> None:
    if "selected" in section.head:
        for line, cell in zip(section.numbers, section.column("selected"), strict=True):
            if cell.strip() not in {FUNDED, *OTHERWISE}:
                raise BadInput("selected_unknown", line=line, value=cell[:LONGEST])


def money_of(meta: dict[str, tuple[int, str]], section: Section) -> tuple[int, int, list[int]]:
    """(minor units in one unit, budget, costs): as fine as the finest number in the file."""
    line, cell = meta.get("budget", (0, ""))
    if not cell:
        raise BadInput("value_missing", name="budget")
    budget = number(cell, line, "budget")
    cells = zip(section.numbers, section.column("cost"), strict=True)
    costs = [number(cell.strip(), line, "cost") for line, cell in cells]
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
