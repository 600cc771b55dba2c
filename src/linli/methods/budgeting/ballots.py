"""Cells of voters as ballots: every cell that differs is read once, all of them together.

Whatever cannot be read is looked at once more by itself, to say what is wrong with it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from linli.methods.arrays import Flags, Ints
from linli.methods.bad_input import BadInput
from linli.methods.budgeting.sections import Section

POINTS = re.compile(r"\d{1,7}(\.0+)?")
LONGEST = 60


@dataclass(frozen=True, eq=False)
class Ballots:
    """Each ballot once, one after the other in `projects` and `points`; `ballot_of` says which one each voter cast."""

    lengths: Ints
    projects: Ints
    points: Ints
    ballot_of: Ints

    @property
    def weights(self) -> Ints:
        return np.bincount(self.ballot_of, minlength=len(self.lengths))


def ballots_of(section: Section, ids: Sequence[str], kind: str) -> Ballots:
    """The ballots in the order in which they come first, the choices of each in the order of projects."""
    if kind == "cumulative" and "points" not in section.head:
        raise BadInput("column_missing", line=section.head_number, column="points")
    votes = section.column("vote")
    given = section.column("points") if kind == "cumulative" else None
    cells, which = distinct(votes if given is None else list(zip(votes, given, strict=True)))
    named = cells if given is None else [vote for vote, _points in cells]
    lengths, names = tokens(named)
    at = {one: place for place, one in enumerate(ids)}
    projects = values(names, {name: at.get(name.strip(), -1) for name in set(names)})
    whose = np.repeat(np.arange(len(cells)), lengths)
    wrong = np.bincount(whose[projects < 0], minlength=len(cells)) > 0
    points = np.ones(len(names), dtype=np.int64)
    if kind == "ordinal":
        points = len(ids) - (np.arange(len(names)) - np.repeat(np.cumsum(lengths) - lengths, lengths))
    elif kind == "choose-1":
        wrong |= lengths > 1
    elif given is not None:
        points, unlike = points_of([points for _vote, points in cells], lengths)
        wrong |= unlike
    order = np.argsort(whose * (len(ids) + 1) + projects, kind="stable")
    whose, projects, points = whose[order], projects[order], points[order]
    wrong[whose[1:][(whose[1:] == whose[:-1]) & (projects[1:] == projects[:-1])]] = True
    if wrong.any():
        first = int(wrong.argmax())
        line = section.numbers[int((which == first).argmax())]
        raise broken(named[first], "" if given is None else cells[first][1], at, kind, line)
    return merged(whose[points > 0], projects[points > 0], points[points > 0], which, len(cells))


def distinct(cells: Sequence[Any]) -> tuple[list[Any], Ints]:
    """Each cell once, as they come first, and which of them each was."""
    once = list(dict.fromkeys(cells))
    return once, values(cells, {cell: place for place, cell in enumerate(once)})


def tokens(cells: Sequence[str]) -> tuple[Ints, list[str]]:
    """How many parts each cell has between its commas, none if it is blank, and all the parts."""
    filled = [cell for cell in cells if cell.strip()]
    lengths = np.array([cell.count(",") + 1 if cell.strip() else 0 for cell in cells], dtype=np.int64)
    return lengths, ",".join(filled).split(",") if filled else []


def values(parts: Sequence[Any], meaning: dict[Any, int]) -> Ints:
    return np.fromiter(map(meaning.__getitem__, parts), dtype=np.int64, count=len(parts))


def points_of(cells: Sequence[str], wanted: Ints) -> tuple[Ints, Flags]:
    """Points of all choices, and for which cells they are no points or not as many as projects."""
    lengths, parts = tokens(cells)
    meaning = {part: number(part.strip()) for part in set(parts)}
    points, wrong = values(parts, meaning), lengths != wanted
    whose = np.repeat(np.arange(len(cells)), lengths)
    wrong |= np.bincount(whose[points < 0], minlength=len(cells)) > 0
    # If they are not as many they are refused; until then as many as there ought to be do.
    return (points if not wrong.any() else np.ones(int(wanted.sum()), dtype=np.int64)), wrong


def number(part: str) -> int:
    return int(part.split(".")[0]) if POINTS.fullmatch(part) else -1


def merged(whose: Ints, projects: Ints, points: Ints, which: Ints, n_cells: int) -> Ballots:
    """Cells that say the same in another order are one ballot."""
    lengths = np.bincount(whose, minlength=n_cells)
    pairs = np.column_stack([projects, points])
    written, width = pairs.tobytes(), pairs.itemsize * 2
    ends = np.cumsum(lengths) * width
    spans = zip((ends - lengths * width).tolist(), ends.tolist(), strict=True)
    _ballots, ballot = distinct([written[begin:end] for begin, end in spans])
    first = np.unique(ballot, return_index=True)[1]
    kept = np.zeros(n_cells, dtype=bool)
    kept[first] = True
    chosen = kept[whose]
    return Ballots(lengths[first], projects[chosen], points[chosen], ballot[which])


def broken(vote: str, given: str, at: dict[str, int], kind: str, line: int) -> BadInput:
    """What is wrong with a ballot that could not be read."""
    names = [name.strip() for name in vote.split(",")] if vote.strip() else []
    for name in names:
        if name not in at:
            return BadInput("project_unknown", line=line, value=name[:LONGEST])
    if len(set(names)) != len(names):
        return BadInput("project_twice", line=line, value=vote[:LONGEST])
    if kind == "choose-1":
        return BadInput("too_many_choices", line=line, given=len(names), most=1)
    parts = [part.strip() for part in given.split(",")] if given.strip() else []
    if len(parts) != len(names):
        return BadInput("lengths_differ", line=line, projects=len(names), points=len(parts))
    unknown = next(part for part in parts if number(part) < 0)
    return BadInput("points_unknown", line=line, value=unknown[:LONGEST])
