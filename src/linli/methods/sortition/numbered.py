"""A lottery that fits on a sheet: 1,000 numbered panels, each as likely as the next; one number is drawn.

How often each panel stands on the sheet is rounded so that the chances of all stay as near as can be; who stands for a
kind takes turns, so that people alike stand there equally often, or once more than another.
"""

from dataclasses import dataclass

import numpy as np

from linli.methods.arrays import Floats, Ints
from linli.methods.sortition.kinds import Kinds
from linli.methods.sortition.lottery import FairLottery
from linli.methods.sortition.pool import Pool

NUMBERED = 1000
MOST_SWAPS = 300


@dataclass(frozen=True, eq=False)
class NumberedLottery:
    """`panels` (int64, 1000 × size): the people of each panel, rising. `times` (int64): on how many each person stands;
    over 1000 that is the chance that holds. `farthest`: the most that it is from the lottery it was rounded from."""

    panels: Ints
    times: Ints
    farthest: float


def number_panels(pool: Pool, lottery: FairLottery, number: int = NUMBERED) -> NumberedLottery:
    """The lottery as so many equally likely panels. Ties within a kind: who stands first in the pool comes first.

    Cost: about a second for 1,700 people.

    >>> from linli.methods.sortition.pool import make_pool
    >>> from linli.methods.sortition.quotas import make_quotas
    >>> from linli.methods.sortition.lottery import find_lottery
    >>> pool = make_pool([[0], [0], [0], [1]])
    >>> number_panels(pool, find_lottery(pool, make_quotas([[(1, 2), (1, 1)]]), 2)).times.tolist()
    [334, 333, 333, 1000]
    """
    repeats = round_chances(lottery.panels, lottery.chances, lottery.kinds.sizes, number)
    turns = Turns(pool, lottery.kinds)
    sheet = [
        turns.seat(panel)
        for panel, often in zip(lottery.panels, repeats, strict=True)
        for _one in range(often)
    ]
    panels = np.array(sheet, dtype=np.int64)
    times = np.bincount(panels.reshape(-1), minlength=len(pool)).astype(np.int64)
    farthest = float(np.abs(times / number - lottery.probabilities).max())
    return NumberedLottery(panels, times, farthest)


def round_chances(panels: Ints, chances: Floats, sizes: Ints, number: int) -> Ints:
    """Whole repeats that add up to `number`: by largest rest, then one up and one down while the chances come nearer."""
    wanted = chances * number
    repeats = np.floor(wanted + 1e-9).astype(np.int64)
    rest = np.argsort(-(wanted - repeats), kind="stable")
    repeats[rest[: number - int(repeats.sum())]] += 1
    shares = panels / np.sqrt(sizes)
    # einsum adds in one order whatever the number of threads; a product of matrices does not.
    alike = np.einsum("ik,jk->ij", shares, shares)
    lengths = np.diag(alike)
    for _swap in range(MOST_SWAPS):
        pull = np.einsum("ij,j->i", alike, repeats - wanted)
        up, down = 2 * pull + lengths, np.where(repeats > 0, lengths - 2 * pull, np.inf)
        change = up[:, None] + down[None, :] - 2 * alike
        at = int(change.argmin())
        one, other = divmod(at, len(repeats))
        if change[one, other] > -1e-9:
            break
        repeats[one] += 1
        repeats[other] -= 1
    return repeats


class Turns:
    """Who of a kind sits next: of those whose household is not there yet, who sat least often."""

    def __init__(self, pool: Pool, kinds: Kinds) -> None:
        order = np.argsort(kinds.of, kind="stable")
        ends = np.cumsum(kinds.sizes)[:-1]
        self._members = [part.tolist() for part in np.split(order, ends)]
        homes = np.arange(len(pool)) if pool.households is None else pool.households
        self._homes = homes.tolist()
        self._sat = [0] * len(pool)
        # Kinds that share households sit one after the other, the scarcest first.
        self._order = np.lexsort((kinds.sizes, kinds.shares)).tolist()

    def seat(self, panel: Ints) -> list[int]:
        """People for these counts of kinds, rising."""
        there: set[int] = set()
        seated = []
        counts = panel.tolist()
        for kind in self._order:
            if counts[kind]:
                seated += self._seat_kind(kind, counts[kind], there)
        return sorted(seated)

    def _seat_kind(self, kind: int, count: int, there: set[int]) -> list[int]:
        seated: list[int] = []
        for person in sorted(self._members[kind], key=lambda one: (self._sat[one], one)):
            if len(seated) == count:
                break
            if self._homes[person] not in there:
                there.add(self._homes[person])
                self._sat[person] += 1
                seated.append(person)
        return seated
