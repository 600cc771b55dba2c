"""Why: what each project would have cost its supporters in each round, what the others lacked, what somebody's part paid for."""

from dataclasses import dataclass

import numpy as np

from linli.methods.arrays import Floats, Ints
from linli.methods.bad_input import BadInput
from linli.methods.budgeting.election import Election, Utility
from linli.methods.budgeting.equal_shares import EQUAL_SHARES
from linli.methods.budgeting.outcome import Outcome, Round
from linli.methods.budgeting.phragmen import PHRAGMEN

NOBODY, SUPPORTERS, BUDGET, BURDEN = "nobody", "supporters", "budget", "burden"


@dataclass(frozen=True)
class Lack:
    """Why a project is not funded. `why`: `nobody` asked for it; its `supporters` have too little money left; the
    `budget` has; or others `burden` their supporters less and the rule ended before.

    `missing`: minor units that its supporters, or the budget, lack at the end. `money`: what they have. `since`: after
    how many rounds that was so first, −1 where no round did it.
    """

    project: int
    why: str
    missing: float
    money: float
    since: int


@dataclass(frozen=True, eq=False)
class Explanation:
    """`money`, rounds + 1 × projects: minor units that the supporters of each project have before each round and at the
    end (equal shares), or the burden that each of them would carry if it were funded then (Phragmén); empty for greedy.
    `prices`, of the same shape: what each supporter would have to pay at most for each point; infinite where they cannot.
    `lacks`: one for each project that is not funded.
    """

    money: Floats
    prices: Floats
    lacks: tuple[Lack, ...]


@dataclass(frozen=True)
class Payment:
    """What one person's part paid for: a project, by which rule, and how many minor units."""

    project: int
    by: str
    amount: float


def explain(election: Election, outcome: Outcome) -> Explanation:
    """Everything that the rule looked at, and what each unfunded project lacked. Cost: a sweep over all choices each round."""
    own = [each for each in outcome.rounds if each.by in (EQUAL_SHARES, PHRAGMEN)]
    if outcome.rule == EQUAL_SHARES:
        money, prices = purses_by_round(election, outcome, own)
    elif outcome.rule == PHRAGMEN:
        money = burdens_by_round(election, own)
        prices = money
    else:
        money = prices = np.zeros((0, election.n_projects))
    funded = set(outcome.funded.tolist())
    open_still = [project for project in range(election.n_projects) if project not in funded]
    lacks = tuple(lack_of(election, outcome, project, money) for project in open_still)
    return Explanation(money, prices, lacks)


def points_of(election: Election, outcome: Outcome) -> Ints:
    return election.worth(Utility(outcome.utility or Utility.COST))[1]


def purses_by_round(election: Election, outcome: Outcome, own: list[Round]) -> tuple[Floats, Floats]:
    supporters, points = election.supporters, points_of(election, outcome)
    people = election.weights[supporters.ballots]
    left = np.full(election.n_ballots, outcome.endowment / election.n_voters)
    money, prices = [], []
    for step in range(len(own) + 1):
        held = left[supporters.ballots]
        money.append(added(supporters.starts, people * held))
        prices.append(asked(election, held, points, people))
        if step < len(own):
            part = supporters.of(own[step].project)
            ballots = supporters.ballots[part]
            left[ballots] = np.maximum(left[ballots] - own[step].price * points[part], 0.0)
    return np.array(money), np.array(prices)


def added(starts: Ints, values: Floats) -> Floats:
    """Sums over the supporters of each project; 0 where there are none."""
    running = np.add.reduceat(np.append(values, 0.0), starts[:-1])
    return np.where(np.diff(starts) > 0, running, 0.0)


def asked(election: Election, held: Floats, points: Ints, people: Ints) -> Floats:
    """The price of every project, from below as in `purses`; infinite where its supporters cannot pay."""
    starts, sizes = election.supporters.starts, np.diff(election.supporters.starts)
    together = added(starts, people * held)
    can = (together >= election.costs * (1 - 1e-12)) & (sizes > 0)
    whole = np.maximum(added(starts, (people * points).astype(np.float64)), 1)
    prices = election.costs / whole
    while True:
        poor = held < np.repeat(prices, sizes) * points
        rich = whole - added(starts, np.where(poor, people * points, 0).astype(np.float64))
        missing = election.costs - added(starts, np.where(poor, people * held, 0.0))
        more = np.where(can & (rich >= 1), missing / np.maximum(rich, 1), prices)
        if (more <= prices * (1 + 1e-12)).all():
            return np.where(can, prices, np.inf)
        prices = np.maximum(prices, more)


def burdens_by_round(election: Election, own: list[Round]) -> Floats:
    supporters = election.supporters
    people = election.weights[supporters.ballots]
    carried, found = np.zeros(election.n_ballots), []
    for step in range(len(own) + 1):
        borne = added(supporters.starts, people * carried[supporters.ballots])
        with np.errstate(divide="ignore"):
            found.append(
                np.where(election.votes > 0, (election.costs + borne) / np.maximum(election.votes, 1), np.inf)
            )
        if step < len(own):
            carried[supporters.ballots[supporters.of(own[step].project)]] = own[step].price
    return np.array(found)


def lack_of(election: Election, outcome: Outcome, project: int, money: Floats) -> Lack:
    cost = int(election.costs[project])
    if not election.votes[project]:
        return Lack(project, NOBODY, float(cost), 0.0, -1)
    lefts = [election.budget, *(each.left for each in outcome.rounds)]
    short = next((at - 1 for at, left in enumerate(lefts) if left < cost), None)
    if all(each.by == EQUAL_SHARES for each in outcome.rounds) and outcome.rule == EQUAL_SHARES:
        held = money[:, project]
        since = int(np.argmax(held < cost * (1 - 1e-12))) - 1
        return Lack(project, SUPPORTERS, max(cost - float(held[-1]), 0.0), float(held[-1]), since)
    if short is None:
        return Lack(project, BURDEN, 0.0, float(outcome.left), len(outcome.rounds))
    return Lack(project, BUDGET, float(cost - outcome.left), float(outcome.left), short)


def payments(election: Election, outcome: Outcome) -> tuple[Floats, ...]:
    """For each round minor units that fall on one person of each ballot that supports its project, in their order.

    What they paid with equal shares; by how much their burden grew with Phragmén; equal parts with greedy.
    """
    supporters, points = election.supporters, points_of(election, outcome)
    left = np.full(election.n_ballots, outcome.endowment / election.n_voters)
    carried = np.zeros(election.n_ballots)
    found = []
    for each in outcome.rounds:
        part = supporters.of(each.project)
        ballots = supporters.ballots[part]
        if each.by == EQUAL_SHARES:
            amounts = np.minimum(left[ballots], each.price * points[part])
            left[ballots] -= amounts
        elif each.by == PHRAGMEN:
            amounts = each.price - carried[ballots]
            carried[ballots] = each.price
        else:
            amounts = np.full(len(ballots), election.costs[each.project] / each.votes)
        found.append(amounts)
    return tuple(found)


def paid_by(election: Election, outcome: Outcome, ballot: int) -> tuple[Payment, ...]:
    """What the part of somebody with this ballot paid for. Raises BadInput: `ballot_unknown`.

    >>> from linli.methods.budgeting.election import gather
    >>> from linli.methods.budgeting.equal_shares import equal_shares
    >>> town = gather(100, [60, 50, 40], [[0], [0], [0], [1, 2], [2]])
    >>> paid_by(town, equal_shares(town), 3)
    (Payment(project=2, by='equal_shares', amount=20.0),)
    """
    if not 0 <= ballot < election.n_ballots:
        raise BadInput("ballot_unknown", value=ballot)
    found = []
    for each, amounts in zip(outcome.rounds, payments(election, outcome), strict=True):
        at = np.flatnonzero(election.supporters.ballots[election.supporters.of(each.project)] == ballot)
        if len(at):
            found.append(Payment(each.project, each.by, float(amounts[at[0]])))
    return tuple(found)
