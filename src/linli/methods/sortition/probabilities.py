"""Each person's chance, as fair as the quotas let it be, for the four meanings of fair that the field uses.

Worked out for the mean number of each kind on a panel: any lottery over panels has one, and it keeps every sum that all
panels keep. So what is best here is a bound on what any lottery can do; `panels.py` finds the lottery that reaches it,
or hands back a cut (a sum that no lottery passes) with which the bound comes down.
"""

from enum import StrEnum

import numpy as np

from linli.methods.arrays import Flags, Floats
from linli.methods.bad_input import BadInput
from linli.methods.sortition.kinds import Kinds
from linli.methods.sortition.solver import Rows, Solution, join, make_rows, maximise

# Of prices that add up to one; what is below is rounding. Levels that are held get this much room, and ten times as
# much where cuts leave so little space that rounding alone makes the next level impossible.
PRICED, ROOM, MORE_ROOM = 1e-7, 1e-8, 1e-7
# A kind with less than this has no place on any panel.
NO_CHANCE = 1e-7
# The logarithm is followed by straight pieces, finer around the best so far each time.
PIECES, ZOOMS, NEAR = 24, 7, 1e-9


class Rule(StrEnum):
    """What is meant by fair."""

    LEXIMIN = "leximin"
    MAXIMIN = "maximin"
    NASH = "nash"
    GOLDILOCKS = "goldilocks"


def find_means(rule: Rule, kinds: Kinds, rows: Rows, gamma: float = 1.0) -> Floats:
    """How many of each kind a panel has in the mean, by that rule; over `sizes` it is each person's chance.

    - leximin: the smallest chance as large as can be, then the next, and so on. There is one answer.
    - maximin: the smallest chance as large as can be; of those, the largest as small as can be; the rest by leximin.
    - nash: the product of all chances as large as can be. There is one answer.
    - goldilocks: (n/k) · largest + γ · (k/n) / smallest as small as can be; the rest by leximin.

    People who are on no panel have chance 0 and are left out of all this. Takes the rows of a panel and cuts, if any.
    Raises BadInput: `no_panel`, `rule_unknown`, `too_hard`. Cost: a few linear programmes over kinds.
    Source: Flanigan et al. 2021 (leximin, maximin, nash), Baharav & Flanigan 2024 (goldilocks).

    >>> from linli.methods.sortition.kinds import gather_kinds
    >>> from linli.methods.sortition.feasibility import rows_of_panel
    >>> from linli.methods.sortition.pool import make_pool
    >>> from linli.methods.sortition.quotas import make_quotas
    >>> kinds = gather_kinds(make_pool([[0], [0], [0], [1]]))
    >>> means = find_means(Rule.LEXIMIN, kinds, rows_of_panel(kinds, make_quotas([[(1, 2), (0, 1)]]), 2))
    >>> [round(float(chance), 6) for chance in means / kinds.sizes]
    [0.5, 0.5]
    """
    reached = find_reachable(kinds, rows)
    if rule == Rule.LEXIMIN:
        return find_leximin(kinds, rows, reached)
    if rule == Rule.NASH:
        return find_nash(kinds, rows, reached)
    least = find_level(kinds, rows, reached)
    if rule == Rule.MAXIMIN:
        return find_leximin(kinds, rows, reached, least, find_ceiling(kinds, rows, reached, least))
    if rule == Rule.GOLDILOCKS:
        return find_leximin(kinds, rows, reached, *find_middle(kinds, rows, reached, least, gamma))
    raise BadInput("rule_unknown", rule=rule)


def find_reachable(kinds: Kinds, rows: Rows) -> Flags:
    """Which kinds have a place on some panel, as far as sums of rows can tell."""
    n = len(kinds)
    little = np.full(n, 1e-3)
    parts = [(np.array([t, n + t]), np.array([1.0, -1.0]), 0.0, np.inf) for t in range(n)]
    gain = np.concatenate([np.zeros(n), np.ones(n)])
    most = np.concatenate([kinds.most, little])
    found = must(maximise(gain, join(rows, make_rows(parts)), np.zeros(2 * n), most))
    reachable: Flags = found.values[:n] > NO_CHANCE
    return reachable


def must(found: Solution | None) -> Solution:
    if found is None:
        raise BadInput("no_panel")
    return found


def find_leximin(
    kinds: Kinds, rows: Rows, reached: Flags, floor: float = 0.0, ceiling: float = 1.0
) -> Floats:
    """Level by level: the largest that all free kinds can have; those whose price says they can have no more are held."""
    n = len(kinds)
    least, most = bounds(kinds, reached, floor, ceiling)
    free = reached.copy()
    values = np.zeros(n)
    while free.any():
        found = solve_level(kinds, rows, least, most, free)
        if found is None:
            found = must(solve_level(kinds, rows, np.maximum(least - MORE_ROOM, 0), most, free))
        values, level = found.values[:n], found.reached
        held = np.flatnonzero(free)[found.prices[len(rows) :] < -PRICED]
        if not len(held):
            held = np.flatnonzero(free)
        least[held] = np.minimum(np.maximum(kinds.sizes[held] * (level - ROOM), 0), most[held])
        free[held] = False
    return np.clip(values, 0, kinds.most)


def solve_level(kinds: Kinds, rows: Rows, least: Floats, most: Floats, free: Flags) -> Solution | None:
    n, own = len(kinds), np.flatnonzero(free)
    pairs = np.column_stack([own, np.full(len(own), n)]).reshape(-1)
    weights = np.column_stack([1 / kinds.sizes[own], -np.ones(len(own))]).reshape(-1)
    levels = Rows(2 * np.arange(len(own) + 1), pairs, weights, np.zeros(len(own)), np.full(len(own), np.inf))
    gain = np.append(np.zeros(n), 1.0)
    return maximise(gain, join(rows, levels), np.append(least, 0.0), np.append(most, 1.0))


def bounds(kinds: Kinds, reached: Flags, floor: float, ceiling: float) -> tuple[Floats, Floats]:
    """Between which numbers each kind's mean stands when chances stand between two."""
    most = np.where(reached, np.minimum(kinds.most, kinds.sizes * min(1.0, ceiling + ROOM)), 0.0)
    least = np.where(reached, np.minimum(kinds.sizes * max(0.0, floor - ROOM), most), 0.0)
    return least, most


def find_level(kinds: Kinds, rows: Rows, reached: Flags) -> float:
    """The largest chance that everybody who is on some panel can have at least."""
    return must(solve_level(kinds, rows, *bounds(kinds, reached, 0, 1), reached)).reached


def find_ceiling(kinds: Kinds, rows: Rows, reached: Flags, floor: float) -> float:
    """The smallest chance that nobody need pass when everybody has at least `floor`."""
    n = len(kinds)
    parts = [
        (np.array([t, n]), np.array([1 / kinds.sizes[t], -1.0]), -np.inf, 0.0)
        for t in np.flatnonzero(reached)
    ]
    least, most = bounds(kinds, reached, floor, 1)
    gain = np.append(np.zeros(n), -1.0)
    found = maximise(gain, join(rows, make_rows(parts)), np.append(least, 0.0), np.append(most, 1.0))
    return -must(found).reached


def find_middle(kinds: Kinds, rows: Rows, reached: Flags, least: float, gamma: float) -> tuple[float, float]:
    """The smallest and the largest chance of goldilocks: one number is sought, and the sum to be small is convex in it."""
    if not gamma > 0:
        raise BadInput("out_of_bounds", gamma=gamma)
    k, n = float(rows.least[0]), float(kinds.sizes.sum())
    golden = (np.sqrt(5) - 1) / 2

    def cost(floor: float) -> float:
        return n / k * find_ceiling(kinds, rows, reached, floor) + gamma * k / n / floor

    low, high = least * 1e-3, least
    one, other = high - golden * (high - low), low + golden * (high - low)
    cost_one, cost_other = cost(one), cost(other)
    while high - low > 1e-7 * least:
        if cost_one <= cost_other:
            high, other, cost_other = other, one, cost_one
            one = high - golden * (high - low)
            cost_one = cost(one)
        else:
            low, one, cost_one = one, other, cost_other
            other = low + golden * (high - low)
            cost_other = cost(other)
    floor = min((cost(at), at) for at in ((low + high) / 2, least))[1]
    return floor, find_ceiling(kinds, rows, reached, floor)


def find_nash(kinds: Kinds, rows: Rows, reached: Flags) -> Floats:
    """The largest Σ size · log(mean / size): the logarithm as straight pieces, cut finer where the best stands."""
    own = np.flatnonzero(reached)
    least, most = bounds(kinds, reached, find_level(kinds, rows, reached) * 1e-3, 1)
    most = np.maximum(most, least)
    low, high = np.maximum(least[own], 1e-12), most[own]
    grid = low[:, None] * (high / low)[:, None] ** np.linspace(0, 1, PIECES)
    means = np.zeros(len(kinds))
    for zoom in range(ZOOMS):
        means[own] = solve_pieces(kinds, rows, own, grid)
        width = 0.5 * 0.25**zoom
        near = means[own, None] * (1 + width * np.linspace(-1, 1, PIECES))
        coarse = low[:, None] * (high / low)[:, None] ** np.linspace(0, 1, 7)
        grid = np.sort(np.clip(np.concatenate([near, coarse], axis=1), low[:, None], high[:, None]), axis=1)
    return np.clip(means, 0, kinds.most)


def solve_pieces(kinds: Kinds, rows: Rows, own: np.ndarray, grid: Floats) -> Floats:
    """The best means when the logarithm runs straight from point to point of each kind's grid."""
    steps = np.diff(grid, axis=1)
    rise = kinds.sizes[own, None] * np.diff(np.log(grid), axis=1)
    gain = np.divide(rise, steps, out=np.zeros_like(rise), where=steps > NEAR * grid[:, :-1])
    pieces = steps.shape[1]
    at = np.full(len(kinds), -1)
    at[own] = np.arange(len(own))
    parts = []
    base = np.zeros(len(kinds))
    base[own] = grid[:, 0]
    for row in range(len(rows)):
        part = slice(rows.starts[row], rows.starts[row + 1])
        columns, weights = rows.columns[part], rows.weights[part]
        here = at[columns] >= 0
        shift = float(weights @ base[columns])
        wide = (at[columns[here], None] * pieces + np.arange(pieces)).reshape(-1)
        if len(wide):
            parts.append(
                (wide, np.repeat(weights[here], pieces), rows.least[row] - shift, rows.most[row] - shift)
            )
    size = steps.size
    found = must(maximise(gain.reshape(-1), make_rows(parts), np.zeros(size), steps.reshape(-1)))
    values: Floats = grid[:, 0] + found.values.reshape(steps.shape).sum(axis=1)
    return values
