"""Which statements count.

A statement that does not count stays in its place, so that all positions keep their meaning, but its column becomes
zero for everybody, as in the field's production mathematics: it moves nobody, and counts as answered by all.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from linli.methods.arrays import Flags
from linli.methods.bad_input import BadInput

REJECTED, UNDECIDED, ACCEPTED = -1, 0, 1


class Mode(StrEnum):
    """`OPEN`: all but the rejected count. `STRICT`: only the accepted. `NONE`: all, whatever was decided."""

    OPEN = "open"
    STRICT = "strict"
    NONE = "none"


@dataclass(frozen=True, eq=False)
class Moderation:
    """`out`: statements that do not count. `meta`: statements about the talk itself, asked of everybody first."""

    out: Flags
    meta: Flags

    def __post_init__(self) -> None:
        self.out.setflags(write=False)
        self.meta.setflags(write=False)


def nothing_out(n_statements: int) -> Moderation:
    """Every statement counts."""
    return Moderation(np.zeros(n_statements, dtype=bool), np.zeros(n_statements, dtype=bool))


def moderate(
    decisions: npt.ArrayLike, mode: Mode | str = Mode.OPEN, meta: npt.ArrayLike | None = None
) -> Moderation:
    """What follows from the moderators' decisions: −1 rejected, 0 not decided yet, +1 accepted, one for each statement.

    Raises BadInput: `mode_unknown`, `decision_unknown`, `lengths_differ`.

    >>> moderate([1, 0, -1], "strict").out.tolist()
    [False, True, True]
    >>> moderate([1, 0, -1], "open").out.tolist()
    [False, False, True]
    """
    decided = np.asarray(decisions, dtype=np.float64)
    if not np.isin(decided, (REJECTED, UNDECIDED, ACCEPTED)).all():
        raise BadInput("decision_unknown")
    about = np.zeros(decided.shape, dtype=bool) if meta is None else np.asarray(meta, dtype=bool).copy()
    if about.shape != decided.shape or decided.ndim != 1:
        raise BadInput("lengths_differ", decisions=decided.shape, meta=about.shape)
    try:
        least = {Mode.OPEN: UNDECIDED, Mode.STRICT: ACCEPTED, Mode.NONE: REJECTED}[Mode(mode)]
    except ValueError:
        raise BadInput("mode_unknown", mode=mode) from None
    return Moderation(decided < least, about)
