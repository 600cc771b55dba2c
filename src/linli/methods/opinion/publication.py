"""What of a map may be shown to everybody, so that nobody can be recognised by how they voted."""

from dataclasses import dataclass

import numpy as np

from linli.methods.arrays import Flags, Floats, Ints
from linli.methods.bad_input import BadInput
from linli.methods.opinion.opinion_map import OpinionMap

THRESHOLD, LEAST_FOR_MAP = 5, 30
HIDDEN, BEYOND = -1, np.iinfo(np.int64).max


@dataclass(frozen=True, eq=False)
class Published:
    """Counts with −1 where they are not shown. `sizes` one a group; `agree`, `disagree`, `passed`, `seen` (groups ×
    statements); `total_…` over everybody, one a statement. `points` (people × 2), sorted so that their order tells
    nothing, and their `point_groups` (−1 for groups that are not counted); both empty for fewer than 30 people.
    """

    sizes: Ints
    agree: Ints
    disagree: Ints
    passed: Ints
    seen: Ints
    total_agree: Ints
    total_disagree: Ints
    total_passed: Ints
    total_seen: Ints
    points: Floats
    point_groups: Ints


def publish(found: OpinionMap, threshold: int = THRESHOLD, least_for_map: int = LEAST_FOR_MAP) -> Published:
    """The map without any count from 1 to threshold − 1, nor one that follows from others by subtraction.

    Agreed, disagreed and passed are hidden together, because each follows from the other two. Where what is hidden
    about a statement comes to fewer people than the threshold, the next smallest group is hidden too, in the end the
    total. Raises BadInput `out_of_bounds` for a threshold below 2 or a map for fewer people than the threshold.
    """
    if not 2 <= threshold <= least_for_map:
        raise BadInput("out_of_bounds", threshold=threshold, least_for_map=least_for_map)
    counts, totals = found.counts, found.totals
    cells = np.stack([counts.agree, counts.disagree, counts.passed])
    whole = np.stack([totals.agree, totals.disagree, totals.seen - totals.agree - totals.disagree])
    hidden, total_hidden = hide(cells, whole, threshold)
    shown = np.where(hidden, HIDDEN, cells)
    total = np.where(total_hidden, HIDDEN, whole)
    sizes = sizes_of(found.groups.sizes, threshold)
    points, point_groups = points_of(found, sizes, least_for_map)
    return Published(
        sizes=sizes,
        agree=shown[0],
        disagree=shown[1],
        passed=shown[2],
        seen=np.where(hidden, HIDDEN, counts.seen),
        total_agree=total[0],
        total_disagree=total[1],
        total_passed=total[2],
        total_seen=np.where(total_hidden, HIDDEN, totals.seen),
        points=points,
        point_groups=point_groups,
    )


def hide(cells: Ints, whole: Ints, threshold: int) -> tuple[Flags, Flags]:
    """Which groups × statements, and which totals, are not shown. `cells` 3 × groups × statements, `whole` 3 × statements.

    Who belongs to no group is never shown, and so hides others with them.
    """

    def small(part: Ints) -> Flags:
        few: Flags = np.any((part > 0) & (part < threshold), axis=0)
        return few

    hidden = small(cells)
    total_hidden = small(whole)
    outside = whole - cells.sum(axis=1)
    for _each_group in range(cells.shape[1]):
        unseen = outside + np.where(hidden, cells, 0).sum(axis=1)
        betrayed = small(unseen) & np.any(hidden, axis=0) & ~np.all(hidden, axis=0) & ~total_hidden
        statements = np.flatnonzero(betrayed)
        groups = np.where(hidden, BEYOND, cells.sum(axis=0))[:, statements].argmin(axis=0)
        hidden[groups, statements] = True
    unseen = outside + np.where(hidden, cells, 0).sum(axis=1)
    return hidden, total_hidden | small(unseen)


def sizes_of(sizes: Ints, threshold: int) -> Ints:
    """Small groups are not counted, nor the next larger one where they alone would follow from the number of points."""
    shown = np.where(sizes < threshold, HIDDEN, sizes)
    unseen = int(sizes[shown == HIDDEN].sum())
    if 0 < unseen < threshold and (shown != HIDDEN).any():
        shown[np.argmin(np.where(shown == HIDDEN, BEYOND, sizes))] = HIDDEN
    return shown


def points_of(found: OpinionMap, sizes: Ints, least: int) -> tuple[Floats, Ints]:
    inside = np.flatnonzero(found.inside)
    if len(inside) < least:
        return np.zeros((0, 2)), np.zeros(0, dtype=np.int64)
    places, groups = found.places[inside], found.groups.labels[inside]
    labels = np.where(sizes[groups] == HIDDEN, HIDDEN, groups)
    order = np.lexsort((labels, places[:, 1], places[:, 0]))
    return places[order], labels[order]
