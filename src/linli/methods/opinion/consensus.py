"""What (nearly) everybody agrees with, or rejects."""

from dataclasses import dataclass

import numpy as np

from linli.methods.arrays import Flags, Floats, Ints
from linli.methods.opinion.proportions import SURE_90, above_half, share

MOST = 5


@dataclass(frozen=True)
class Common:
    """One statement that people have in common: `success` of `trials`, their share, and how sure it is above half."""

    statement: int
    success: int
    trials: int
    share: float
    sure: float


@dataclass(frozen=True)
class Consensus:
    """Up to five statements that most agree with, and up to five that most reject, the clearest first."""

    agree: tuple[Common, ...]
    disagree: tuple[Common, ...]


def find_consensus(agree: Ints, disagree: Ints, seen: Ints, out: Flags) -> Consensus:
    """Over all who voted, in groups or not: a share above half, and surely so at 90 %; ranked by share × sureness.

    Source: Polis, math/repness.clj, select-consensus-comments.

    >>> nine = np.array([9, 9])
    >>> find_consensus(np.array([9, 4]), np.array([0, 4]), nine, np.zeros(2, dtype=bool)).agree[0].share.__round__(3)
    0.909
    """
    return Consensus(common(agree, seen, out), common(disagree, seen, out))


def common(success: Ints, seen: Ints, out: Flags) -> tuple[Common, ...]:
    part, sure = share(success, seen), above_half(success, seen)
    found = np.flatnonzero((part > 0.5) & (sure > SURE_90) & ~out & (seen > 0))
    best = found[np.argsort(-(part * sure)[found], kind="stable")][:MOST]
    return tuple(Common(int(j), int(success[j]), int(seen[j]), float(part[j]), float(sure[j])) for j in best)


def across_groups(success: Ints, seen: Ints) -> Floats:
    """How much all groups share each statement, 0 to 1: the product over groups of (success + 1) / (seen + 2).

    One large group cannot outvote the others here. Give counts of agreement, or of disagreement (groups × statements).
    Source: Polis, math/conversation.clj, :group-aware-consensus.

    >>> across_groups(np.array([[8], [0]]), np.array([[8], [8]])).round(3).tolist()
    [0.09]
    """
    product: Floats = share(success, seen).prod(axis=0)
    return product
