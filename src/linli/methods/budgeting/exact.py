"""Money as whole fractions: what decides wherever rounding cannot.

Everybody's money (or burden) has one common denominator, so that only whole numbers are added and compared. Ballots that
have the same amount are one kind: far fewer than people.
"""

from fractions import Fraction
from math import gcd

import numpy as np

from linli.methods.arrays import Ints


class Amounts:
    """An exact amount for each ballot, the same for all at first."""

    def __init__(self, n_ballots: int, at_first: Fraction) -> None:
        self.kinds: Ints = np.zeros(n_ballots, dtype=np.int64)
        self.amounts, self.over = [at_first.numerator], at_first.denominator

    def of(self, ballot: int) -> Fraction:
        return Fraction(self.amounts[int(self.kinds[ballot])], self.over)

    def groups(self, ballots: Ints, points: Ints, people: Ints) -> list[tuple[int, int, int]]:
        """(amount over `over`, points, people) of those ballots, each pair of amount and points once. Columns of one length."""
        most = int(points.max()) + 1
        keys, which = np.unique(self.kinds[ballots] * most + points, return_inverse=True)
        together = np.zeros(len(keys), dtype=np.int64)
        np.add.at(together, which, people)
        pairs = zip(keys.tolist(), together.tolist(), strict=True)
        return [(self.amounts[key // most], key % most, each) for key, each in pairs]

    def pay(self, ballots: Ints, points: Ints, top: Fraction) -> None:
        """Takes from each ballot `top` for each point, or all that it has."""
        share = self.denominate(top)
        most = int(points.max()) + 1
        keys, which = np.unique(self.kinds[ballots] * most + points, return_inverse=True)
        rest = [max(0, self.amounts[key // most] - share * (key % most)) for key in keys.tolist()]
        self.set_kinds(ballots, which, rest)

    def put(self, ballots: Ints, value: Fraction) -> None:
        """Gives each of these ballots that amount instead of its own."""
        amount = self.denominate(value)
        self.set_kinds(ballots, np.zeros(len(ballots), dtype=np.int64), [amount])

    def denominate(self, value: Fraction) -> int:
        """The value over `over`, after widening `over` so that it is whole."""
        factor = value.denominator // gcd(value.denominator, self.over)
        if factor > 1:
            self.over *= factor
            self.amounts = [amount * factor for amount in self.amounts]
        return value.numerator * (self.over // value.denominator)

    def set_kinds(self, ballots: Ints, which: Ints, amounts: list[int]) -> None:
        """Every ballot's kind anew: one for each amount that is left, the denominator as small as it can be."""
        kinds = self.kinds.copy()
        kinds[ballots] = len(self.amounts) + which
        used, places = np.unique(kinds, return_inverse=True)
        both = self.amounts + amounts
        values = [both[kind] for kind in used.tolist()]
        common = gcd(self.over, *values)
        at = {value: place for place, value in enumerate(dict.fromkeys(values))}
        self.kinds = np.array([at[value] for value in values], dtype=np.int64)[places]
        self.amounts, self.over = [value // common for value in at], self.over // common


def top_price(cost: int, groups: list[tuple[int, int, int]], over: int) -> Fraction | None:
    """The q at which all people's min(money, q · points) add up to the cost; None if they have less than it costs.

    >>> top_price(10, [(1, 1, 2), (30, 1, 2)], 1)
    Fraction(4, 1)
    """
    missing, rich = cost * over, sum(points * people for _amount, points, people in groups)
    if sum(amount * people for amount, _points, people in groups) < missing:
        return None
    from_poorest = iter(sorted(groups, key=lambda group: Fraction(group[0], group[1])))
    amount, points, people = next(from_poorest)
    while missing * points > amount * rich:
        missing, rich = missing - amount * people, rich - points * people
        amount, points, people = next(from_poorest)
    return Fraction(missing, rich * over)
