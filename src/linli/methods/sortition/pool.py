"""Who may be drawn: each person's features, and who shares a household with whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from linli.methods.arrays import Ints
from linli.methods.bad_input import BadInput

MOST_PEOPLE, MOST_FEATURES, MOST_VALUES = 100_000, 64, 512


@dataclass(frozen=True, eq=False)
class Pool:
    """`features` (int64, people × features): which value each person has, from 0. `households` (int64, one a person):
    people with the same number live together; None where nobody asked. Made by `make_pool`."""

    features: Ints
    households: Ints | None = None

    def __post_init__(self) -> None:
        for column in (self.features, self.households):
            if column is not None:
                column.setflags(write=False)

    def __len__(self) -> int:
        return len(self.features)


def make_pool(
    features: Sequence[Sequence[int]] | npt.NDArray[Any], households: npt.ArrayLike | None = None
) -> Pool:
    """People as arrays, checked. Raises BadInput: `not_a_table`, `empty_pool`, `value_unknown`, `lengths_differ`,
    `too_many_people`, `too_many_features`.

    >>> len(make_pool([[0, 1], [1, 0], [1, 1]], households=[5, 5, 6]))
    3
    """
    try:
        table = np.array(features, dtype=np.int64)
    except (TypeError, ValueError, OverflowError):
        raise BadInput("not_a_table") from None
    if table.size == 0:
        raise BadInput("empty_pool")
    if table.ndim != 2:
        raise BadInput("not_a_table", dimensions=table.ndim)
    for name, given, most in (
        ("people", len(table), MOST_PEOPLE),
        ("features", table.shape[1], MOST_FEATURES),
    ):
        if given > most:
            raise BadInput(f"too_many_{name}", given=given, most=most)
    wrong = (table < 0) | (table >= MOST_VALUES)
    if wrong.any():
        at, feature = (int(found[0]) for found in np.nonzero(wrong))
        raise BadInput("value_unknown", at=at, feature=feature, value=int(table[at, feature]))
    if households is None:
        return Pool(table)
    shared = np.array(households)
    if shared.ndim != 1 or len(shared) != len(table) or shared.dtype.kind not in "iu":
        raise BadInput("lengths_differ", people=len(table), households=shared.size)
    return Pool(table, shared.astype(np.int64))
