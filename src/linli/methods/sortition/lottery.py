"""The fairest lottery over panels, and whether that is proven.

First the best means by the rule, then a lottery that has them. Where there is none the cuts that show it come in and
the means are worked out again. The means are always a bound on what any lottery can do, so a lottery that reaches them
is proven; if the work ends before, it says how far the smallest chance is from its bound.
"""

from dataclasses import dataclass

import numpy as np

from linli.methods.arrays import Floats, Ints
from linli.methods.bad_input import BadInput
from linli.methods.runs import Tell, quiet
from linli.methods.sortition.feasibility import find_panel, rows_of_panel
from linli.methods.sortition.kinds import Kinds, gather_kinds
from linli.methods.sortition.panels import SAME, decompose
from linli.methods.sortition.pool import Pool
from linli.methods.sortition.probabilities import Rule, find_means
from linli.methods.sortition.quotas import Quotas, check_quotas
from linli.methods.sortition.solver import join

# However tight the quotas, work ends: after so many cuts, or so many panels made on the way.
MOST_CUTTINGS, MOST_MADE = 60, 5_000


@dataclass(frozen=True, eq=False)
class FairLottery:
    """`panels` (int64, panels × kinds) with their `chances`; `probabilities` of each person (float64, in the order of
    the pool). `certified`: nothing fairer is possible; else the smallest chance is at most `gap` below the best one.
    `bound`: the smallest chance that any lottery by this rule could give. `cuttings`: how often cuts came in."""

    kinds: Kinds
    panels: Ints
    chances: Floats
    probabilities: Floats
    certified: bool
    bound: float
    gap: float
    cuttings: int


def find_lottery(
    pool: Pool, quotas: Quotas, size: int, rule: Rule = Rule.LEXIMIN, gamma: float = 1.0, tell: Tell = quiet
) -> FairLottery:
    """The lottery over panels that is fairest by the rule. Every panel has `size` people, keeps every quota, and has one
    person of a household at most where households are known; probabilities add up to `size`; people alike in
    everything have the same. The order of people changes nothing.

    Raises BadInput: what `check_quotas` raises, `no_panel`, `too_hard`. Cost: well under a second for a pool of 150,
    about half a minute for 1,700 people of 1,200 kinds.

    >>> from linli.methods.sortition.pool import make_pool
    >>> from linli.methods.sortition.quotas import make_quotas
    >>> pool = make_pool([[0], [0], [0], [1]])
    >>> found = find_lottery(pool, make_quotas([[(1, 2), (1, 1)]]), 2)
    >>> found.probabilities.round(6).tolist(), found.certified
    ([0.333333, 0.333333, 0.333333, 1.0], True)
    """
    check_quotas(pool, quotas, size)
    kinds = gather_kinds(pool)
    rows = rows_of_panel(kinds, quotas, size)
    first = find_panel(kinds, rows)
    if first is None:
        raise BadInput("no_panel", size=size)
    known, bounded = first[None].astype(np.int64), rows
    for cuttings in range(MOST_CUTTINGS):
        means = find_means(rule, kinds, bounded, gamma)
        tell("chances", cuttings, MOST_CUTTINGS)
        found = decompose(kinds, rows, means, known, tell)
        known = np.unique(np.concatenate([known, found.panels]), axis=0)
        if found.apart < SAME or not len(found.cuts) or len(known) > MOST_MADE:
            break
        bounded = join(bounded, found.cuts)
    reached = found.means / kinds.sizes
    bound = smallest(means / kinds.sizes)
    return FairLottery(
        kinds,
        found.panels,
        found.chances,
        reached[kinds.of],
        certified=found.apart < SAME,
        bound=bound,
        gap=max(0.0, bound - smallest(np.where(means > SAME, reached, 0.0))),
        cuttings=cuttings,
    )


def smallest(chances: Floats) -> float:
    """The smallest chance among those who have one."""
    some = chances[chances > SAME]
    return float(some.min()) if len(some) else 0.0
