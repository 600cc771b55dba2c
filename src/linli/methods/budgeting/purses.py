"""What everybody has left, in floating point, with a bound on how wrong each amount may be.

Rounding is followed through every payment, so that a comparison is trusted only where no rounding could turn it. The
sums are numpy's pairwise ones: their error stays under 64 units of the last place for any number of ballots we take.
"""

from dataclasses import dataclass

import numpy as np

from linli.methods.arrays import Floats, Ints
from linli.methods.budgeting.election import Election

# Of a sum, and of a price beside another: no two prices nearer than that are told apart in floating point.
ROUNDING = 64 * 2.0**-52
NEAR = 1e-12
# What `sum` of an array comes to, without its way around through Python: most arrays here are short.
total = np.add.reduce


@dataclass(frozen=True)
class Offer:
    """What a project asks of its supporters for each point: between `low` and `high`, about `price`.

    `unclear`: rounding hides whether they can pay at all. `even`: certainly everybody pays the same for each point.
    """

    project: int
    price: float
    low: float
    high: float
    even: bool = False
    unclear: bool = False


class Purses:
    """Money of each ballot (of one person who cast it), `doubt` on each; no doubt is above `worst`."""

    def __init__(self, election: Election, points: Ints, share: float) -> None:
        self.starts = election.supporters.starts.tolist()
        self.ballots, self.points = election.supporters.ballots, points.astype(np.float64)
        # Mostly every ballot gives one point for each project: then whole columns need not be multiplied.
        self.ones = bool((points == 1).all())
        self.people = election.supporters.people.astype(np.float64)
        self.pull = self.people if self.ones else self.people * self.points
        self.pulls = np.add.reduceat(np.append(self.pull, 0.0), election.supporters.starts[:-1])
        self.costs = election.costs.astype(np.float64)
        self.left = np.full(election.n_ballots, share)
        self.doubt = np.full(election.n_ballots, share * ROUNDING)
        self.worst, self.votes = share * ROUNDING, election.votes.tolist()
        self.lows = np.zeros(election.n_projects)

    def each(self, own: slice) -> Floats | float:
        """The points of those supporters: one number if all have the same."""
        return 1.0 if self.ones else self.points[own]

    def of(self, project: int) -> slice:
        return slice(self.starts[project], self.starts[project + 1])

    def least(self, project: int) -> float:
        """What each supporter pays for each point if none of them is short of money: no price is ever below."""
        return float(self.costs[project] / self.pulls[project]) * (1 - ROUNDING)

    def ask(self, project: int) -> Offer | None:
        """What the project would cost each supporter now; None if certainly they have too little, now and for ever."""
        own, cost = self.of(project), float(self.costs[project])
        ballots, people = self.ballots[own], self.people[own]
        money = self.left.take(ballots)
        held = people * money
        together = float(total(held))
        # Most projects that are asked end here; what rounding may have done to each purse is looked up for the others.
        if together < cost - (2 * ROUNDING * (together + cost) + self.votes[project] * self.worst):
            return None
        unsure = people * (doubt := self.doubt.take(ballots))
        wrong = float(total(unsure)) + ROUNDING * (together + cost)
        if together < cost - wrong:
            return None
        if together <= cost + wrong:
            return Offer(project, 0.0, 0.0, np.inf, unclear=True)
        points = self.each(own)
        price, rich, poor = self.solve(project, money, held, points, self.pull[own])
        wrong = ROUNDING * cost
        if poor is not None:
            wrong += float(total(unsure[poor])) + ROUNDING * float(total(held[poor]))
        step = wrong / rich + ROUNDING * price
        self.lows[project] = low = max(price - step, 0.0)
        safe = money - doubt
        high = self.ceiling(price, 2 * step, cost, safe, people, points)
        return Offer(project, price, low, high, even=poor is None and bool((safe >= high * points).all()))

    def solve(
        self, project: int, money: Floats, held: Floats, points: Floats | float, pull: Floats
    ) -> tuple[float, float, np.ndarray | None]:
        """(price, points of those who can pay it, who cannot): from below, until nobody more is too poor."""
        cost, whole = float(self.costs[project]), float(self.pulls[project])
        price, rich, count = max(float(self.lows[project]), self.least(project)), whole, 0
        poor: np.ndarray | None = None
        while True:
            now = money < price * points
            if (more := int(np.count_nonzero(now))) <= count:
                return (cost / whole if poor is None else price), rich, poor
            remaining = whole - float(total(pull[now]))
            if remaining < 1:
                return price, rich, poor
            poor, count, rich = now, more, remaining
            price = max(price, (cost - float(total(held[poor]))) / rich)

    def ceiling(
        self, price: float, step: float, cost: float, safe: Floats, people: Floats, points: Floats | float
    ) -> float:
        """A price at which the supporters pay enough for certain, even if each has the least that they may have."""
        for _widening in range(40):
            high = price + step
            if float(total(people * np.minimum(safe, high * points))) >= cost * (1 + ROUNDING):
                return high
            step *= 4
        return np.inf

    def pay(self, offer: Offer) -> None:
        """Everybody who supports it pays, or gives all that they have."""
        own = self.of(offer.project)
        ballots, points = self.ballots[own], self.each(own)
        money, doubt = self.left.take(ballots), self.doubt.take(ballots)
        left = np.maximum(money - offer.price * points, 0.0)
        empty = money + doubt < offer.low * points
        left[empty] = 0.0
        more = doubt + (offer.high - offer.low) * points + ROUNDING * money
        more[empty] = 0.0
        self.left[ballots], self.doubt[ballots] = left, more
        self.worst = max(self.worst, float(more.max()))
