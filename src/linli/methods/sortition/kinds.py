"""People alike in everything that counts are one kind: a panel only says how many of each.

With one person per household a kind is the features and the make-up of the household: of all couples "teacher and
nurse" any teacher may stand for any other. A household of that make-up can send one person at most, so the kinds of one
make-up share as many seats as there are such households.
"""

from dataclasses import dataclass

import numpy as np

from linli.methods.arrays import Ints
from linli.methods.sortition.pool import Pool


@dataclass(frozen=True, eq=False)
class Kinds:
    """For each kind: its `features` (kinds × features), its `sizes` (people), `most` of it on one panel, and the
    make-up whose seats it shares (`shares`, −1 for none); `rooms`: the households of each make-up. `of`: the kind of
    each person."""

    features: Ints
    sizes: Ints
    most: Ints
    shares: Ints
    rooms: Ints
    of: Ints

    def __len__(self) -> int:
        return len(self.sizes)


def gather_kinds(pool: Pool) -> Kinds:
    """The kinds of a pool, by rising features, whatever the order of people. Cost: one sort.

    >>> from linli.methods.sortition.pool import make_pool
    >>> gather_kinds(make_pool([[1], [0], [1]])).sizes.tolist()
    [1, 2]
    >>> couples = gather_kinds(make_pool([[0], [1], [0], [1]], households=[7, 7, 8, 8]))
    >>> couples.most.tolist(), couples.rooms.tolist()
    ([2, 2], [2])
    """
    rows, alike = np.unique(pool.features, axis=0, return_inverse=True)
    alike = alike.reshape(-1).astype(np.int64)
    if pool.households is None:
        sizes = np.bincount(alike).astype(np.int64)
        none = np.full(len(rows), -1, dtype=np.int64)
        return Kinds(rows, sizes, sizes.copy(), none, np.zeros(0, dtype=np.int64), alike)
    makeups = makeups_of(alike, pool.households)
    keys = [(int(kind), makeup) for kind, makeup in zip(alike, makeups, strict=True)]
    names = sorted(set(keys))
    at = {name: place for place, name in enumerate(names)}
    of = np.array([at[key] for key in keys], dtype=np.int64)
    sizes = np.bincount(of).astype(np.int64)
    twins = np.array([makeup.count(kind) for kind, makeup in names], dtype=np.int64)
    houses = sizes // twins
    mixed = sorted({makeup for _kind, makeup in names if len(set(makeup)) > 1})
    room = {makeup: place for place, makeup in enumerate(mixed)}
    shares = np.array([room.get(makeup, -1) for _kind, makeup in names], dtype=np.int64)
    rooms = np.zeros(len(mixed), dtype=np.int64)
    rooms[shares[shares >= 0]] = houses[shares >= 0]
    return Kinds(rows[[kind for kind, _makeup in names]], sizes, houses, shares, rooms, of)


def makeups_of(alike: Ints, households: Ints) -> list[tuple[int, ...]]:
    """For each person who lives in their household: the kinds of all of them, rising."""
    members: dict[int, list[int]] = {}
    for kind, home in zip(alike.tolist(), households.tolist(), strict=True):
        members.setdefault(home, []).append(kind)
    sorted_ones = {home: tuple(sorted(kinds)) for home, kinds in members.items()}
    return [sorted_ones[home] for home in households.tolist()]
