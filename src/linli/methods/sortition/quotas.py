"""How many people of each value a panel has: at least so many, at most so many."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from linli.methods.arrays import Ints
from linli.methods.bad_input import BadInput
from linli.methods.sortition.pool import MOST_PEOPLE, MOST_VALUES, Pool


@dataclass(frozen=True, eq=False)
class Quotas:
    """`least` and `most` (int64), all values of all features in one row: those of feature f stand at
    `starts[f]:starts[f + 1]`. Made by `make_quotas`."""

    starts: Ints
    least: Ints
    most: Ints

    def __post_init__(self) -> None:
        for column in (self.starts, self.least, self.most):
            column.setflags(write=False)

    @property
    def n_features(self) -> int:
        return len(self.starts) - 1

    def place(self, row: int) -> tuple[int, int]:
        """The feature and the value that stand there."""
        feature = int(np.searchsorted(self.starts, row, side="right")) - 1
        return feature, int(row - self.starts[feature])


def make_quotas(bounds: Sequence[Sequence[tuple[int, int]]]) -> Quotas:
    """For each feature the (min, max) of each of its values. Raises BadInput: `quotas_missing`, `quota_unknown`,
    `quota_upside_down`, `too_many_values`, with the place.

    >>> make_quotas([[(1, 2), (0, 1)], [(0, 3)]]).most.tolist()
    [2, 1, 3]
    """
    if not bounds or not all(bounds):
        raise BadInput("quotas_missing")
    for feature, values in enumerate(bounds):
        if len(values) > MOST_VALUES:
            raise BadInput("too_many_values", feature=feature, given=len(values), most=MOST_VALUES)
        for value, (least, most) in enumerate(values):
            if not 0 <= least <= MOST_PEOPLE or not 0 <= most <= MOST_PEOPLE:
                raise BadInput("quota_unknown", feature=feature, value=value, min=least, max=most)
            if least > most:
                raise BadInput("quota_upside_down", feature=feature, value=value, min=least, max=most)
    starts = np.cumsum([0, *(len(values) for values in bounds)], dtype=np.int64)
    flat = np.array([pair for values in bounds for pair in values], dtype=np.int64)
    return Quotas(starts, flat[:, 0].copy(), flat[:, 1].copy())


def check_quotas(pool: Pool, quotas: Quotas, size: int) -> None:
    """Refuses what contradicts itself before anything is computed: a pool smaller than the panel, features that do not
    fit, minimums of one feature that are more than the panel, maximums that are less.

    Raises BadInput: `pool_small`, `features_differ`, `value_unknown`, `quotas_over_size`, `quotas_under_size`.
    """
    if not 1 <= size <= len(pool):
        raise BadInput("pool_small", people=len(pool), size=size)
    if pool.features.shape[1] != quotas.n_features:
        raise BadInput("features_differ", pool=pool.features.shape[1], quotas=quotas.n_features)
    for feature in range(quotas.n_features):
        own = slice(quotas.starts[feature], quotas.starts[feature + 1])
        wrong = pool.features[:, feature] >= quotas.starts[feature + 1] - quotas.starts[feature]
        if wrong.any():
            at = int(wrong.argmax())
            raise BadInput("value_unknown", at=at, feature=feature, value=int(pool.features[at, feature]))
        if (least := int(quotas.least[own].sum())) > size:
            raise BadInput("quotas_over_size", feature=feature, min=least, size=size)
        if (most := int(quotas.most[own].sum())) < size:
            raise BadInput("quotas_under_size", feature=feature, max=most, size=size)
