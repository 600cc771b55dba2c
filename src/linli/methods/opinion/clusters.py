"""People who stand close together: k-means, as the field defines its start, its ties and its end."""

from dataclasses import dataclass

import numpy as np

from linli.methods.arrays import Floats, Ints
from linli.methods.opinion import kernels

# Nobody moves the picture by less than this, in its own units; there k-means ends.
STILL = 0.01
CELLS_AT_ONCE = 400_000
# Distances this close may be either way round after rounding, so they are worked out again.
DOUBT = 1e-9


@dataclass(frozen=True, eq=False)
class Clusters:
    """`labels` (int64, one a point): which cluster; `centres` (clusters × 2): the mean of its points; `rounds` it took."""

    labels: Ints
    centres: Floats
    rounds: int

    @property
    def sizes(self) -> Ints:
        return np.bincount(self.labels, minlength=len(self.centres))


def k_means(
    points: Floats, k: int, rounds: int, weights: Floats | None = None, begin: Floats | None = None
) -> Clusters:
    """At most k clusters of points (n × 2, float64), each point with the nearest centre; of equally near the first.

    Begins with the first k distinct points, or with the centres in `begin`. A cluster that nobody is nearest to is
    dropped. Ends when every centre moved less than 0.01, or after `rounds` + 1 rounds.
    Cost: n × k distances in the first rounds, few later: whoever has room to the next centre is not asked again.
    Source: Polis, math/clusters.clj, kmeans.

    >>> k_means(np.array([[0.0, 0], [5, 0], [0, 1], [5, 1]]), 2, 20).labels.tolist()
    [0, 1, 0, 1]
    """
    centres = first_distinct(points, k) if begin is None else begin
    heavy = np.ones(len(points)) if weights is None else weights
    if kernels.worth(40.0 * len(points) * len(centres)):
        return Clusters(*kernels.k_means(points, heavy, centres, rounds))
    labels = np.zeros(len(points), dtype=np.int64)
    room = np.full(len(points), -1.0)
    still, done = False, 0
    while not still and done <= rounds:
        ask(points, centres, labels, room)
        there = np.bincount(labels, minlength=len(centres)) > 0
        moved = means(points, heavy, labels, len(centres))[there]
        labels = (np.cumsum(there) - 1)[labels]
        way = np.sqrt(np.square(moved - centres[there]).sum(axis=1))
        still, centres = is_still(centres, moved), moved
        room -= way[labels] + way.max()
        done += 1
    return Clusters(labels, centres, done)


def ask(points: Floats, centres: Floats, labels: Ints, room: Floats) -> None:
    """Renews the labels of all without room, and how much further the second nearest centre is than the nearest."""
    lost = np.flatnonzero(room <= DOUBT)
    step = max(1, CELLS_AT_ONCE // len(centres))
    for first in range(0, len(lost), step):
        some = lost[first : first + step]
        away = points[some, 0, None] - centres[:, 0]
        up = points[some, 1, None] - centres[:, 1]
        squared = away * away + up * up
        own = squared.argmin(axis=1)
        rows = np.arange(len(some))
        near = squared[rows, own]
        squared[rows, own] = np.inf
        labels[some] = own
        room[some] = np.sqrt(squared.min(axis=1)) - np.sqrt(near)


def means(points: Floats, weights: Floats, labels: Ints, k: int) -> Floats:
    """The weighted mean of each cluster's points, added up in their order; NaN for a cluster without any."""
    total = np.bincount(labels, weights, k)
    sums = [np.bincount(labels, points[:, axis] * weights, k) for axis in (0, 1)]
    with np.errstate(invalid="ignore"):
        mean: Floats = np.stack(sums, axis=1) / total[:, None]
    return mean


def first_distinct(points: Floats, k: int) -> Floats:
    """The first k distinct points, in their order."""
    seen = min(len(points), 4 * k)
    while True:
        _values, first = np.unique(points[:seen, 0] + 1j * points[:seen, 1], return_index=True)
        if len(first) >= k or seen == len(points):
            return points[np.sort(first)[:k]]
        seen = min(len(points), 4 * seen)


def is_still(before: Floats, after: Floats) -> bool:
    """Whether the centres, each list sorted, differ by less than 0.01 pair by pair."""
    pairs = min(len(before), len(after))
    apart = ranked(after)[:pairs] - ranked(before)[:pairs]
    return bool((np.sqrt(np.square(apart).sum(axis=1)) < STILL).all())


def ranked(centres: Floats) -> Floats:
    return centres[np.lexsort((centres[:, 1], centres[:, 0]))]
