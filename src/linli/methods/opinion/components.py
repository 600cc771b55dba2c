"""The two directions in which a room differs most.

Principal components of the votes, where a missing vote stands at the mean of those cast on its statement. Centred at
that mean a missing vote is zero, so nothing is ever filled in: the spread of every pair of statements follows from the
people who answered both.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from linli.methods.arrays import Flags, Floats, Ints, add_up
from linli.methods.opinion import kernels
from linli.methods.opinion.votes import Votes

AXES = 2
# Pairs of statements are counted unless there are more statements than this, or so many pairs for each vote, where every
# two statements cost as much as some pairs of votes.
MOST_PAIRED, CROWDED, CELL = 2_000, 125, 45
# A direction that holds less than this part of all spread is rounding, not opinion.
NOTHING = 1e-12
EXACT = 1e-13
CELLS_AT_ONCE = 4_000_000

Times = Callable[[Floats], Floats]


@dataclass(frozen=True, eq=False)
class Pairs:
    """For every two statements j, k (int64, statements × statements), over all who answered both:

    `both` how many they are; `given[j, k]` the sum of their votes on j; `products` the sum of vote on j × vote on k.
    Whole numbers, so that adding and taking away in any order comes out the same. The diagonals hold the counts of
    each statement.
    """

    both: Ints
    given: Ints
    products: Ints

    def of(self, statements: Ints) -> "Pairs":
        """Those of some statements alone."""
        if len(statements) == len(self.both):
            return self
        own = np.ix_(statements, statements)
        return Pairs(self.both[own], self.given[own], self.products[own])


@dataclass(frozen=True, eq=False)
class Components:
    """`centre`: the mean of each statement. `axes` (2 × statements): two directions of length one, orthogonal to each
    other, the wider first; a direction that does not exist is all zero. `spread`: the sum of squares along each.
    `total`: the sum of squares in all directions.
    """

    centre: Floats
    axes: Floats
    spread: Floats
    total: float


def count_pairs(votes: Votes) -> Pairs:
    """All pairs of statements at once. Cost: the sum over people of their squared number of votes."""
    m = votes.n_statements
    if kernels.worth(float(np.square(votes.per_participant.astype(np.float64)).sum())):
        return Pairs(*kernels.count_pairs(votes))
    sums = np.zeros((2 * m, 2 * m))
    step = max(1, CELLS_AT_ONCE // max(1, 2 * m))
    for first in range(0, votes.n_participants, step):
        sums += squares(votes, first, min(first + step, votes.n_participants))
    exact = np.rint(sums).astype(np.int64)
    return Pairs(both=exact[m:, m:].copy(), given=exact[:m, m:].copy(), products=exact[:m, :m].copy())


def squares(votes: Votes, first: int, last: int) -> Floats:
    """Votes and "has voted" side by side, times themselves, for some participants.

    Sums of a few million ±1 are exact in floating point, in whatever order they are added.
    """
    own = slice(votes.starts[first], votes.starts[last])
    rows = votes.participants[own] - first
    beside = np.zeros((last - first, 2 * votes.n_statements), dtype=np.float32)
    beside[rows, votes.statements[own]] = votes.values[own]
    beside[rows, votes.statements[own] + votes.n_statements] = 1
    product: Floats = (beside.T @ beside).astype(np.float64)
    return product


def first_share(votes: Votes, out: Flags) -> float:
    """The part of all spread that lies along the first axis, 0 to 1; 0 where nobody differs."""
    own = votes.about(np.flatnonzero(~out & (votes.per_statement > 0)))
    times, total = spread_around(own, own.sums / own.per_statement)
    nothing = np.zeros((0, own.n_statements))
    value, _axis = leading(times, beginning(own.n_statements, None)[0], nothing, total)
    return value / total if total > 0 else 0.0


def is_crowded(votes: Votes) -> bool:
    """Whether walking through the votes some dozens of times is quicker than counting all their pairs once.

    Decided by the votes alone, so that the same votes always take the same way.
    """
    m = votes.n_statements
    pairs = float(np.square(votes.per_participant.astype(np.float64)).sum()) + CELL * m * m
    return m > MOST_PAIRED or pairs > CROWDED * len(votes)


def find_components(
    votes: Votes, out: Flags, pairs: Pairs | None = None, warm: Components | None = None
) -> Components:
    """Centre and axes. `out`: statements that do not count. `warm`: where to begin looking, none by default.

    `pairs`: those of `votes`, if they are counted already. Each axis points so that its largest entry is positive (of
    equal ones the first). Cost: the pairs, then a few dozen products with a vector.
    Source: Polis, math/pca.clj (power iteration, factored out one by one; here Lanczos steps, the same limits).

    >>> from linli.methods.opinion.votes import from_table
    >>> room = from_table([[1, -1], [-1, 1], [1, None]])
    >>> find_components(room, np.zeros(2, dtype=bool)).axes.round(4).tolist()
    [[0.763, -0.6464], [0.6464, 0.763]]
    """
    live = np.flatnonzero(~out & (votes.per_statement > 0))
    own = votes.about(live)
    if pairs is not None and not is_crowded(own):
        return components_of(pairs, out, warm)
    centre = own.sums / own.per_statement
    times, total = spread_around(own, centre)
    axes, spread = widest(times, total, beginning(len(live), narrow(warm, live)))
    return widen(Components(centre, axes, spread, total), live, len(out))


def components_of(pairs: Pairs, out: Flags, warm: Components | None = None) -> Components:
    """The same from the pairs alone."""
    seen, sums = pairs.both.diagonal(), pairs.given.diagonal()
    live = np.flatnonzero(~out & (seen > 0))
    centre = sums[live] / seen[live]
    times, total = multiplier(spread_of(pairs.of(live), centre))
    axes, spread = widest(times, total, beginning(len(live), narrow(warm, live)))
    return widen(Components(centre, axes, spread, total), live, len(out))


def widen(found: Components, live: Ints, size: int) -> Components:
    """Components of some statements, with zeros at all others."""
    centre, axes = np.zeros(size), np.zeros((AXES, size))
    centre[live], axes[:, live] = found.centre, found.axes
    return Components(centre, axes, found.spread, found.total)


def narrow(found: Components | None, live: Ints) -> Components | None:
    """Components at some statements alone; zeros where they did not exist yet."""
    if found is None:
        return None
    size = max(found.axes.shape[1], int(live.max(initial=-1)) + 1)
    known = widen(found, np.arange(found.axes.shape[1]), size)
    return Components(known.centre[live], known.axes[:, live], found.spread, found.total)


def spread_around(votes: Votes, centre: Floats) -> tuple[Times, float]:
    """How to multiply by the spread around the centre, and its trace: from all pairs, or by walking through the votes."""
    if is_crowded(votes):
        return walk(votes, centre)
    return multiplier(spread_of(count_pairs(votes), centre))


def spread_of(pairs: Pairs, centre: Floats) -> Floats:
    """Statements × statements: the sum over people of (vote − centre) × (vote − centre), missing votes at the centre."""
    lifted = pairs.given * centre
    return pairs.products - (lifted + lifted.T) + pairs.both * np.multiply.outer(centre, centre)


def multiplier(matrix: Floats) -> tuple[Times, float]:
    """Multiplying by the matrix, and its trace. Not by BLAS, whose last digits depend on the number of threads."""

    def times(vector: Floats) -> Floats:
        product: Floats = np.einsum("ij,j->i", matrix, vector)
        return product

    return times, float(np.trace(matrix))


def walk(votes: Votes, centre: Floats) -> tuple[Times, float]:
    """The same without ever writing the matrix down: every product walks through the votes."""
    whose, what = votes.participants, votes.statements
    off = votes.values - centre[what]
    compiled = kernels.worth(100.0 * len(votes))

    def times(vector: Floats) -> Floats:
        if compiled:
            return kernels.walk(votes, off, vector)
        along = add_up(whose, off * vector[what], votes.n_participants)
        return add_up(what, off * along[whose], votes.n_statements)

    return times, float(np.square(off).sum())


def beginning(size: int, warm: Components | None) -> Floats:
    """Two vectors to begin from. Any will do that are orthogonal to nothing in particular; these are always the same."""
    begin: Floats = np.cos(np.arange(1.0, AXES * size + 1)).reshape(AXES, size)
    return begin if warm is None else begin + 1e3 * warm.axes


def widest(times: Times, total: float, begin: Floats) -> tuple[Floats, Floats]:
    """The two eigenvectors of the largest eigenvalues: first one, then the widest of what is orthogonal to it."""
    axes, spread = np.zeros(begin.shape), np.zeros(AXES)
    for axis in range(min(begin.shape)):
        value, vector = leading(times, begin[axis], axes[:axis], total)
        if value <= NOTHING * total:
            break
        axes[axis] = vector if vector[np.argmax(np.abs(vector))] > 0 else -vector
        spread[axis] = value
    return axes, spread


def leading(times: Times, begin: Floats, without: Floats, scale: float) -> tuple[float, Floats]:
    """The largest eigenvalue, and its vector, among those orthogonal to `without`. Lanczos, all steps kept orthogonal."""
    first, most = len(without), len(begin) - len(without)
    basis, diagonal, beside = np.zeros((first + min(most, 40), len(begin))), np.zeros(most), np.zeros(most)
    basis[:first] = without
    vector = orthogonal(begin, without)
    length = norm(vector)
    if scale <= 0 or length == 0:
        return 0.0, np.zeros(len(begin))
    for step in range(most):
        at = first + step
        if at == len(basis):
            basis = np.concatenate([basis, np.zeros_like(basis)])
        basis[at] = vector / length
        vector = times(basis[at])
        diagonal[step] = np.einsum("i,i->", vector, basis[at])
        vector = orthogonal(vector, basis[: at + 1])
        beside[step] = length = norm(vector)
        last = step + 1 == most or length <= EXACT * scale
        if last or (step > 8 and step % 4 == 3):
            value, weights = of_steps(diagonal[: step + 1], beside[:step])
            if last or length * abs(weights[-1]) <= EXACT * value:
                break
    found = orthogonal(np.einsum("k,ki->i", weights, basis[first : at + 1]), without)
    return value, found / norm(found)


def of_steps(diagonal: Floats, beside: Floats) -> tuple[float, Floats]:
    """The largest eigenvalue of a small tridiagonal matrix, and its vector."""
    values, vectors = np.linalg.eigh(np.diag(diagonal) + np.diag(beside, -1))
    return float(values[-1]), vectors[:, -1]


def orthogonal(vector: Floats, basis: Floats) -> Floats:
    """The vector less what lies along the rows of the basis; twice, because once leaves rounding behind."""
    for _again in range(2 if len(basis) else 0):
        vector = vector - np.einsum("ki,k->i", basis, np.einsum("ki,i->k", basis, vector))
    return vector


def norm(vector: Floats) -> float:
    return float(np.sqrt(np.einsum("i,i->", vector, vector)))
