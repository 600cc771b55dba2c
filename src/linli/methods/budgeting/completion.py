"""What is done with money that equal shares leave over: a little more for everybody, step by step; then the most votes.

Equal shares stop when no project's supporters can pay for it, though the budget may pay for more. So everybody is given a
little more than there is, as long as what is bought still fits the budget.
"""

from enum import StrEnum

import numpy.typing as npt

from linli.methods.bad_input import BadInput
from linli.methods.budgeting.election import Election, Utility
from linli.methods.budgeting.equal_shares import equal_shares
from linli.methods.budgeting.greedy import greedy
from linli.methods.budgeting.outcome import Outcome, fitting
from linli.methods.runs import Tell, quiet

MOST_STEPS = 100_000
TELL_EVERY = 50


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
    steps, and as `equal_shares` does. Cost: one run of equal shares each step. Source: equalshares.net.

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
    found = equal_shares(election, utility, order, given)
    asked_for = int((election.votes > 0).sum())
    for number in range(MOST_STEPS):
        if number % TELL_EVERY == 0:
            tell("a little more for everybody", found.spent, election.budget)
        if len(found.rounds) == asked_for or (exhaustive and not len(fitting(election, found))):
            return found
        given += step
        more = equal_shares(election, utility, order, given)
        if more.spent > election.budget:
            return found
        found = more
    raise BadInput("too_many_steps", most=MOST_STEPS, unit=unit)
