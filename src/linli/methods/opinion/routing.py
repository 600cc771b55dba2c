"""Which statement somebody is asked next."""

import numpy as np

from linli.methods.arrays import Flags, Floats
from linli.methods.bad_input import BadInput
from linli.methods.opinion.representative import Counts

META = 7.0
# A statement that nobody has seen yet weighs nine times as much; after every five votes half of that is gone.
NEW, HALF = 8.0, 5.0
UNKNOWN = 1.0


def priorities(counts: Counts, extremity: Floats, meta: Flags) -> Floats:
    """How much a statement deserves to be asked next: few passes, many agreements, much division, and newness.

    Counts are summed over groups. A statement about the talk itself (`meta`) always has 49.
    Source: Polis, math/conversation.clj, priority-metric.

    >>> nobody = Counts(*np.zeros((3, 1, 1), dtype=np.int64))
    >>> priorities(nobody, np.zeros(1), np.zeros(1, dtype=bool)).tolist()
    [5.0625]
    """
    agree, seen, passed = (part.sum(axis=0) for part in (counts.agree, counts.seen, counts.passed))
    rarely_passed = 1 - (passed + 1) / (seen + 2)
    weight = rarely_passed * (extremity + 1) * (agree + 1) / (seen + 2)
    priority: Floats = np.square(np.where(meta, META, weight * (1 + NEW * 2 ** (-seen / HALF))))
    return priority


def ask_next(priority: Floats, open_to_them: Flags, rng: np.random.Generator) -> int | None:
    """The position of one statement that this person has not answered, drawn in proportion to its priority.

    `open_to_them`: which ones may be asked. One without a priority yet (NaN) counts 1. None when nothing is left.
    Source: Polis, server, selectProbabilistically.

    >>> ask_next(np.array([1.0, 2.0]), np.array([False, True]), np.random.default_rng(1))
    1
    """
    if priority.shape != open_to_them.shape:
        raise BadInput("lengths_differ", priority=len(priority), open_to_them=len(open_to_them))
    left = np.flatnonzero(open_to_them)
    if not len(left):
        return None
    weights = np.where(np.isnan(priority[left]), UNKNOWN, priority[left])
    if not (np.isfinite(weights).all() and (weights >= 0).all()):
        raise BadInput("priority_unknown")
    if weights.sum() == 0:
        weights = np.ones(len(left))
    return int(rng.choice(left, p=weights / weights.sum()))
