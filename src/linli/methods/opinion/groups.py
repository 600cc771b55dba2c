"""Opinion groups: first up to 100 small clusters of people, then two to five groups of those clusters."""

from dataclasses import dataclass

import numpy as np

from linli.methods.arrays import Floats, Ints
from linli.methods.opinion.clusters import Clusters, k_means
from linli.methods.opinion.silhouette import distances_between, silhouette

BASE, BASE_ROUNDS = 100, 100
MOST_GROUPS, GROUP_ROUNDS = 5, 20
# So many base clusters are wanted for each further group.
PER_GROUP = 12
# A new number of groups must be the best so many times in a row before the picture follows it.
PATIENCE = 4
NOWHERE = -1


@dataclass(frozen=True)
class Patience:
    """What a warm start remembers of the number of groups: the last best, how often in a row, and the one shown."""

    best: int
    times: int
    shown: int

    def after(self, best: int) -> "Patience":
        """The same one map later. A number that won four times in a row is shown.

        >>> Patience(best=3, times=3, shown=2).after(3)
        Patience(best=3, times=4, shown=3)
        """
        times = self.times + 1 if best == self.best else 1
        return Patience(best, times, best if times >= PATIENCE else self.shown)


@dataclass(frozen=True, eq=False)
class EarlierGroups:
    """The clusters of an earlier map, to begin from.

    `base` (one a participant, −1 for nobody's), `by_number` (number of groups → the group of each base cluster).
    """

    base: Ints
    by_number: dict[int, Ints]
    patience: Patience


@dataclass(frozen=True, eq=False)
class Groups:
    """`labels` (one a participant, −1 outside the conversation): the group, the largest being 0. `centres` groups × 2.

    `base`: the base cluster of each participant, −1 outside; `base_centres`, `base_sizes`, `base_groups` are theirs.
    `silhouettes`: number of groups → how well they stand apart; `best` the number with the highest, which is shown
    unless a warm start still waits. `rounds`: of the base clusters. `earlier`: what the next map may begin from.
    """

    labels: Ints
    centres: Floats
    sizes: Ints
    base: Ints
    base_centres: Floats
    base_sizes: Ints
    base_groups: Ints
    silhouettes: dict[int, float]
    best: int
    rounds: int
    earlier: EarlierGroups

    @property
    def number(self) -> int:
        return len(self.sizes)


def find_groups(places: Floats, inside: Ints, warm: EarlierGroups | None = None) -> Groups:
    """Groups of the people at positions `inside` (participants, in the order in which they joined) of `places`.

    2 to min(5, 2 + base clusters // 12) groups are tried; the silhouette over base clusters decides, of equally good
    numbers the higher. Fewer than two base clusters are one group or none.
    Source: Polis, math/conversation.clj, :base-clusters to :group-clusters.
    """
    points = places[inside]
    fine = base_clusters(points, inside, warm)
    weights = fine.sizes.astype(np.float64)
    before = origins(fine, inside, warm) if warm else None
    tried = {k: grouped(fine, k, weights, warm, before) for k in numbers_to_try(len(fine.centres))}
    scores = score(fine, tried)
    patience = decide(scores, warm)
    shown = tried[patience.shown] if tried else everybody_alike(fine)
    order = by_size(shown, weights)
    base_groups = np.argsort(order)[shown.labels]
    base = of_participants(fine.labels, inside, len(places))
    return Groups(
        labels=of_participants(base_groups[fine.labels], inside, len(places)),
        centres=shown.centres[order],
        sizes=np.bincount(base_groups, weights, len(order)).astype(np.int64),
        base=base,
        base_centres=fine.centres,
        base_sizes=fine.sizes,
        base_groups=base_groups,
        silhouettes=scores,
        best=patience.best,
        rounds=fine.rounds,
        earlier=EarlierGroups(base, {k: found.labels for k, found in tried.items()}, patience),
    )


def score(fine: Clusters, tried: dict[int, Clusters]) -> dict[int, float]:
    """How well the groups stand apart, for each number of them."""
    distances = distances_between(fine.centres)
    return {k: silhouette(distances, found.labels, len(found.centres)) for k, found in tried.items()}


def decide(scores: dict[int, float], warm: EarlierGroups | None) -> Patience:
    """The best number is shown at once, or after a warm start when it has been the best for long enough."""
    best = max(scores, key=lambda k: (scores[k], k), default=0)
    if warm is None or not best:
        return Patience(best, 1, best)
    patience = warm.patience.after(best)
    return patience if patience.shown in scores else Patience(best, patience.times, best)


def of_participants(labels: Ints, inside: Ints, n_participants: int) -> Ints:
    """The labels of those inside, −1 for everybody else."""
    found = np.full(n_participants, NOWHERE, dtype=np.int64)
    found[inside] = labels
    return found


def numbers_to_try(n_base: int) -> range:
    """The field's bound on the number of groups; none at all where nobody differs."""
    return range(2, min(MOST_GROUPS, 2 + n_base // PER_GROUP, n_base) + 1)


def everybody_alike(fine: Clusters) -> Clusters:
    return Clusters(np.zeros(len(fine.centres), dtype=np.int64), fine.centres[:1], 0)


def by_size(shown: Clusters, weights: Floats) -> Ints:
    """The groups in the order in which we number them: larger first, of equally large the more to the left, then lower."""
    sizes = np.bincount(shown.labels, weights, len(shown.centres))
    return np.lexsort((shown.centres[:, 1], shown.centres[:, 0], -sizes))


def base_clusters(points: Floats, inside: Ints, warm: EarlierGroups | None) -> Clusters:
    if not len(points):
        return Clusters(np.zeros(0, dtype=np.int64), np.zeros((0, 2)), 0)
    begin = begin_from(points, known_base(inside, warm), BASE, None) if warm else None
    return k_means(points, BASE, BASE_ROUNDS, begin=begin)


def known_base(inside: Ints, warm: EarlierGroups) -> Ints:
    """The earlier base cluster of each of those inside, −1 for none."""
    found = np.full(len(inside), NOWHERE, dtype=np.int64)
    before = inside < len(warm.base)
    found[before] = warm.base[inside[before]]
    return found


def origins(fine: Clusters, inside: Ints, warm: EarlierGroups) -> Ints:
    """For each base cluster the earlier one that most of its people were in, −1 where all are new."""
    old, size = known_base(inside, warm), int(warm.base.max(initial=NOWHERE)) + 1
    shared = np.zeros((len(fine.centres), size + 1), dtype=np.int64)
    np.add.at(shared, (fine.labels, old), 1)
    shared[:, size] = 0
    most: Ints = shared.argmax(axis=1)
    return np.where(shared.any(axis=1), most, NOWHERE)


def grouped(
    fine: Clusters, k: int, weights: Floats, warm: EarlierGroups | None, before: Ints | None
) -> Clusters:
    begin = None
    if warm is not None and before is not None and k in warm.by_number:
        earlier = np.append(warm.by_number[k], NOWHERE)
        begin = begin_from(fine.centres, earlier[before], k, weights)
    return k_means(fine.centres, k, GROUP_ROUNDS, weights, begin)


def begin_from(points: Floats, known: Ints, k: int, weights: Floats | None) -> Floats | None:
    """Centres to begin from: those of the earlier clusters where their people stand now; two on one place become one;
    and while there are too few, whoever stands furthest from every centre begins a new one.

    None if nobody is left of the earlier clusters. Source: Polis, math/clusters.clj, clean-start-clusters.
    """
    held = known >= 0
    if not held.any():
        return None
    _names, labels = np.unique(known[held], return_inverse=True)
    weight = np.ones(held.sum()) if weights is None else weights[held]
    total = np.bincount(labels, weight)
    sums = [np.bincount(labels, points[held, axis] * weight) for axis in (0, 1)]
    means = np.stack(sums, axis=1) / total[:, None]
    centres = list(means[np.sort(np.unique(means, axis=0, return_index=True)[1])])[:k]
    away = np.min([np.square(points - centre).sum(axis=1) for centre in centres], axis=0)
    while len(centres) < k and away.max() > 0:
        centres.append(points[away.argmax()])
        away = np.minimum(away, np.square(points - centres[-1]).sum(axis=1))
    return np.stack(centres)
