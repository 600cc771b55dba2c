"""Costs, a budget, and who asked for which projects: everything that a rule may look at.

People whose ballots are the same are kept as one ballot with a weight: rules treat them alike anyhow.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from linli.methods.arrays import Flags, Ints
from linli.methods.bad_input import BadInput

# Beyond these a call is refused before it begins: sums of whole numbers must fit into 64 bits.
MOST_PROJECTS = 10_000
MOST_VOTERS = 5_000_000
MOST_CHOICES = 100_000_000
MOST_MONEY = 2**62
MOST_POINTS = 1_000_000
# Whole numbers up to this are exact in floating point, and adding them there is quicker.
MOST_IN_FLOATS = 2**53


class Utility(StrEnum):
    """How much a funded project is worth to somebody who asked for it."""

    COST = "cost"
    CARDINALITY = "cardinality"
    POINTS = "points"


@dataclass(frozen=True, eq=False)
class Supporters:
    """The ballots that name each project: those of project c stand at `starts[c]:starts[c + 1]` of `ballots`, of `people`
    (how many cast each) and of `points`."""

    starts: Ints
    ballots: Ints
    people: Ints
    points: Ints

    def of(self, project: int) -> slice:
        return slice(int(self.starts[project]), int(self.starts[project + 1]))

    def sums(self, values: Ints) -> Ints:
        """What the values of each project's supporters come to, 0 where there are none."""
        found: Ints = np.add.reduceat(np.append(values, 0), self.starts[:-1])
        found[self.starts[:-1] == self.starts[1:]] = 0
        return found


@dataclass(frozen=True, eq=False)
class Election:
    """`budget` and `costs` in minor units (int64); ballots with the number of people who cast them (`weights`).

    The choices of ballot b stand at `starts[b]:starts[b + 1]` of `projects` and `points` (1 where a ballot only names).
    Made by `gather` or `join`, which refuse what is no election.
    """

    budget: int
    costs: Ints
    starts: Ints
    projects: Ints
    points: Ints
    weights: Ints

    def __post_init__(self) -> None:
        for column in (self.costs, self.starts, self.projects, self.points, self.weights):
            column.setflags(write=False)

    @property
    def n_projects(self) -> int:
        return len(self.costs)

    @property
    def n_ballots(self) -> int:
        return len(self.weights)

    @cached_property
    def n_voters(self) -> int:
        """Everybody who handed in a ballot, also an empty one."""
        return int(self.weights.sum())

    @cached_property
    def ballots(self) -> Ints:
        """Whose each choice is, beside `projects` and `points`."""
        return np.repeat(np.arange(self.n_ballots), np.diff(self.starts))

    @cached_property
    def supporters(self) -> Supporters:
        # Narrow numbers are sorted by counting.
        order = np.argsort(self.projects.astype(np.uint16), kind="stable")
        starts = np.concatenate([[0], np.cumsum(np.bincount(self.projects, minlength=self.n_projects))])
        ballots = self.ballots.take(order)
        return Supporters(starts, ballots, self.weights.take(ballots), self.points.take(order))

    @cached_property
    def votes(self) -> Ints:
        """How many people asked for each project."""
        return self.supporters.sums(self.supporters.people)

    @cached_property
    def scores(self) -> Ints:
        """How many points each project got."""
        return self.supporters.sums(self.supporters.people * self.supporters.points)

    def worth(self, utility: Utility) -> tuple[Ints, Ints]:
        """(of each project, for each choice): to a supporter a funded project is worth the product of the two."""
        if utility == Utility.POINTS:
            return np.ones(self.n_projects, dtype=np.int64), self.supporters.points
        each = np.ones(len(self.projects), dtype=np.int64)
        return (self.costs if utility == Utility.COST else np.ones(self.n_projects, dtype=np.int64)), each


def sums(places: Ints, values: Ints, size: int) -> Ints:
    """Whole sums by place, of values that are not negative."""
    if len(values) * int(values.max(initial=0)) < MOST_IN_FLOATS:
        return np.bincount(places, values, size).astype(np.int64)
    found = np.zeros(size, dtype=np.int64)
    np.add.at(found, places, values)
    return found


def gather(
    budget: int,
    costs: Sequence[int],
    ballots: Sequence[Sequence[int]],
    points: Sequence[Sequence[int]] | None = None,
    weights: Sequence[int] | None = None,
) -> Election:
    """An election from ballots that list positions of projects, and points beside them where there are any.

    `weights`: how many people cast each ballot, one unless told. Raises BadInput: `lengths_differ`, and as `join` does.

    >>> gather(100, [60, 50], [[0], [0, 1], [1], [1]]).votes.tolist()
    [2, 3]
    """
    given = points if points is not None else [[1] * len(ballot) for ballot in ballots]
    if len(given) != len(ballots) or any(map(lambda one, two: len(one) != len(two), given, ballots)):
        raise BadInput("lengths_differ", ballots=len(ballots), points=len(given))
    return join(
        budget,
        costs,
        np.array([len(ballot) for ballot in ballots], dtype=np.int64),
        [one for ballot in ballots for one in ballot],
        [one for ballot in given for one in ballot],
        [1] * len(ballots) if weights is None else weights,
    )


def join(
    budget: int, costs: Any, lengths: Ints, projects: Any, points: Any, weights: Any, unit: str = "ballot"
) -> Election:
    """An election from flat columns: how long each ballot is, then all choices one after the other.

    Raises BadInput with the place: `budget_negative`, `cost_negative`, `no_projects`, `too_many_projects`,
    `too_many_voters`, `too_many_choices`, `too_much_money`, `project_unknown`, `project_twice`, `points_unknown`,
    `weight_unknown`, `nobody_voted`, `budget_below_every_cost`, `not_whole`.
    """
    price, what, worth, weight = (
        whole(column, name)
        for column, name in (
            (costs, "costs"),
            (projects, "projects"),
            (points, "points"),
            (weights, "weights"),
        )
    )
    if not len(lengths) == len(weight):
        raise BadInput("lengths_differ", ballots=len(lengths), weights=len(weight))
    refuse_money(budget, price, weight)
    refuse_choices(what, worth, lengths, len(price), unit)
    starts = np.concatenate([[0], np.cumsum(lengths)])
    return Election(int(budget), price, starts, what, worth, weight)


def whole(column: Any, name: str) -> Ints:
    """The column as int64 of its own. Raises BadInput: `not_whole`, `too_much_money` with the first place."""
    if isinstance(column, np.ndarray) and column.dtype == np.int64 and column.ndim == 1:
        return column.copy()
    given = list(column)
    for at, value in enumerate(given):
        if isinstance(value, (bool, np.bool_)) or not isinstance(value, (int, np.integer)):
            raise BadInput("not_whole", column=name, at=at)
        if abs(int(value)) > MOST_MONEY:
            raise BadInput("too_much_money", column=name, at=at)
    return np.array(given, dtype=np.int64)


def refuse_money(budget: Any, costs: Ints, weights: Ints) -> None:
    if isinstance(budget, bool) or not isinstance(budget, (int, np.integer)):
        raise BadInput("not_whole", column="budget")
    if budget < 0:
        raise BadInput("budget_negative", value=int(budget))
    if not len(costs):
        raise BadInput("no_projects")
    if len(costs) > MOST_PROJECTS:
        raise BadInput("too_many_projects", given=len(costs), most=MOST_PROJECTS)
    refuse(costs < 0, "cost_negative", costs)
    refuse(weights < 1, "weight_unknown", weights)
    voters = sum(weights.tolist())
    if voters > MOST_VOTERS:
        raise BadInput("too_many_voters", given=voters, most=MOST_VOTERS)
    if (int(budget) + sum(costs.tolist())) * max(voters, 1) > MOST_MONEY:
        raise BadInput("too_much_money", most=MOST_MONEY // max(voters, 1))
    if costs.min() > budget:
        raise BadInput("budget_below_every_cost", budget=int(budget), least=int(costs.min()))


def refuse_choices(projects: Ints, points: Ints, lengths: Ints, n_projects: int, unit: str) -> None:
    if not len(projects):
        raise BadInput("nobody_voted")
    if len(projects) > MOST_CHOICES:
        raise BadInput("too_many_choices", given=len(projects), most=MOST_CHOICES)
    whose = np.repeat(np.arange(len(lengths)), lengths)
    for wrong, code, values in (
        ((projects < 0) | (projects >= n_projects), "project_unknown", projects),
        ((points < 1) | (points > MOST_POINTS), "points_unknown", points),
    ):
        if wrong.any():
            at = int(wrong.argmax())
            raise BadInput(code, **{unit: int(whose[at]), "value": int(values[at])})
    keys = whose * n_projects + projects
    order = np.argsort(keys, kind="stable")
    same = np.flatnonzero(keys[order][1:] == keys[order][:-1])
    if len(same):
        at = int(order[same[0] + 1])
        raise BadInput("project_twice", **{unit: int(whose[at]), "value": int(projects[at])})


def refuse(wrong: Flags, code: str, values: Ints) -> None:
    if wrong.any():
        at = int(wrong.argmax())
        raise BadInput(code, at=at, value=int(values[at]))


def ranked(order: npt.ArrayLike | None, n_projects: int) -> Ints:
    """Where each project stands in the order that decides ties; the order of positions unless told.

    Raises BadInput: `order_unknown`, if it does not name every project once.
    """
    if order is None:
        return np.arange(n_projects)
    given = np.asarray(order)
    if given.shape != (n_projects,) or sorted(given.tolist()) != list(range(n_projects)):
        raise BadInput("order_unknown", projects=n_projects)
    rank = np.empty(n_projects, dtype=np.int64)
    rank[given] = np.arange(n_projects)
    return rank
