"""Whether there is a panel, and the smallest change of quotas that makes one, against trying everything."""

from itertools import product

import numpy as np
import pytest

from linli.methods.bad_input import BadInput
from linli.methods.sortition.feasibility import find_panel, rows_of_panel, suggest_relaxations
from linli.methods.sortition.kinds import gather_kinds
from linli.methods.sortition.pool import make_pool
from linli.methods.sortition.quotas import Quotas, make_quotas
from tests.methods.sortition.pools import all_panels, made_pool


def tight(seed, homes=None):
    """A pool whose quotas are those of another pool, so that often there is no panel."""
    pool, _quotas, size = made_pool(seed, homes=homes)
    return pool, made_pool(seed + 500, loose=0)[1], size


@pytest.mark.parametrize("homes", [None, 4])
def test_a_panel_is_found_exactly_where_there_is_one(homes):
    found = []
    for seed in range(40):
        for pool, quotas, size in (made_pool(seed, homes=homes), tight(seed, homes)):
            kinds = gather_kinds(pool)
            there = find_panel(kinds, rows_of_panel(kinds, quotas, size)) is not None
            assert there == bool(all_panels(pool, quotas, size))
            found.append(there)
    assert 5 < sum(found) < 75


def weight(quotas, then):
    down, up = quotas.least - then.least, then.most - quotas.most
    return float((down * (1 + 2 / np.maximum(quotas.least, 1)) + up).sum())


def cheapest(pool, quotas, size):
    """By trying all panels: what the quotas must become for each, and the least weight of it."""
    free = Quotas(quotas.starts, np.zeros_like(quotas.least), np.full_like(quotas.most, size))
    best = np.inf
    for chosen in all_panels(pool, free, size):
        counts = np.concatenate(
            [
                np.bincount(pool.features[list(chosen), feature], minlength=2)
                for feature in range(quotas.n_features)
            ]
        )
        then = Quotas(quotas.starts, np.minimum(quotas.least, counts), np.maximum(quotas.most, counts))
        best = min(best, weight(quotas, then))
    return best


def changed(quotas, relaxations):
    least, most = quotas.least.copy(), quotas.most.copy()
    for one in relaxations:
        row = quotas.starts[one.feature] + one.value
        assert (least[row], most[row]) == (one.least, one.most)
        least[row], most[row] = one.least_then, one.most_then
    return Quotas(quotas.starts, least, most)


def test_the_suggested_change_makes_a_panel_and_none_weighs_less():
    weights = []
    for seed in range(40):
        pool, quotas, size = tight(seed)
        kinds = gather_kinds(pool)
        then = changed(quotas, suggest_relaxations(kinds, quotas, size))
        assert all_panels(pool, then, size)
        weights.append(weight(quotas, then))
        assert weights[-1] == pytest.approx(cheapest(pool, quotas, size))
    assert 0 in weights
    assert max(weights) > 3


def test_too_few_households_cannot_be_helped():
    kinds = gather_kinds(make_pool([[0], [1], [0]], households=[1, 1, 1]))
    with pytest.raises(BadInput, match="no_panel_at_all"):
        suggest_relaxations(kinds, make_quotas([[(0, 2), (0, 2)]]), 2)


def test_households_of_one_make_up_are_one_kind_each():
    for seed, homes in product(range(20), (3, 5)):
        pool, _quotas, _size = made_pool(seed, people=9, homes=homes)
        kinds = gather_kinds(pool)
        assert kinds.sizes.sum() == len(pool)
        assert np.bincount(kinds.of).tolist() == kinds.sizes.tolist()
        assert np.array_equal(kinds.features[kinds.of], pool.features)
        houses = len(set(pool.households.tolist()))
        alone = kinds.most[kinds.shares < 0].sum()
        assert alone + kinds.rooms.sum() == houses
