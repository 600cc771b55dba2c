"""How alike two ways of dividing the same people are."""

import numpy as np

from linli.methods.arrays import Ints
from linli.methods.bad_input import BadInput


def adjusted_rand(one: Ints, other: Ints) -> float:
    """The adjusted Rand index: 1 for the same division, around 0 for what chance gives, whatever the groups are called.

    Everybody is counted, so leave out beforehand who is in no group. Two divisions without any division are alike.
    Raises BadInput `lengths_differ`. Cost: one pass. Source: Hubert and Arabie 1985.

    >>> adjusted_rand(np.array([0, 0, 1, 1]), np.array([1, 1, 0, 0]))
    1.0
    """
    if one.shape != other.shape:
        raise BadInput("lengths_differ", one=len(one), other=len(other))
    if not len(one):
        return 1.0
    _names, rows = np.unique(one, return_inverse=True)
    _names, columns = np.unique(other, return_inverse=True)
    width = int(columns.max()) + 1
    cells = np.bincount(rows * width + columns, minlength=(int(rows.max()) + 1) * width)
    cells = cells.reshape(-1, width)
    together, in_one, in_other = (
        float(couples(part)) for part in (cells, cells.sum(axis=1), cells.sum(axis=0))
    )
    chance = in_one * in_other / max(float(couples(np.array([len(one)]))), 1.0)
    most = (in_one + in_other) / 2
    return 1.0 if most == chance else (together - chance) / (most - chance)


def couples(sizes: Ints) -> int:
    """How many pairs of people share a cell."""
    return int((sizes * (sizes - 1) // 2).sum())
