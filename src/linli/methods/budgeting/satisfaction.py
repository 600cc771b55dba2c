"""Who got what: what each ballot asked for and was funded, who got nothing, how the money falls on groups."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from linli.methods.arrays import Ints
from linli.methods.bad_input import BadInput
from linli.methods.budgeting.election import Election, sums
from linli.methods.budgeting.explanation import payments
from linli.methods.budgeting.outcome import Outcome


@dataclass(frozen=True, eq=False)
class Satisfaction:
    """For each ballot, of the funded projects that it asked for: their `cost` (minor units), `number` and `points`."""

    cost: Ints
    number: Ints
    points: Ints
    weights: Ints

    @property
    def voters(self) -> int:
        return int(self.weights.sum())

    @property
    def with_nothing(self) -> int:
        """People of whose wishes none is funded, those with an empty ballot among them."""
        return int(self.weights[self.number == 0].sum())

    @property
    def mean_cost(self) -> float:
        return int((self.cost * self.weights).sum()) / self.voters


def satisfy(election: Election, funded: Ints) -> Satisfaction:
    """What the funded projects (positions) come to on each ballot.

    >>> from linli.methods.budgeting.election import gather
    >>> got = satisfy(gather(100, [60, 40], [[0], [0, 1], []]), np.array([0]))
    >>> got.cost.tolist(), got.with_nothing
    ([60, 60, 0], 1)
    """
    chosen = np.isin(election.projects, funded)
    ballots, projects = election.ballots[chosen], election.projects[chosen]
    n = election.n_ballots
    return Satisfaction(
        sums(ballots, election.costs[projects], n),
        np.bincount(ballots, minlength=n),
        sums(ballots, election.points[chosen], n),
        election.weights,
    )


@dataclass(frozen=True)
class GroupShare:
    """A group of voters: how many, minor units that fell on them, and how many got nothing."""

    group: str
    voters: int
    money: float
    with_nothing: int


def share_by_group(
    election: Election, outcome: Outcome, ballot_of: Ints, groups: Sequence[str]
) -> tuple[GroupShare, ...]:
    """How the money falls on groups of voters, largest group first.

    `ballot_of` and `groups`: the ballot and the group of each voter. The cost of a project falls on those who asked for it:
    as they paid with equal shares, as they carry it with Phragmén, in equal parts with greedy.
    Raises BadInput: `lengths_differ`.
    """
    if len(ballot_of) != len(groups):
        raise BadInput("lengths_differ", voters=len(ballot_of), groups=len(groups))
    names = sorted(set(groups))
    at = {name: place for place, name in enumerate(names)}
    whose = np.array([at[name] for name in groups], dtype=np.int64)
    money = np.zeros(election.n_ballots)
    for each, amounts in zip(outcome.rounds, payments(election, outcome), strict=True):
        own = election.supporters.of(each.project)
        money[election.supporters.ballots[own]] += amounts
    got = satisfy(election, outcome.funded)
    people = np.bincount(whose, minlength=len(names))
    fell = np.bincount(whose, weights=money[ballot_of], minlength=len(names))
    nothing = np.bincount(whose[got.number[ballot_of] == 0], minlength=len(names))
    found = [
        GroupShare(name, int(people[place]), float(fell[place]), int(nothing[place]))
        for place, name in enumerate(names)
    ]
    return tuple(sorted(found, key=lambda one: (-one.voters, one.group)))
