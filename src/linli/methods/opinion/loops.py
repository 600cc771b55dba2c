"""What `kernels` calls, compiled by numba when it is first imported. See there."""
# mypy: disable-error-code="no-untyped-def, no-untyped-call, untyped-decorator, misc"

import numpy as np
from numba import njit

DOUBT, STILL, SLACK = 1e-9, 0.01, 1e-9
# Four counts share one number of 64 bits; after so many people the smallest of them might run over.
AT_ONCE = 16_000


@njit(cache=True)
def count_pairs(starts, statements, values, m):
    counted = np.zeros((3, m, m), dtype=np.int64)
    packed = np.zeros((m, m), dtype=np.uint64)
    n = len(starts) - 1
    for first in range(0, n, AT_ONCE):
        last = min(first + AT_ONCE, n)
        add_packed(starts, statements, values, first, last, packed)
        unpack(packed, counted)
    return counted


@njit(cache=True)
def add_packed(starts, statements, values, first, last, packed):
    """For j ≤ k, with votes as 0, 1, 2: one, the vote on j, the vote on k and their product, 16 bits each, in one sum."""
    codes = np.empty(packed.shape[0], dtype=np.uint64)
    for i in range(first, last):
        size = starts[i + 1] - starts[i]
        own = statements[starts[i] : starts[i + 1]]
        for a in range(size):
            codes[a] = np.uint64(values[starts[i] + a] + 1)
        for a in range(size):
            row, v = packed[own[a]], codes[a]
            here = np.uint64(1) + (v << np.uint64(16))
            there = (np.uint64(1) << np.uint64(32)) + (v << np.uint64(48))
            for b in range(a, size):
                row[own[b]] += here + codes[b] * there


@njit(cache=True)
def unpack(packed, counted):
    """Adds the four counts to both halves of the three matrices, as sums of votes −1, 0, 1, and empties them."""
    m = packed.shape[0]
    mask = np.uint64(0xFFFF)
    for j in range(m):
        for k in range(j, m):
            cell = packed[j, k]
            packed[j, k] = np.uint64(0)
            both = np.int64(cell & mask)
            on_j = np.int64((cell >> np.uint64(16)) & mask)
            on_k = np.int64((cell >> np.uint64(32)) & mask)
            product = np.int64(cell >> np.uint64(48)) - on_j - on_k + both
            counted[0, j, k] += both
            counted[1, j, k] += on_j - both
            counted[2, j, k] += product
            if j != k:
                counted[0, k, j] += both
                counted[1, k, j] += on_k - both
                counted[2, k, j] += product


@njit(cache=True)
def walk(starts, statements, off, vector):
    product = np.zeros(len(vector))
    for i in range(len(starts) - 1):
        along = 0.0
        for a in range(starts[i], starts[i + 1]):
            along += off[a] * vector[statements[a]]
        for a in range(starts[i], starts[i + 1]):
            product[statements[a]] += off[a] * along
    return product


@njit(cache=True)
def add_steps(starts, statements, values, steps):
    n = len(starts) - 1
    sums = np.zeros((n, 2))
    for i in range(n):
        x = y = 0.0
        for a in range(starts[i], starts[i + 1]):
            which = 3 * statements[a] + values[a] + 1
            x += steps[0, which]
            y += steps[1, which]
        sums[i, 0] = x
        sums[i, 1] = y
    return sums


@njit(cache=True)
def tally(statements, values, m):
    counted = np.zeros((m, 3), dtype=np.int64)
    for a in range(len(statements)):
        counted[statements[a], values[a] + 1] += 1
    return counted


@njit(cache=True)
def count_cells(starts, statements, values, labels, n_groups, m):
    cells = np.zeros((n_groups, m, 3), dtype=np.int64)
    for i in range(len(starts) - 1):
        if labels[i] >= 0:
            own = cells[labels[i]]
            for a in range(starts[i], starts[i + 1]):
                own[statements[a], values[a] + 1] += 1
    return cells


@njit(cache=True)
def k_means(points, weights, begin, rounds):
    """Points are sorted into small squares once; then each is held against the few centres that matter to its square."""
    centres = begin.copy()
    labels = np.zeros(len(points), dtype=np.int64)
    cells, sides, filled = into_cells(points)
    still, done = False, 0
    while not still and done <= rounds:
        ask(points, centres, labels, cells, sides, filled)
        moved, names = means(points, weights, labels, len(centres))
        for i in range(len(points) if len(moved) < len(centres) else 0):
            labels[i] = names[labels[i]]
        still = is_still(centres, moved)
        centres = moved
        done += 1
    return labels, centres, done


@njit(cache=True)
def into_cells(points):
    """The square of a fine grid that each point lies in, and for each square its left, right, lower and upper side."""
    per_side = max(1, min(256, int(np.sqrt(len(points) / 32))))
    cells = np.zeros(len(points), dtype=np.int32)
    sides = np.empty((per_side * per_side, 4))
    x, y = points[:, 0].min(), points[:, 1].min()
    wide, high = points[:, 0].max() - x + SLACK, points[:, 1].max() - y + SLACK
    for i in range(len(points)):
        column = min(per_side - 1, int((points[i, 0] - x) / wide * per_side))
        row = min(per_side - 1, int((points[i, 1] - y) / high * per_side))
        cells[i] = row * per_side + column
    for cell in range(len(sides)):
        left, low = x + cell % per_side * wide / per_side, y + cell // per_side * high / per_side
        sides[cell] = left, left + wide / per_side, low, low + high / per_side
    filled = np.zeros(len(sides), dtype=np.bool_)
    for i in range(len(points)):
        filled[cells[i]] = True
    return cells, sides, filled


@njit(cache=True)
def candidates(sides, filled, centres):
    """For each square the centres that may be the nearest to some point in it, by rising number; and how many."""
    found = np.empty((len(sides), len(centres)), dtype=np.int32)
    counts = np.zeros(len(sides), dtype=np.int32)
    least = np.empty(len(centres))
    for cell in range(len(sides)):
        if not filled[cell]:
            continue
        left, right, low, high = sides[cell]
        reach = np.inf
        for c in range(len(centres)):
            x, y = centres[c, 0], centres[c, 1]
            away, up = max(left - x, x - right, 0.0), max(low - y, y - high, 0.0)
            least[c] = away * away + up * up
            away, up = max(x - left, right - x), max(y - low, high - y)
            reach = min(reach, away * away + up * up)
        for c in range(len(centres)):
            if least[c] <= reach * (1 + DOUBT) + SLACK:
                found[cell, counts[cell]] = c
                counts[cell] += 1
    return found, counts


@njit(cache=True)
def ask(points, centres, labels, cells, sides, filled):
    found, counts = candidates(sides, filled, centres)
    for i in range(len(points)):
        cell = cells[i]
        own = found[cell, 0]
        if counts[cell] > 1:
            x, y = points[i, 0], points[i, 1]
            best = np.inf
            for place in range(counts[cell]):
                c = found[cell, place]
                away, up = x - centres[c, 0], y - centres[c, 1]
                squared = away * away + up * up
                if squared < best:
                    best, own = squared, c
        labels[i] = own


@njit(cache=True)
def means(points, weights, labels, k):
    """The centres of the clusters that have anybody, and what each old cluster is called now, −1 if it is gone."""
    sums, counts = np.zeros((k, 3)), np.zeros(k, dtype=np.int64)
    for i in range(len(points)):
        own, weight = sums[labels[i]], weights[i]
        own[0] += points[i, 0] * weight
        own[1] += points[i, 1] * weight
        own[2] += weight
        counts[labels[i]] += 1
    names, there = np.full(k, -1), 0
    for c in range(k):
        if counts[c] > 0:
            names[c] = there
            there += 1
    moved = np.empty((there, 2))
    for c in range(k):
        if names[c] >= 0:
            moved[names[c], 0] = sums[c, 0] / sums[c, 2]
            moved[names[c], 1] = sums[c, 1] / sums[c, 2]
    return moved, names


@njit(cache=True)
def is_still(before, after):
    a, b = ranked(before), ranked(after)
    for c in range(min(len(a), len(b))):
        away, up = b[c, 0] - a[c, 0], b[c, 1] - a[c, 1]
        if not np.sqrt(away * away + up * up) < STILL:
            return False
    return True


@njit(cache=True)
def ranked(centres):
    found = centres.copy()
    for c in range(1, len(found)):
        x, y = found[c, 0], found[c, 1]
        d = c
        while d > 0 and (found[d - 1, 0] > x or (found[d - 1, 0] == x and found[d - 1, 1] > y)):
            found[d, 0], found[d, 1] = found[d - 1, 0], found[d - 1, 1]
            d -= 1
        found[d, 0], found[d, 1] = x, y
    return found


@njit(cache=True)
def sort_votes(whose, what, vote, n, m):
    """Sorted by participant, then statement, in two passes that keep the order of what is equal; then the last of each."""
    by_statement = places(what, m)
    left, left_vote = np.empty(len(vote), dtype=np.int32), np.empty(len(vote), dtype=np.int8)
    for a in range(len(vote)):
        at = by_statement[what[a]]
        by_statement[what[a]] = at + 1
        left[at], left_vote[at] = whose[a], vote[a]
    ends = places(whose, n)
    statements, values = np.empty(len(vote), dtype=np.int32), np.empty(len(vote), dtype=np.int8)
    a = 0
    for j in range(m):
        while a < by_statement[j]:
            at = ends[left[a]]
            ends[left[a]] = at + 1
            statements[at], values[at] = j, left_vote[a]
            a += 1
    return keep_last(ends, statements, values)


@njit(cache=True)
def places(column, size):
    """Where the first of each value goes."""
    counts = np.zeros(size + 1, dtype=np.int64)
    for a in range(len(column)):
        counts[column[a] + 1] += 1
    return np.cumsum(counts)[:size]


@njit(cache=True)
def keep_last(ends, statements, values):
    starts, kept, a = np.zeros(len(ends) + 1, dtype=np.int64), 0, 0
    for i in range(len(ends)):
        while a < ends[i]:
            if a + 1 == ends[i] or statements[a + 1] != statements[a]:
                statements[kept], values[kept] = statements[a], values[a]
                kept += 1
            a += 1
        starts[i + 1] = kept
    return starts, statements[:kept].copy(), values[:kept].copy()
