"""Phragmén's rule: everybody shares the burden of what they asked for, and the next project is the one that burdens least.

Those who support a funded project carry its cost together; it is levelled out among them as far as it can be.
"""

from fractions import Fraction
from heapq import heappop, heappush

import numpy as np
import numpy.typing as npt

from linli.methods.arrays import Ints
from linli.methods.budgeting.election import Election, ranked
from linli.methods.budgeting.exact import Amounts
from linli.methods.budgeting.outcome import Outcome, Round
from linli.methods.budgeting.purses import NEAR, ROUNDING

PHRAGMEN = "phragmen"


def phragmen(election: Election, order: npt.ArrayLike | None = None) -> Outcome:
    """Projects by the burden that each of their supporters would carry: (cost + Σ burdens so far) / number of supporters.

    The least is funded and all its supporters carry just that; it ends as soon as any project with the least burden
    would overspend the budget. Projects dearer than the budget take no part, nor such that nobody asked for. Points of
    ballots do not count. `order`: positions of projects as they go first in ties.
    Guarantees: every decision is that of exact fractions. Burdens never fall, so that a project is asked again only when
    its last one would be the least. Raises BadInput: `order_unknown`.
    Cost: a sweep over the supporters of each project that is asked. Source: Phragmén 1894; for budgets Los, Christoff
    and Grossi 2022.

    >>> from linli.methods.budgeting.election import gather
    >>> town = gather(100, [60, 50, 40], [[0], [0], [0], [1, 2], [2]])
    >>> [(each.project, each.price) for each in phragmen(town).rounds]
    [(0, 20.0), (2, 20.0)]
    """
    return Burdens(election, ranked(order, election.n_projects)).finish()


class Burdens:
    """One run of the rule: burdens that grow, projects that wait."""

    def __init__(self, election: Election, rank: Ints) -> None:
        self.election, self.rank = election, rank.tolist()
        self.costs, self.votes = election.costs.tolist(), election.votes.tolist()
        self.starts, self.ballots = election.supporters.starts.tolist(), election.supporters.ballots
        self.people = election.weights[self.ballots].astype(np.float64)
        self.carried = np.zeros(election.n_ballots)
        self.rounds: list[Round] = []
        self.left, self.settled = election.budget, 0
        self.exact: Amounts | None = None
        self.replayed = 0

    def finish(self) -> Outcome:
        waiting = [
            (0.0, project)
            for project in range(self.election.n_projects)
            if self.votes[project] and self.costs[project] <= self.election.budget
        ]
        while waiting:
            least = self.least(waiting)
            if any(self.costs[project] > self.left for project, _burden in least):
                break
            project, burden = min(least, key=lambda one: self.rank[one[0]])
            for other, value in least:
                if other != project:
                    heappush(waiting, (value, other))
            self.left -= self.costs[project]
            self.carried[self.ballots[self.of(project)]] = burden
            self.rounds.append(Round(PHRAGMEN, project, burden, self.votes[project], self.left))
        budget = self.election.budget
        return Outcome(PHRAGMEN, budget, budget, tuple(self.rounds), self.settled)

    def of(self, project: int) -> slice:
        return slice(self.starts[project], self.starts[project + 1])

    def least(self, waiting: list[tuple[float, int]]) -> list[tuple[int, float]]:
        """All projects with exactly the least burden; the others go back to wait."""
        # Each round may add an error of one sum; burdens never fall, so that it is small against the newest.
        near = 1 + max(NEAR, 2 * ROUNDING * (len(self.rounds) + 2))
        asked: list[tuple[int, float]] = []
        limit = np.inf
        while waiting and waiting[0][0] <= limit * near:
            _last, project = heappop(waiting)
            own = self.of(project)
            borne = float((self.people[own] * self.carried.take(self.ballots[own])).sum())
            burden = (self.costs[project] + borne) / self.votes[project]
            asked.append((project, burden))
            limit = min(limit, burden)
        found = [one for one in asked if one[1] <= limit * near]
        if len(found) > 1:
            self.settled += 1
            values = {project: self.exact_burden(project) for project, _burden in found}
            found = [one for one in found if values[one[0]] == min(values.values())]
        for project, burden in asked:
            if (project, burden) not in found:
                heappush(waiting, (burden, project))
        return found

    def exact_burden(self, project: int) -> Fraction:
        """The burden in exact fractions, after the rounds so far."""
        if self.exact is None:
            self.exact = Amounts(self.election.n_ballots, Fraction(0))
        while self.replayed < len(self.rounds):
            funded = self.rounds[self.replayed].project
            self.replayed += 1
            self.exact.put(self.ballots[self.of(funded)], self.reckon(self.exact, funded))
        return self.reckon(self.exact, project)

    def reckon(self, exact: Amounts, project: int) -> Fraction:
        ballots = self.ballots[self.of(project)]
        groups = exact.groups(ballots, np.ones(len(ballots), dtype=np.int64), self.election.weights[ballots])
        borne = sum(amount * people for amount, _points, people in groups)
        return Fraction(self.costs[project] * exact.over + borne, exact.over * self.votes[project])
