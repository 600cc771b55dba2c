"""Equal shares of many sums one after the other, compiled, for money that is left. Needs numba (the extra `fast`).

The compiled loops only say what certainly becomes of a sum: more is tried, it is the last, it overspends. They follow
rounding as `purses.py` does, and where a comparison is within its bound they say that it is unclear; then, and for the
outcome itself, numpy and exact fractions decide. So they change no digit of any outcome.
"""

import sys
from enum import IntEnum
from functools import cache
from importlib.util import find_spec
from types import ModuleType
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from linli.methods.arrays import Floats, Ints
from linli.methods.budgeting.election import Election, Utility

# About so many choices looked at, one by one by numpy, take as long as loading the compiler does.
WORTH_LOADING = 1e6
LOOPS = "linli.methods.budgeting.loops"


class Fate(IntEnum):
    """What becomes of a sum that is handed out: unclear to rounding, leaves more to try, is the last, overspends."""

    UNCLEAR = 0
    GOES_ON = 1
    LAST = 2
    OVER = 3


class Town(NamedTuple):
    """An election as the loops take it. `tops`: cost per worth of each project, whole; `rank`: its place in the order.

    `ballots` are unsigned: of signed ones the loops would ask each time whether it counts from the end.
    """

    costs: Ints
    worth: Floats
    starts: Ints
    ballots: npt.NDArray[np.uint32]
    people: Floats
    points: Floats
    votes: Ints
    pulls: Ints
    tops: Ints
    rank: Ints
    n_ballots: int


@cache
def is_there() -> bool:
    return find_spec("numba") is not None


def worth(looked_at: float) -> bool:
    """Whether compiled loops are there, and loaded or worth it after so many choices without them."""
    return is_there() and (LOOPS in sys.modules or looked_at > WORTH_LOADING)


def loops() -> ModuleType:
    from linli.methods.budgeting import loops

    return loops


def load() -> None:
    """Loads the loops now, for a program that will decide many budgets. Takes up to a second and changes no result."""
    if is_there():
        loops()


def town_of(election: Election, utility: Utility, rank: Ints) -> Town:
    each, points = election.worth(utility)
    supporters = election.supporters
    return Town(
        election.costs.copy(),
        each.astype(np.float64),
        supporters.starts,
        supporters.ballots.astype(np.uint32),
        supporters.people.astype(np.float64),
        points.astype(np.float64),
        election.votes,
        supporters.sums(supporters.people * points),
        np.ones_like(each) if utility == Utility.COST else election.costs.copy(),
        rank,
        election.n_ballots,
    )


def try_sums(
    town: Town, election: Election, given: int, step: int, steps: int, exhaustive: bool
) -> tuple[int, Fate]:
    """How many of the sums `given`, `given + step`, … certainly go on, `steps` at most; and what becomes of the next."""
    passed, fate = loops().try_sums(town, election.budget, election.n_voters, given, step, steps, exhaustive)
    return int(passed), Fate(fate)
