"""How closely a panel mirrors the pool it came from."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from linli.methods.arrays import Floats, Ints, add_up
from linli.methods.sortition.pool import Pool
from linli.methods.sortition.quotas import Quotas


@dataclass(frozen=True, eq=False)
class Mirror:
    """For each value of each feature, in the order of the quotas: people in the `pool`, on the `panel`, and `expected`
    on one. For each feature, `apart`: the share of the panel (0 to 1) that would have to be others for it to be as the pool.
    """

    pool: Ints
    panel: Ints
    expected: Floats
    apart: Floats


def hold_mirror(pool: Pool, quotas: Quotas, panel: Sequence[int], probabilities: Floats) -> Mirror:
    """Counts of pool and panel side by side. Quotas may ask for another mix than the pool's: then `apart` is wanted.

    >>> from linli.methods.sortition.pool import make_pool
    >>> from linli.methods.sortition.quotas import make_quotas
    >>> pool = make_pool([[0], [0], [0], [1]])
    >>> found = hold_mirror(pool, make_quotas([[(1, 2), (1, 1)]]), [0, 3], np.array([1 / 3, 1 / 3, 1 / 3, 1]))
    >>> found.pool.tolist(), found.panel.tolist(), found.apart.tolist()
    ([3, 1], [1, 1], [0.25])
    """
    chosen = np.asarray(panel, dtype=np.int64)
    cells = pool.features + quotas.starts[:-1]
    width = len(quotas.least)
    there = np.bincount(cells.reshape(-1), minlength=width).astype(np.int64)
    drawn = np.bincount(cells[chosen].reshape(-1), minlength=width).astype(np.int64)
    weights = np.repeat(probabilities, pool.features.shape[1])
    expected = add_up(cells.reshape(-1), weights, width)
    differs = np.abs(there / len(pool) - drawn / max(len(chosen), 1)) / 2
    return Mirror(there, drawn, expected, np.add.reduceat(differs, quotas.starts[:-1]))


def gini(probabilities: Floats) -> float:
    """How unequal chances are: 0 where all are the same, towards 1 where one has everything.

    >>> gini(np.array([0.25, 0.25, 0.25, 0.25])), gini(np.array([0.0, 0.0, 0.0, 1.0]))
    (0.0, 0.75)
    """
    ordered = np.sort(probabilities)
    n = len(ordered)
    return float((2 * np.arange(1, n + 1) - n - 1) @ ordered / (n * ordered.sum()))
