"""What a rule decided, round by round: the same shape whatever the rule."""

from dataclasses import dataclass

import numpy as np

from linli.methods.arrays import Ints
from linli.methods.budgeting.election import Election


@dataclass(frozen=True)
class Round:
    """One project funded. `by`: the rule that did it. `votes`: people who asked for it. `left`: minor units still unspent.

    `price`, in minor units: with equal shares the most that one of its supporters paid for each point (1 point unless
    points were given); with Phragmén the burden that each supporter carries from then on; with greedy nothing (0).
    """

    by: str
    project: int
    price: float
    votes: int
    left: int


@dataclass(frozen=True)
class Outcome:
    """The rounds in their order. `endowment`: minor units handed out to all together (equal shares), else the budget.

    `utility`: what a project was worth to its supporters, where the rule asks. `settled`: how many decisions were too near for rounding and were made in exact fractions.
    """

    rule: str
    budget: int
    endowment: int
    rounds: tuple[Round, ...]
    settled: int = 0
    utility: str = ""

    @property
    def funded(self) -> Ints:
        """Positions of the funded projects, in the order in which they were funded."""
        return np.array([each.project for each in self.rounds], dtype=np.int64)

    @property
    def spent(self) -> int:
        return self.budget - self.rounds[-1].left if self.rounds else 0

    @property
    def left(self) -> int:
        return self.budget - self.spent


def fitting(election: Election, outcome: Outcome) -> Ints:
    """The projects that somebody asked for, that are not funded and that the money left would pay for."""
    open_still = (election.votes > 0) & (election.costs <= outcome.left)
    open_still[outcome.funded] = False
    return np.flatnonzero(open_still)
