"""Was a group passed over? A project that many want, who have got less than their number would pay for.

The statement checked, "EJR+ up to any project" in the form stated here, with cost as worth: an outcome W violates it if
there are a project c outside W and a group S of people who all asked for c, such that for everybody i in S

    (cost of what i asked for in W) + cost(c) ≤ |S| · budget / number of voters.

So the group's part of the budget would pay for c on top of what the best served of them has. Equal shares with cost as
utility never violate it: before the first of S has less left than cost(c) / |S|, nobody of S has paid more for a unit of
cost than 1 / |S|, so that this one has more than |S| · budget / voters − cost(c). More money for all, or more projects
funded afterwards, change nothing in that; less (a part rounded down to whole units) may.
Where all projects cost the same it is EJR+ as Brill and Peters (2023) define it for committees; whether it is word for
word theirs for budgets we have not been able to check.
"""

from dataclasses import dataclass

import numpy as np

from linli.methods.arrays import Ints
from linli.methods.budgeting.election import Election
from linli.methods.budgeting.satisfaction import satisfy


@dataclass(frozen=True)
class PassedOver:
    """A group that could have had `project`: `voters` people who got at most `most` (minor units), entitled to `part`."""

    project: int
    voters: int
    most: int
    part: float


def find_passed_over(election: Election, funded: Ints) -> tuple[PassedOver, ...]:
    """For each project that is not funded the group that is passed over most, if there is one; none, if EJR+ holds.

    `funded`: positions. Exact, in whole numbers. Cost: one sort of the choices; linear else.

    >>> from linli.methods.budgeting.election import gather
    >>> town = gather(100, [50, 50, 50], [[0, 1]] * 3 + [[2]] * 3)
    >>> [each.project for each in find_passed_over(town, np.array([0, 1]))]
    [2]
    """
    got = satisfy(election, funded).cost
    rank = np.empty(election.n_ballots, dtype=np.int64)
    by_cost = np.argsort(got, kind="stable")
    rank[by_cost] = np.arange(election.n_ballots)
    outside = np.ones(election.n_projects, dtype=bool)
    outside[funded] = False
    chosen = outside[election.projects]
    projects, ballots = election.projects[chosen], election.ballots[chosen]
    order = np.argsort(projects * election.n_ballots + rank[ballots])
    projects, ballots = projects[order], ballots[order]
    if not len(projects):
        return ()
    running = np.cumsum(election.weights[ballots])
    first = np.flatnonzero(np.diff(projects, prepend=-1))
    before = np.repeat(
        running[first] - election.weights[ballots[first]], np.diff(np.append(first, len(projects)))
    )
    people = running - before
    # Both sides times the number of voters, so that all is whole.
    ahead = people * election.budget - (got[ballots] + election.costs[projects]) * election.n_voters
    return tuple(
        PassedOver(
            int(projects[at]), int(people[at]), int(got[ballots[at]]), int(people[at]) * election.budget / election.n_voters
        )
        for begin, end in zip(first, np.append(first[1:], len(projects)), strict=True)
        if ahead[at := begin + int(np.argmax(ahead[begin:end]))] >= 0
    )  # fmt: skip
