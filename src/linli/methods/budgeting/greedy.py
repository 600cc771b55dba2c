"""Most votes first: each project in turn, if the money left still pays for it. What most cities do.

Whoever is of the same mind as many decides about all the money; that is what the other rules are for.
"""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from linli.methods.budgeting.election import Election, ranked
from linli.methods.budgeting.outcome import Outcome, Round

GREEDY = "greedy"


def greedy(
    election: Election,
    per_cost: bool = False,
    points: bool = False,
    order: npt.ArrayLike | None = None,
    after: Outcome | None = None,
) -> Outcome:
    """Projects by votes, or by votes per cost; one that does not fit is passed over and the next is tried.

    `points`: by points instead of people. `order`: positions of projects as they go first where votes are equal.
    `after`: goes on from there with the money left. Whole numbers throughout. A project that nobody asked for is not
    funded. Raises BadInput: `order_unknown`. Cost: one sort. Source: the rule as cities print it.

    >>> from linli.methods.budgeting.election import gather
    >>> town = gather(100, [60, 50, 40], [[0], [0], [0, 1], [1], [2]])
    >>> greedy(town).funded.tolist()
    [0, 2]
    """
    rank = ranked(order, election.n_projects)
    counts = (election.scores if points else election.votes).tolist()
    costs = election.costs.tolist()

    def key(project: int) -> tuple[bool, Fraction | int, int]:
        free = per_cost and not costs[project]
        value = Fraction(counts[project], costs[project] or 1) if per_cost else counts[project]
        return not free, -value, int(rank[project])

    done = set() if after is None else set(after.funded.tolist())
    rounds = [] if after is None else list(after.rounds)
    left = election.budget if after is None else after.left
    for project in sorted(np.flatnonzero(election.votes).tolist(), key=key):
        if project not in done and costs[project] <= left:
            left -= costs[project]
            rounds.append(Round(GREEDY, project, 0.0, int(election.votes[project]), left))
    if after is None:
        return Outcome(GREEDY, election.budget, election.budget, tuple(rounds))
    return replace(after, rounds=tuple(rounds))
