"""Who answered what, in as little room as it needs.

A vote is +1 for "agree", −1 for "disagree" and 0 for "pass". What somebody has not been asked, or has not answered, is
no vote at all: it takes no room, and it is never mistaken for a pass.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from linli.methods.arrays import Flags, Floats, Ints
from linli.methods.bad_input import BadInput
from linli.methods.opinion import kernels

AGREE, PASS, DISAGREE = 1, 0, -1

# Beyond these a call is refused before it begins, so that none runs for ever.
MOST_PARTICIPANTS = 5_000_000
MOST_STATEMENTS = 10_000
MOST_VOTES = 200_000_000


@dataclass(frozen=True, eq=False)
class Votes:
    """The last answer of every participant to every statement they answered, participant by participant.

    `starts` (int64, participants + 1): the answers of participant i stand at `starts[i]:starts[i + 1]` of
    `statements` (int32, rising within each participant) and `values` (int8). Made by `gather` or `from_table`.
    """

    starts: Ints
    statements: npt.NDArray[np.int32]
    values: npt.NDArray[np.int8]
    n_statements: int

    def __post_init__(self) -> None:
        for column in (self.starts, self.statements, self.values):
            column.setflags(write=False)

    def __len__(self) -> int:
        return len(self.values)

    @property
    def n_participants(self) -> int:
        return len(self.starts) - 1

    @cached_property
    def per_participant(self) -> Ints:
        """How many statements each participant answered."""
        return np.diff(self.starts)

    @cached_property
    def participants(self) -> npt.NDArray[np.int32]:
        """Whose each vote is, beside `statements` and `values`."""
        return np.repeat(np.arange(self.n_participants, dtype=np.int32), self.per_participant)

    @cached_property
    def tallies(self) -> Ints:
        """Statements × 3: how many disagreed, passed, agreed."""
        if kernels.worth(2.0 * len(self)):
            return kernels.tally(self)
        cells = self.statements * np.int64(3) + self.values + 1
        return np.bincount(cells, minlength=3 * self.n_statements).reshape(-1, 3)

    @property
    def per_statement(self) -> Ints:
        """How many participants answered each statement."""
        seen: Ints = self.tallies.sum(axis=1)
        return seen

    @property
    def sums(self) -> Ints:
        """The sum of the votes on each statement: agreements less disagreements."""
        return self.tallies[:, 2] - self.tallies[:, 0]

    def about(self, statements: Ints) -> "Votes":
        """The votes on these statements alone (positions, rising), which become 0, 1, 2 …; everybody keeps their place."""
        if len(statements) == self.n_statements:
            return self
        to = np.full(self.n_statements, -1, dtype=np.int32)
        to[statements] = np.arange(len(statements), dtype=np.int32)
        moved = to[self.statements]
        kept = moved >= 0
        starts = np.concatenate([[0], np.cumsum(kept)])[self.starts]
        return Votes(starts, moved[kept], self.values[kept], len(statements))

    def of(self, chosen: npt.ArrayLike) -> "Votes":
        """The votes of these participants alone, in this order; somebody named twice counts twice.

        >>> room = from_table([[1, -1], [None, 0], [1, 1]])
        >>> room.of([2, 0]).table().tolist()
        [[1.0, 1.0], [1.0, -1.0]]
        """
        rows = np.asarray(chosen, dtype=np.int64)
        sizes = self.per_participant[rows]
        starts = np.concatenate([[0], np.cumsum(sizes)])
        places = np.arange(starts[-1]) + np.repeat(self.starts[rows] - starts[:-1], sizes)
        return Votes(starts, self.statements[places], self.values[places], self.n_statements)

    def table(self) -> Floats:
        """Participants × statements, NaN where there is no vote: for small rooms and for tests."""
        filled = np.full((self.n_participants, self.n_statements), np.nan)
        filled[self.participants, self.statements] = self.values
        return filled


def gather(
    participants: npt.ArrayLike,
    statements: npt.ArrayLike,
    values: npt.ArrayLike,
    n_participants: int | None = None,
    n_statements: int | None = None,
) -> Votes:
    """Single votes, in the order in which they were cast, as `Votes`: of several on the same statement the last holds.

    Takes three arrays of one length: positions of participants and of statements from 0, and votes −1, 0 or +1. The two
    numbers make room for those who have not voted; without them there is room up to the highest position.
    Raises BadInput: `lengths_differ`, `not_whole`, `vote_unknown`, `position_unknown`, `too_many_…`.
    Cost: one sort of the votes; about 60 ns a vote.

    >>> gather([0, 1, 0], [1, 0, 1], [-1, 0, 1]).table().tolist()
    [[nan, 1.0], [0.0, nan]]
    """
    whose, what, vote = (
        whole(column, name)
        for column, name in ((participants, "participants"), (statements, "statements"), (values, "values"))
    )
    if not len(whose) == len(what) == len(vote):
        raise BadInput("lengths_differ", participants=len(whose), statements=len(what), values=len(vote))
    refuse_above("votes", len(vote), MOST_VOTES)
    rows = room(whose, "participants", n_participants, MOST_PARTICIPANTS)
    columns = room(what, "statements", n_statements, MOST_STATEMENTS)
    refuse_first((vote < DISAGREE) | (vote > AGREE), "vote_unknown", vote)
    cast = vote.astype(np.int8, copy=False)
    if kernels.worth(50.0 * len(vote)):
        return Votes(*kernels.sort_votes(whose, what, cast, rows, columns), columns)
    keys = whose.astype(np.int64, copy=False) * columns + what
    kept = last_of_each(keys)
    keys = keys[kept]
    starts = np.searchsorted(keys, np.arange(rows + 1, dtype=np.int64) * columns)
    return Votes(starts, (keys % columns).astype(np.int32), cast[kept], columns)


def last_of_each(keys: Ints) -> Ints:
    """Where the last of each key stands, by rising key."""
    if len(keys) < 2 or np.all(keys[1:] > keys[:-1]):
        return np.arange(len(keys))
    bits = int(len(keys) - 1).bit_length()
    if int(keys.max()).bit_length() + bits < 63:
        # Key and place in one number: a plain sort of numbers is several times quicker than a stable argsort.
        both = (keys << bits) | np.arange(len(keys))
        both.sort()
        order, ranked = both & ((1 << bits) - 1), both >> bits
    else:
        order = np.argsort(keys, kind="stable")
        ranked = keys[order]
    last: Ints = order[np.append(ranked[1:] != ranked[:-1], True)]
    return last


def from_table(table: Sequence[Sequence[Any]] | npt.NDArray[Any]) -> Votes:
    """The same from a table participants × statements; None or NaN where somebody has not voted.

    Raises BadInput: `not_a_table`, `vote_unknown`, `too_many_…`.

    >>> from_table([[1, None], [0, -1]]).values.tolist()
    [1, 0, -1]
    """
    try:
        cells = np.asarray(table, dtype=np.float64)
    except (TypeError, ValueError):
        raise BadInput("not_a_table") from None
    if cells.ndim != 2:
        raise BadInput("not_a_table", dimensions=cells.ndim)
    whose, what = np.nonzero(~np.isnan(cells))
    return gather(whose, what, cells[whose, what], *cells.shape)


def whole(column: npt.ArrayLike, name: str) -> Ints:
    """The column as whole numbers, or BadInput with the first place that is none."""
    found = np.asarray(column)
    if found.size == 0:
        return np.zeros(0, dtype=np.int64)
    if found.ndim != 1:
        raise BadInput("not_a_column", column=name, dimensions=found.ndim)
    if found.dtype.kind == "f":
        refuse_first(~(np.isfinite(found) & (found == np.floor(found))), "not_whole", found, column=name)
        refuse_first(np.abs(found) > 2**53, "not_whole", found, column=name)
        return found.astype(np.int64)
    if found.dtype.kind not in "iu":
        raise BadInput("not_whole", column=name)
    return found


def room(positions: Ints, name: str, given: int | None, most: int) -> int:
    """How many there are: as given, else up to the highest position."""
    highest = int(positions.max(initial=-1))
    there = highest + 1 if given is None else int(given)
    refuse_above(name, there, most)
    refuse_first((positions < 0) | (positions >= there), "position_unknown", positions, column=name)
    return there


def refuse_above(name: str, there: int, most: int) -> None:
    if not 0 <= there <= most:
        raise BadInput(f"too_many_{name}", given=there, most=most)


def refuse_first(wrong: Flags, code: str, column: npt.NDArray[Any], /, **params: Any) -> None:
    if wrong.any():
        at = int(np.argmax(wrong))
        raise BadInput(code, at=at, value=column[at].item(), **params)
