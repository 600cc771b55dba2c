"""The inner loops once more, compiled, for rooms where many vote. Needs numba (the extra `fast`); without it numpy does all.

Each gives to the last bit what the lines of numpy beside its call give: whole numbers are counted, and what is added up
in floating point is added in the same order. Tests hold the two against each other.
"""

import sys
from functools import cache
from importlib.util import find_spec
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np

from linli.methods.arrays import Floats, Ints

if TYPE_CHECKING:
    from linli.methods.opinion.votes import Votes

# About so many small steps take as long as loading the compiler does.
WORTH_LOADING = 1e9
# Fewer are done by numpy before a compiled loop has been called.
WORTH_CALLING = 2e3
LOOPS = "linli.methods.opinion.loops"


@cache
def is_there() -> bool:
    return find_spec("numba") is not None


def worth(steps: float) -> bool:
    """Whether compiled loops are there and save more than they cost."""
    return is_there() and steps > (WORTH_CALLING if LOOPS in sys.modules else WORTH_LOADING)


def loops() -> ModuleType:
    from linli.methods.opinion import loops

    return loops


def load() -> None:
    """Loads the loops now, for a program that will draw many maps. Takes up to a second and changes no result."""
    if is_there():
        loops()


def sort_votes(whose: Ints, what: Ints, cast: Any, n: int, m: int) -> tuple[Any, Any, Any]:
    """Starts, statements and values of `Votes`."""
    # Every other kind of array would be compiled for once more.
    columns = (
        np.require(column, kind, ["C", "W"])
        for column, kind in ((whose, np.int32), (what, np.int32), (cast, np.int8))
    )
    found: tuple[Any, Any, Any] = loops().sort_votes(*columns, n, m)
    return found


def count_pairs(votes: "Votes") -> Ints:
    """3 × statements × statements: who answered both; the sums of votes; the sums of products."""
    counted: Ints = loops().count_pairs(votes.starts, votes.statements, votes.values, votes.n_statements)
    return counted


def walk(votes: "Votes", off: Floats, vector: Floats) -> Floats:
    """The sum over people of what their votes come to along the vector, times their votes (less the centre)."""
    product: Floats = loops().walk(votes.starts, votes.statements, off, vector)
    return product


def add_steps(votes: "Votes", steps: Floats) -> Floats:
    """Participants × 2: the sum of the steps of each participant's votes."""
    added: Floats = loops().add_steps(votes.starts, votes.statements, votes.values, steps)
    return added


def tally(votes: "Votes") -> Ints:
    """Statements × 3: how many disagreed, passed, agreed."""
    counted: Ints = loops().tally(votes.statements, votes.values, votes.n_statements)
    return counted


def count_cells(votes: "Votes", labels: Ints, n_groups: int) -> Ints:
    """Groups × statements × 3: how many disagreed, passed, agreed."""
    cells: Ints = loops().count_cells(
        votes.starts, votes.statements, votes.values, labels, n_groups, votes.n_statements
    )
    return cells


def k_means(points: Floats, weights: Floats, centres: Floats, rounds: int) -> tuple[Ints, Floats, int]:
    """Labels, centres, and how many rounds it took."""
    found: tuple[Ints, Floats, int] = loops().k_means(points, weights, centres, rounds)
    return found
