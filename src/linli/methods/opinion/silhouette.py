"""How well groups stand apart."""

import numpy as np

from linli.methods.arrays import Floats, Ints


def silhouette(distances: Floats, labels: Ints, k: int) -> float:
    """The mean over all points of (b − a) / max(a, b), from −1 to 1: a is the mean distance to the others of one's own
    group, b that to the nearest other group. Whoever is alone in a group counts 0.

    `distances` n × n. Source: Rousseeuw 1987; Polis, math/clusters.clj, silhouette.

    >>> places = np.array([0.0, 1.0, 9.0, 10.0])
    >>> round(silhouette(abs(places[:, None] - places), np.array([0, 0, 1, 1]), 2), 4)
    0.8885
    """
    n = len(labels)
    belongs = np.zeros((n, k))
    belongs[np.arange(n), labels] = 1
    sizes = belongs.sum(axis=0)
    sums = np.einsum("ij,jk->ik", distances, belongs)
    rows = np.arange(n)
    own = sums[rows, labels] / np.maximum(sizes[labels] - 1, 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        others = sums / sizes
    others[:, sizes == 0] = np.inf
    others[rows, labels] = np.inf
    nearest = others.min(axis=1)
    widest = np.maximum(own, nearest)
    alone = (sizes[labels] == 1) | ~np.isfinite(widest) | (widest == 0)
    score = np.where(alone, 0.0, (nearest - own) / np.where(alone, 1.0, widest))
    return float(score.mean())


def distances_between(points: Floats) -> Floats:
    """Points × points: how far every two are apart."""
    away, up = (points[:, axis, None] - points[:, axis] for axis in (0, 1))
    lengths: Floats = np.sqrt(away * away + up * up)
    return lengths
