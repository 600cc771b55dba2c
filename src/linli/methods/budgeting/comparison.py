"""Do more people prefer the usual way? Two outcomes side by side, each voter by what they would get."""

from dataclasses import dataclass

from linli.methods.budgeting.election import Election
from linli.methods.budgeting.outcome import Outcome
from linli.methods.budgeting.satisfaction import satisfy


@dataclass(frozen=True)
class Comparison:
    """How many voters are better off with the first outcome, with the second, or alike; and who has nothing in each."""

    first: int
    second: int
    alike: int
    first_nothing: int
    second_nothing: int

    @property
    def first_is_kept(self) -> bool:
        """The first stays unless more people prefer the second."""
        return self.first >= self.second

    @property
    def leaves_fewer_out(self) -> bool:
        """Whether the first leaves no more people with nothing than the second does."""
        return self.first_nothing <= self.second_nothing


def compare(election: Election, first: Outcome, second: Outcome) -> Comparison:
    """Counts voters by the cost of the funded projects that they asked for. Exact. Source: equalshares.net.

    >>> from linli.methods.budgeting.election import gather
    >>> from linli.methods.budgeting.equal_shares import equal_shares
    >>> from linli.methods.budgeting.greedy import greedy
    >>> town = gather(100, [50, 50, 50], [[0, 1]] * 4 + [[2]] * 4)
    >>> compare(town, equal_shares(town), greedy(town))
    Comparison(first=4, second=4, alike=0, first_nothing=0, second_nothing=4)
    """
    one, other = satisfy(election, first.funded), satisfy(election, second.funded)
    weights = election.weights
    return Comparison(
        int(weights[one.cost > other.cost].sum()),
        int(weights[one.cost < other.cost].sum()),
        int(weights[one.cost == other.cost].sum()),
        one.with_nothing,
        other.with_nothing,
    )
