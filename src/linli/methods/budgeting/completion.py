"""What is done with money that equal shares leave over: a little more for everybody, step by step; then the most votes.

Equal shares stop when no project's supporters can pay for it, though the budget may pay for more. So everybody is given a
little more than there is, as long as what is bought still fits the budget.
"""

from enum import StrEnum

import numpy.typing as npt

from linli.methods.bad_input import BadInput
from linli.methods.budgeting import kernels
from linli.methods.budgeting.election import MOST_MONEY, Election, Utility, ranked
from linli.methods.budgeting.equal_shares import equal_shares, known
from linli.methods.budgeting.greedy import greedy
from linli.methods.budgeting.kernels import Fate, Town
from linli.methods.budgeting.outcome import Outcome, fitting
from linli.methods.runs import Tell, quiet

MOST_STEPS = 100_000
# Choices that are looked at, about, between two words on how far it is; and steps, at least.
TELL_EVERY, LEAST_AHEAD = 10**8, 50


class Completion(StrEnum):
    """None; one unit more for everybody at a time; the most votes first; both, one after the other."""

    NONE = "none"
    ADD_ONE = "add1"
    UTILITARIAN = "utilitarian"
    ADD_ONE_UTILITARIAN = "add1u"


def complete(
    election: Election,
    completion: Completion | str = Completion.ADD_ONE_UTILITARIAN,
    utility: Utility | str = Utility.COST,
    order: npt.ArrayLike | None = None,
    unit: int = 1,
    integral: bool = False,
    exhaustive: bool = True,
    tell: Tell = quiet,
) -> Outcome:
    """Equal shares, and what is done with the money left.

    `add1` runs equal shares anew with `unit` minor units more for everybody, and keeps the last outcome before the first
    that would overspend; with `exhaustive` it also stops as soon as no open project fits into what is left. `integral`
    begins at a whole number of units for everybody, rounded down, instead of the exact equal part. `utilitarian` funds
    what still fits, most votes first (most points, where points are the utility); `add1u` does both.
    Guarantees: the budget is kept. Raises BadInput: `completion_unknown`, `unit_unknown`, `too_many_steps` past 100,000
    steps, and as `equal_shares` does. Cost: one run of equal shares each step; compiled, many steps at once where nothing
    between them changes. Source: equalshares.net.

    >>> from linli.methods.budgeting.election import gather
    >>> town = gather(100, [60, 70], [[0], [0], [1], [1]])
    >>> [complete(town, how).funded.tolist() for how in ("none", "add1", "add1u")]
    [[], [0], [0]]
    """
    if completion not in list(Completion):
        raise BadInput("completion_unknown", value=str(completion))
    if unit < 1:
        raise BadInput("unit_unknown", value=unit)
    if completion in (Completion.ADD_ONE, Completion.ADD_ONE_UTILITARIAN):
        found = add_one(election, utility, order, unit, integral, exhaustive, tell)
    else:
        found = equal_shares(election, utility, order)
    if completion in (Completion.UTILITARIAN, Completion.ADD_ONE_UTILITARIAN):
        return greedy(election, points=utility == Utility.POINTS, order=order, after=found)
    return found


def add_one(
    election: Election,
    utility: Utility | str,
    order: npt.ArrayLike | None,
    unit: int,
    integral: bool,
    exhaustive: bool,
    tell: Tell,
) -> Outcome:
    step = unit * election.n_voters
    given = election.budget // step * step if integral else election.budget
    tries = Tries(election, utility, order, step, exhaustive)
    ahead, number = max(LEAST_AHEAD, TELL_EVERY // len(election.projects)), 0
    while number <= MOST_STEPS:
        tell("a little more for everybody", tries.spent, election.budget)
        passed, fate = tries.ahead(given, min(ahead, MOST_STEPS + 1 - number))
        number, given = number + passed, given + passed * step
        if fate == Fate.LAST:
            return tries.outcome(given)
        if fate == Fate.OVER:
            return tries.outcome(given - step)
    raise BadInput("too_many_steps", most=MOST_STEPS, unit=unit)


class Tries:
    """Equal shares of growing sums: what becomes of each, and the outcomes that were asked for last."""

    def __init__(
        self,
        election: Election,
        utility: Utility | str,
        order: npt.ArrayLike | None,
        step: int,
        exhaustive: bool,
    ) -> None:
        self.election, self.utility, self.order = election, known(utility), order
        self.step, self.exhaustive = step, exhaustive
        self.asked_for = int((election.votes > 0).sum())
        self.spent = self.looked_at = 0
        self.last: dict[int, Outcome] = {}
        self.town: Town | None = None

    def ahead(self, given: int, most: int) -> tuple[int, Fate]:
        """How many sums from this one on go on, at most so many; and what becomes of the one after them."""
        most = min(most, (MOST_MONEY - given) // self.step)
        if most > 0 and kernels.worth(self.looked_at):
            if self.town is None:
                rank = ranked(self.order, self.election.n_projects)
                self.town = kernels.town_of(self.election, self.utility, rank)
            found = kernels.try_sums(self.town, self.election, given, self.step, most, self.exhaustive)
            if found[0] or found[1] != Fate.UNCLEAR:
                return found
        fate = self.fate(given)
        return (1 if fate == Fate.GOES_ON else 0), fate

    def fate(self, given: int) -> Fate:
        """What becomes of one sum, as numpy and fractions decide it."""
        found = self.outcome(given)
        if found.spent > self.election.budget:
            return Fate.OVER
        self.spent = found.spent
        nothing_fits = self.exhaustive and not len(fitting(self.election, found))
        return Fate.LAST if nothing_fits or len(found.rounds) == self.asked_for else Fate.GOES_ON

    def outcome(self, given: int) -> Outcome:
        if given not in self.last:
            self.looked_at += len(self.election.projects)
            found = equal_shares(self.election, self.utility, self.order, given)
            before = self.last.get(given - self.step)
            self.last = {given: found} if before is None else {given - self.step: before, given: found}
        return self.last[given]
