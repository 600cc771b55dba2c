"""Whether two results are the same to the last bit."""

from dataclasses import fields, is_dataclass

import numpy as np


def same_map(one, other):
    if is_dataclass(one):
        names = [field.name for field in fields(one)]
        return type(one) is type(other) and all(same_map(getattr(one, n), getattr(other, n)) for n in names)
    if isinstance(one, np.ndarray):
        return one.shape == other.shape and one.tobytes() == other.astype(one.dtype).tobytes()
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same_map(one[key], other[key]) for key in one)
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(same_map, one, other))
    return one == other
