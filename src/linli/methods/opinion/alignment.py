"""Holding the new picture as the last one was held, so that nobody is lost because left and right were exchanged."""

from dataclasses import dataclass, replace
from itertools import permutations

import numpy as np

from linli.methods.arrays import Floats, Ints
from linli.methods.opinion.groups import NOWHERE
from linli.methods.opinion.opinion_map import OpinionMap

FEW = 3


@dataclass(frozen=True, eq=False)
class Alignment:
    """`turn` (2 × 2): turns and mirrors new places onto the old picture, and never stretches them.

    `names`: for each new group the number of the old one it goes on from, or a number not used before.
    `people`: how many were on both maps. `distance`: how far they moved in the mean, after turning.
    """

    turn: Floats
    names: Ints
    people: int
    distance: float


def align(before: OpinionMap, after: OpinionMap) -> Alignment:
    """How to hold `after` so that people who are on both maps (the same positions) stand as near as can be to where they
    stood. With fewer than three of them it is held as it is.

    Source: Schönemann 1966 (orthogonal Procrustes).
    """
    size = min(len(before.inside), len(after.inside))
    both = np.flatnonzero(before.inside[:size] & after.inside[:size])
    old, new = before.places[both], after.places[both]
    turn = np.eye(2)
    if len(both) >= FEW:
        left, _sizes, right = np.linalg.svd(np.einsum("ni,nj->ij", old, new))
        turn = np.einsum("ij,jk->ik", left, right)
    moved = np.sqrt(np.square(np.einsum("nj,ij->ni", new, turn) - old).sum(axis=1))
    names = go_on(before.groups.labels[both], after.groups.labels[both], before, after)
    return Alignment(turn, names, len(both), float(moved.mean()) if len(both) else 0.0)


def go_on(old: Ints, new: Ints, before: OpinionMap, after: OpinionMap) -> Ints:
    """Which old group each new one goes on from: the pairing under which most people keep their group."""
    n_old, n_new = before.groups.number, after.groups.number
    shared = np.zeros((n_new, n_old), dtype=np.int64)
    held = (old != NOWHERE) & (new != NOWHERE)
    np.add.at(shared, (new[held], old[held]), 1)
    size = max(n_old, n_new)
    wide = np.zeros((size, size), dtype=np.int64)
    wide[:n_new, :n_old] = shared
    rows = np.arange(size)
    best = max(permutations(range(size)), key=lambda to: int(wide[rows, to].sum()))
    names = np.array(best[:n_new], dtype=np.int64)
    fresh = (names >= n_old) | (wide[rows[:n_new], names] == 0)
    names[fresh] = n_old + np.arange(int(fresh.sum()))
    return names


def turned(after: OpinionMap, turn: Floats) -> OpinionMap:
    """The map held that way. Its axes then span the same picture, but need not be the widest directions one by one."""

    def hold(places: Floats) -> Floats:
        held: Floats = np.einsum("nj,ij->ni", places, turn)
        return held

    components = replace(after.components, axes=np.einsum("ij,jm->im", turn, after.components.axes))
    groups = replace(
        after.groups, centres=hold(after.groups.centres), base_centres=hold(after.groups.base_centres)
    )
    places, statement_places = hold(after.places), hold(after.statement_places)
    return replace(
        after, components=components, groups=groups, places=places, statement_places=statement_places
    )
