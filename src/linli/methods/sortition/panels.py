"""From means to a lottery: panels, and how likely each is, so that every kind comes up as often as its mean says.

Peeling: a panel within the rounded means, as much of it as fits, and so on with what is left; each step brings one more
number to a whole one. Where no panel is left inside, columns (panels) are made one by one where their price is best;
when even the best does not help, its price is a cut: a sum that no lottery passes and that the means do.
"""

from dataclasses import dataclass

import numpy as np

from linli.methods.arrays import Floats, Ints
from linli.methods.bad_input import BadInput
from linli.methods.runs import Tell, quiet
from linli.methods.sortition.kinds import Kinds
from linli.methods.sortition.solver import Rows, Solution, join, make_rows, maximise

# A number this near a whole one is whole; a lottery whose means differ by less from those wanted has them.
WHOLE, SAME = 1e-7, 1e-6
MOST_ROUNDS = 400
# A good panel inside will do, looking for the best of them costs more than a few steps more. So it is looked for near the
# best that need not be whole: only so many kinds are free, those that are least decided there.
NEAR_ENOUGH, UNDECIDED = 0.5, 60
# The last cuts are the deepest; and so much room, since what HiGHS proves is good to some digits only.
KEPT_CUTS, CUT_ROOM = 20, 1e-7


@dataclass(frozen=True, eq=False)
class Lottery:
    """`panels` (int64, panels × kinds): how many of each kind; `chances` (float64, sum 1). `apart`: by how much the
    means of the lottery and those wanted differ in all; `cuts`: sums that no lottery passes."""

    panels: Ints
    chances: Floats
    apart: float
    cuts: Rows

    @property
    def means(self) -> Floats:
        found: Floats = self.chances @ self.panels
        return found


def decompose(
    kinds: Kinds, rows: Rows, means: Floats, known: Ints | None = None, tell: Tell = quiet
) -> Lottery:
    """A lottery over panels with these means, or the nearest one found and cuts.

    `rows` are those of a panel (no cuts); `known` panels to begin from where peeling does not end. Every panel keeps
    every row exactly. Raises BadInput `no_panel`, `too_hard`. Cost: about a whole-number programme for each kind, most
    of them tiny.
    """
    panels, chances = peel(kinds, rows, means, tell)
    apart = float(np.abs(chances @ panels - means).sum()) if len(panels) else np.inf
    if apart < SAME:
        return Lottery(panels, chances, apart, make_rows([]))
    if known is not None:
        panels = np.unique(np.concatenate([known, panels]), axis=0)
    return fit(kinds, rows, means, panels, tell)


def peel(kinds: Kinds, rows: Rows, means: Floats, tell: Tell) -> tuple[Ints, Floats]:
    """Panels from the inside, until everything is used up or none is left inside."""
    left, mass = means.copy(), 1.0
    panels: list[Floats] = []
    chances: list[float] = []
    while mass > 1e-12 and len(panels) < 4 * (len(kinds) + len(rows)):
        tell("panels", len(panels), len(kinds))
        panel = panel_inside(rows, left)
        if panel is None:
            break
        share = largest_share(rows, left, panel)
        panels.append(panel)
        chances.append(mass * share)
        if share >= 1:
            break
        left, mass = (left - share * panel) / (1 - share), mass * (1 - share)
    if not panels:
        return np.zeros((0, len(kinds)), dtype=np.int64), np.zeros(0)
    weights = np.array(chances)
    return np.array(panels, dtype=np.int64), weights / weights.sum()


def rounded(values: Floats) -> tuple[Floats, Floats]:
    """The whole numbers below and above; both are the same where a number is whole."""
    return np.floor(values + WHOLE), np.ceil(values - WHOLE)


def panel_inside(rows: Rows, left: Floats) -> Floats | None:
    """A panel whose numbers and sums are those of `left`, each rounded down or up; upward where more is left."""
    low, high = rounded(left)
    inside = Rows(rows.starts, rows.columns, rows.weights, *rounded(rows.sums(left)))
    gain = left - low
    best = maximise(gain, inside, low, high)
    if best is None:
        return None
    near = np.round(best.values)
    decided = np.where(np.abs(best.values - near) < WHOLE, np.abs(best.slopes), -1.0)
    order = np.argsort(decided, kind="stable")
    for free in (order[:UNDECIDED], order):
        least, most = near.copy(), near.copy()
        least[free], most[free] = low[free], high[free]
        panel = maximise(gain, inside, least, most, True, NEAR_ENOUGH)
        if panel is not None:
            return panel.values
    return None


def largest_share(rows: Rows, left: Floats, panel: Floats) -> float:
    """How much of the panel can be taken so that what is left stays within its rounded numbers and sums."""
    share = 1.0
    for values, taken in ((left, panel), (rows.sums(left), rows.sums(panel))):
        low, high = rounded(values)
        room = np.where(taken > values, values - low, high - values)
        span = high - low
        moving = span > 0
        if moving.any():
            share = min(share, float((room[moving] / span[moving]).min()))
    return share


def fit(kinds: Kinds, rows: Rows, means: Floats, panels: Ints, tell: Tell) -> Lottery:
    """The nearest lottery: panels are added while one helps, by its price."""
    most, cuts = kinds.most.astype(np.float64), []
    for turn in range(MOST_ROUNDS):
        tell("fitting", turn, MOST_ROUNDS)
        chances, prices, apart = nearest(panels, means)
        if apart < SAME:
            break
        known = float((panels @ prices).max()) + SAME / 10 if len(panels) else -np.inf
        found = price_panel(rows, most, prices, known)
        if found.bound < float(prices @ means) - SAME / 10:
            cuts.append(cut_of(prices, found.bound))
        if found.reached <= known:
            break
        panels = np.concatenate([panels, found.values[None].astype(np.int64)])
    chances, _prices, apart = nearest(panels, means)
    used = chances > 1e-12
    return Lottery(panels[used], chances[used] / chances[used].sum(), apart, joined(cuts[-KEPT_CUTS:]))


def price_panel(rows: Rows, most: Floats, prices: Floats, known: float) -> Solution:
    """Any panel whose price is above what is known; where there is none the dearest, with the proof that it is."""
    none = np.zeros(len(most))
    found = maximise(prices, rows, none, most, True, NEAR_ENOUGH)
    if found is not None and found.reached <= known:
        found = maximise(prices, rows, none, most, True, SAME / 10)
    if found is None:
        raise BadInput("no_panel")
    return found


def joined(cuts: list[Rows]) -> Rows:
    return join(*cuts) if cuts else make_rows([])


def cut_of(prices: Floats, bound: float) -> Rows:
    own = np.flatnonzero(np.abs(prices) > 1e-12)
    return make_rows([(own, prices[own], -np.inf, bound + CUT_ROOM)])


def nearest(panels: Ints, means: Floats) -> tuple[Floats, Floats, float]:
    """The lottery over these panels whose means differ least in all; the price of each kind; and by how much."""
    m, n = panels.shape
    parts = []
    for kind in range(n):
        own = np.flatnonzero(panels[:, kind])
        columns = np.concatenate([own, [m + kind, m + n + kind]])
        weights = np.concatenate([panels[own, kind], [1.0, -1.0]])
        parts.append((columns, weights, float(means[kind]), float(means[kind])))
    parts.append((np.arange(m), np.ones(m), 1.0, 1.0))
    gain = np.concatenate([np.zeros(m), -np.ones(2 * n)])
    found = maximise(gain, make_rows(parts), np.zeros(m + 2 * n), np.full(m + 2 * n, np.inf))
    if found is None:
        raise BadInput("no_panel")
    return found.values[:m], -found.prices[:n], -found.reached
