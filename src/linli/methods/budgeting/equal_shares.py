"""The Method of Equal Shares: everybody gets an equal part of the budget, and it pays only for what they asked for.

A project is funded if those who asked for it can pay for it together, each the same or all that is left to them. First
comes the project that gives its supporters most for their money. So a third of the people decides about a third of it.
"""

from fractions import Fraction
from heapq import heapify, heappop, heappush

import numpy as np
import numpy.typing as npt

from linli.methods.arrays import Ints
from linli.methods.bad_input import BadInput
from linli.methods.budgeting.election import MOST_MONEY, Election, Utility, ranked
from linli.methods.budgeting.exact import Amounts, top_price
from linli.methods.budgeting.outcome import Outcome, Round
from linli.methods.budgeting.purses import NEAR, Offer, Purses

EQUAL_SHARES = "equal_shares"


def equal_shares(
    election: Election,
    utility: Utility | str = Utility.COST,
    order: npt.ArrayLike | None = None,
    endowment: int | None = None,
) -> Outcome:
    """The projects that equal parts of the money pay for, dearest price last.

    In each round every project c that is left asks for the least q(c) at which its supporters i together pay its cost,
    Σ min(money of i, q · points of i) = cost; the least q per worth is bought: worth is the cost (`cost`), 1
    (`cardinality`) or 1 with the points of ballots (`points`). Prices never fall, so that a project is asked again only
    when its last price would be the least. `order`: positions of projects as they go first in ties. `endowment`: minor
    units handed out to all together (the budget unless told); more than the budget may be spent then.
    Guarantees: every decision is that of exact fractions; nobody pays more than their part, nor for what they did not
    ask for. Projects that cost nothing are funded first if anybody asked for them.
    Raises BadInput: `utility_unknown`, `order_unknown`, `endowment_unknown`.
    Cost: some sweeps over the supporters of each funded project. Source: Peters, Pierczyński and Skowron 2021.

    >>> from linli.methods.budgeting.election import gather
    >>> town = gather(100, [60, 50, 40], [[0], [0], [0], [1, 2], [2]])
    >>> [(each.project, each.price) for each in equal_shares(town).rounds]
    [(0, 20.0), (2, 20.0)]
    """
    worth = known(utility)
    given = election.budget if endowment is None else endowment
    if not 0 <= given <= MOST_MONEY:
        raise BadInput("endowment_unknown", value=given)
    return Shopping(election, worth, ranked(order, election.n_projects), given).finish()


def known(utility: Utility | str) -> Utility:
    if utility not in list(Utility):
        raise BadInput("utility_unknown", value=str(utility))
    return Utility(utility)


class Shopping:
    """One run of the method: purses that empty, projects that wait."""

    def __init__(self, election: Election, utility: Utility, rank: Ints, endowment: int) -> None:
        self.election, self.rank, self.endowment = election, rank.tolist(), endowment
        self.costs, self.votes = election.costs.tolist(), election.votes.tolist()
        self.utility = str(utility)
        each, self.points = election.worth(utility)
        self.worth: list[int] = each.tolist()
        self.purses = Purses(election, self.points, endowment / election.n_voters)
        self.rounds: list[Round] = []
        self.left, self.settled = election.budget, 0
        self.exact: Amounts | None = None
        self.replayed = 0

    def finish(self) -> Outcome:
        asked_for = [project for project in range(self.election.n_projects) if self.votes[project]]
        free = [project for project in asked_for if not self.costs[project]]
        for project in sorted(free, key=self.rank.__getitem__):
            self.note(project, 0.0)
        self.replayed = len(free)
        near = self.election.n_voters * (1 - NEAR)
        # The least that each can ask for: nobody is short of money. Some clearly cannot be paid even from full purses.
        self.waiting = [
            (self.purses.least(project) / self.worth[project], project)
            for project in asked_for
            if 0 < self.costs[project] * near <= self.votes[project] * self.endowment
        ]
        heapify(self.waiting)
        while (offer := self.best()) is not None:
            self.purses.pay(offer)
            self.note(offer.project, offer.price)
        budget, rounds = self.election.budget, tuple(self.rounds)
        return Outcome(EQUAL_SHARES, budget, self.endowment, rounds, self.settled, self.utility)

    def note(self, project: int, price: float) -> None:
        self.left -= self.costs[project]
        self.rounds.append(Round(EQUAL_SHARES, project, price, self.votes[project], self.left))

    def best(self) -> Offer | None:
        """The project that is bought next, of those whose last price says that they may be it."""
        offers: list[Offer] = []
        limit = np.inf
        while self.waiting and self.waiting[0][0] <= limit * (1 + NEAR):
            _low, project = heappop(self.waiting)
            offer = self.purses.ask(project)
            if offer is not None and (offer.unclear or not np.isfinite(offer.high)):
                offer = self.reckon(project)
            if offer is not None:
                offers.append(offer)
                limit = min(limit, offer.high / self.worth[project])
        if not offers:
            return None
        near = [one for one in offers if one.low / self.worth[one.project] <= limit * (1 + NEAR)]
        chosen = near[0] if len(near) == 1 else self.settle(near)
        for offer in offers:
            if offer is not chosen:
                heappush(self.waiting, (offer.low / self.worth[offer.project], offer.project))
        return chosen

    def settle(self, near: list[Offer]) -> Offer:
        """Of prices that rounding does not tell apart the least in exact fractions, then the first in the order."""
        self.settled += 1
        values = {offer.project: self.per_worth(offer) for offer in near}
        return min(near, key=lambda offer: (values[offer.project], self.rank[offer.project]))

    def per_worth(self, offer: Offer) -> Fraction:
        if offer.even:
            price = Fraction(self.costs[offer.project], int(self.purses.pulls[offer.project]))
        else:
            found = self.exact_price(offer.project)
            # It was affordable when it was asked, and nobody has paid since.
            assert found is not None  # noqa: S101
            price = found
        return price / self.worth[offer.project]

    def reckon(self, project: int) -> Offer | None:
        """The offer in exact fractions, where rounding hides whether the supporters can pay."""
        self.settled += 1
        price = self.exact_price(project)
        if price is None:
            return None
        value = float(price)
        return Offer(project, value, value * (1 - NEAR), value * (1 + NEAR))

    def exact_price(self, project: int) -> Fraction | None:
        exact = self.replay()
        own = self.election.supporters.of(project)
        ballots = self.election.supporters.ballots[own]
        groups = exact.groups(ballots, self.points[own], self.election.weights[ballots])
        return top_price(self.costs[project], groups, exact.over)

    def replay(self) -> Amounts:
        """Everybody's money in exact fractions after the rounds so far."""
        if self.exact is None:
            share = Fraction(self.endowment, self.election.n_voters)
            self.exact = Amounts(self.election.n_ballots, share)
        while self.replayed < len(self.rounds):
            project = self.rounds[self.replayed].project
            self.replayed += 1
            own = self.election.supporters.of(project)
            ballots, points = self.election.supporters.ballots[own], self.points[own]
            groups = self.exact.groups(ballots, points, self.election.weights[ballots])
            price = top_price(self.costs[project], groups, self.exact.over)
            assert price is not None  # noqa: S101
            self.exact.pay(ballots, points, price)
        return self.exact
