"""What arrays are called here: whole numbers, numbers, yes or no."""

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


def add_up(places: npt.NDArray[np.signedinteger], weights: npt.NDArray[np.generic], size: int) -> Floats:
    """The sum of the weights at each place, added in their order.

    >>> add_up(np.array([1, 0, 1]), np.array([2.0, 3.0, 4.0]), 3).tolist()
    [3.0, 6.0, 0.0]
    """
    sums: Floats = np.bincount(places, weights, size)  # type: ignore[assignment]
    return sums
