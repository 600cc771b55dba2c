"""Who has said enough to be seen on the map."""

import numpy as np

from linli.methods.arrays import Flags, Ints

ENOUGH = 7
FEW = 15


def in_conversation(answers: Ints, n_seen: int, earlier: Flags | None = None) -> Flags:
    """Whoever answered 7 statements, or all if there are fewer. If that makes fewer than 15 people, those who answered
    most join until there are 15; of equals the first. Whoever was in (`earlier`) stays in.

    `answers`: how many statements each participant answered, counting also those that do not count for the map.
    Source: Polis, math/conversation.clj, :in-conv.

    >>> in_conversation(np.array([9, 7, 6, 0]), 20).tolist()
    [True, True, True, False]
    """
    inside: Flags = (answers >= min(ENOUGH, n_seen)) & (answers > 0)
    if earlier is not None:
        inside[: len(earlier)] |= earlier[: len(inside)]
    lacking = FEW - int(inside.sum())
    if lacking > 0:
        others = np.flatnonzero(~inside & (answers > 0))
        most = others[np.argsort(-answers[others], kind="stable")]
        inside[most[:lacking]] = True
    return inside
