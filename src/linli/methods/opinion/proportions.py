"""How sure a share is, and how sure it is that two shares differ: the field's tests, with one added to every count."""

import numpy as np
import numpy.typing as npt

from linli.methods.arrays import Floats

# One-sided: a normal deviate above this comes by chance once in ten times, once in twenty.
SURE_90, SURE_95 = 1.2816, 1.6449


def share(successes: npt.ArrayLike, trials: npt.ArrayLike) -> Floats:
    """(successes + 1) / (trials + 2): a share that is neither 0 nor 1 before everybody was asked.

    >>> share(3, 3).item()
    0.8
    """
    part: Floats = (np.asarray(successes, dtype=np.float64) + 1) / (np.asarray(trials) + 2)
    return part


def above_half(successes: npt.ArrayLike, trials: npt.ArrayLike) -> Floats:
    """The deviate of "more than half": 2 √(n + 1) ((s + 1) / (n + 1) − ½). Source: Polis, math/stats.clj, prop-test.

    >>> above_half(0, 0).item()
    1.0
    """
    s, n = np.asarray(successes, dtype=np.float64) + 1, np.asarray(trials, dtype=np.float64) + 1
    deviate: Floats = 2 * np.sqrt(n) * (s / n - 0.5)
    return deviate


def differ(s_in: npt.ArrayLike, n_in: npt.ArrayLike, s_out: npt.ArrayLike, n_out: npt.ArrayLike) -> Floats:
    """The deviate of "a larger share in here than out there", 0 where all succeeded on both sides.

    Source: Polis, math/stats.clj, two-prop-test.
    """
    s1, n1, s2, n2 = (np.asarray(count, dtype=np.float64) + 1 for count in (s_in, n_in, s_out, n_out))
    pooled = (s1 + s2) / (n1 + n2)
    uncertain = pooled * (1 - pooled) * (1 / n1 + 1 / n2)
    with np.errstate(invalid="ignore", divide="ignore"):
        deviate: Floats = np.where(pooled == 1, 0.0, (s1 / n1 - s2 / n2) / np.sqrt(uncertain))
    return deviate
