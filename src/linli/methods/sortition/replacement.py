"""When somebody cannot come: who comes instead, drawn so that the panel stays what it was."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from linli.methods.arrays import Ints
from linli.methods.bad_input import BadInput
from linli.methods.sortition.draw import Stream
from linli.methods.sortition.pool import Pool
from linli.methods.sortition.quotas import Quotas


@dataclass(frozen=True)
class Replacement:
    """`person` comes for `leaves`, one of `among` equally likely ones who differ from them in `apart` features."""

    leaves: int
    person: int
    apart: int
    among: int


def draw_replacement(
    pool: Pool, quotas: Quotas, panel: Sequence[int], leaves: int, seed: int, away: Collection[int] = ()
) -> Replacement:
    """Who replaces somebody: first of people alike in every feature, else of those who differ in the fewest and with
    whom every quota is kept; each of them equally likely, by the seed.

    `away`: people who cannot come either. Raises BadInput: `not_on_panel`, `position_unknown`, `no_replacement`.

    >>> from linli.methods.sortition.pool import make_pool
    >>> from linli.methods.sortition.quotas import make_quotas
    >>> pool = make_pool([[0, 0], [0, 1], [0, 0], [1, 0]])
    >>> draw_replacement(pool, make_quotas([[(1, 1), (0, 1)], [(0, 2), (0, 2)]]), [0, 3], 0, seed=7)
    Replacement(leaves=0, person=2, apart=0, among=1)
    """
    if leaves not in panel:
        raise BadInput("not_on_panel", person=leaves)
    if not all(0 <= person < len(pool) for person in [*panel, *away]):
        raise BadInput("position_unknown")
    stay = np.array([person for person in panel if person != leaves], dtype=np.int64)
    free = np.ones(len(pool), dtype=bool)
    free[[*panel, *away]] = False
    if pool.households is not None:
        free &= ~np.isin(pool.households, pool.households[stay])
    apart = (pool.features != pool.features[leaves]).sum(axis=1)
    fits = np.flatnonzero(free & keeps_quotas(pool, quotas, stay))
    if not len(fits):
        raise BadInput("no_replacement", person=leaves)
    nearest = fits[apart[fits] == apart[fits].min()]
    person = int(nearest[Stream(seed, f"replacement {leaves}").below(len(nearest))])
    return Replacement(int(leaves), person, int(apart[person]), len(nearest))


def keeps_quotas(pool: Pool, quotas: Quotas, stay: Ints) -> np.ndarray:
    """With whom, beside those who stay, every quota is kept."""
    fits = np.ones(len(pool), dtype=bool)
    for feature in range(quotas.n_features):
        first, last = quotas.starts[feature], quotas.starts[feature + 1]
        counts = np.bincount(pool.features[stay, feature], minlength=last - first)
        least, most = quotas.least[first:last], quotas.most[first:last]
        short = np.flatnonzero(counts < least)
        full = (counts + 1 > most) | (len(short) > 1) | ((len(short) == 1) & (counts >= least))
        if len(short) == 1:
            full[short] |= counts[short] + 1 < least[short]
        if (counts > most).any():
            full[:] = True
        fits &= ~full[pool.features[:, feature]]
    return fits
