"""The fairest lottery over panels, and whether that is proven.

First the best means by the rule, then a lottery that has them. Where there is none the cuts that show it come in and
the means are worked out again. The means are always a bound on what any lottery can do, so a lottery that reaches them
is proven; if the work ends before, it says how far what the rule wants first is from its bound.
"""

from dataclasses import dataclass

import numpy as np

from linli.methods.arrays import Flags, Floats, Ints
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
    the pool). `certified`: nothing fairer is possible. `bound`: no lottery can do better than this at what the rule
    wants first, which is the smallest chance (leximin, maximin), the geometric mean of chances (nash), or the sum that
    is to be small (goldilocks). `gap`: by so much at most this lottery misses it, 0 where it is certified; it says
    nothing of what comes after, as the second smallest chance of leximin: there the bound holds only in the order of
    leximin, not place by place. None where it cannot be said: somebody has no chance here of whom it is not known
    whether they fit on any panel. `cuttings`: how often cuts came in."""

    kinds: Kinds
    panels: Ints
    chances: Floats
    probabilities: Floats
    certified: bool
    bound: float
    gap: float | None
    cuttings: int


def find_lottery(
    pool: Pool,
    quotas: Quotas,
    size: int,
    rule: Rule = Rule.LEXIMIN,
    gamma: float = 1.0,
    tell: Tell = quiet,
    most_cuttings: int = MOST_CUTTINGS,
) -> FairLottery:
    """The lottery over panels that is fairest by the rule. Every panel has `size` people, keeps every quota, and has one
    person of a household at most where households are known; probabilities add up to `size`; people alike in
    everything have the same. The order of people changes nothing. After `most_cuttings` the lottery found last is
    taken as it is, not certified.

    Raises BadInput: what `check_quotas` raises, `no_panel`, `too_hard`. Cost: well under a second for a pool of 150,
    about ten seconds for 1,700 people of 1,200 kinds.

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
    for cuttings in range(most_cuttings + 1):
        try:
            means = find_means(rule, kinds, bounded, gamma)
        except BadInput as wrong:
            if wrong.code != "no_panel" or not cuttings:
                raise
            # There is a panel; cuts leave so little space that rounding closes it. What was found last stands.
            break
        tell("chances", cuttings, most_cuttings)
        found = decompose(kinds, rows, means, known, tell)
        known = np.unique(np.concatenate([known, found.panels]), axis=0)
        if found.apart < SAME or not len(found.cuts) or len(known) > MOST_MADE:
            break
        bounded = join(bounded, found.cuts)
    certified = found.apart < SAME
    bound, gap = compare(rule, means, found.means, kinds, gamma)
    return FairLottery(
        kinds,
        found.panels,
        found.chances,
        (found.means / kinds.sizes)[kinds.of],
        certified,
        bound,
        gap=0.0 if certified else gap,
        cuttings=cuttings,
    )


def compare(
    rule: Rule, means: Floats, reached: Floats, kinds: Kinds, gamma: float
) -> tuple[float, float | None]:
    """The bound on what the rule wants first, and how far the reached means are from it, if that can be said."""
    some = means > SAME
    bound = wanted(rule, means, kinds, some, gamma)
    if not (reached[some] > SAME).all():
        return bound, None
    return bound, abs(bound - wanted(rule, reached, kinds, some, gamma))


def wanted(rule: Rule, means: Floats, kinds: Kinds, some: Flags, gamma: float) -> float:
    """What the rule wants first, of the people of some kinds."""
    chances, sizes = means[some] / kinds.sizes[some], kinds.sizes[some]
    if rule == Rule.NASH:
        return float(np.exp(sizes @ np.log(chances) / sizes.sum()))
    if rule == Rule.GOLDILOCKS:
        equal = float(means.sum() / kinds.sizes.sum())
        return float(chances.max() / equal + gamma * equal / chances.min())
    return float(chances.min())
