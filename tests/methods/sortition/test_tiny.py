"""All tiny cases: the lottery against the best over every single panel there is."""

import numpy as np
import pytest

from linli.methods.bad_input import BadInput
from linli.methods.sortition.lottery import find_lottery
from linli.methods.sortition.numbered import number_panels
from linli.methods.sortition.probabilities import Rule
from linli.methods.sortition.solver import make_rows, maximise
from tests.methods.sortition.pools import all_panels, keeps, made_pool


def incidence(pool, panels):
    table = np.zeros((len(panels), len(pool)))
    for row, chosen in enumerate(panels):
        table[row, list(chosen)] = 1
    return table


def best_leximin(table):
    """Level by level over all panels, one person at a time: slow, and with nothing in common with ours but HiGHS."""
    panels, people = table.shape
    held = dict.fromkeys(np.flatnonzero(table.sum(axis=0) == 0), 0.0)
    one = (np.arange(panels), np.ones(panels), 1.0, 1.0)

    def best(gain, level_for=()):
        parts = [one]
        for person in range(people):
            own = np.flatnonzero(table[:, person])
            if person in level_for:
                parts.append((np.append(own, panels), np.append(np.ones(len(own)), -1.0), 0.0, np.inf))
            elif len(own):
                parts.append((own, np.ones(len(own)), floors.get(person, 0.0) - 1e-9, np.inf))
        return maximise(gain, make_rows(parts), np.zeros(len(gain)), np.ones(len(gain))).reached

    while len(held) < people:
        free, floors = [person for person in range(people) if person not in held], dict(held)
        level = best(np.append(np.zeros(panels), 1.0), free)
        floors |= dict.fromkeys(free, level)
        stuck = [person for person in free if best(table[:, person].copy()) < level + 1e-7]
        held |= dict.fromkeys(stuck or free, level)
    return np.array([held[person] for person in range(people)])


@pytest.mark.parametrize(
    ("homes", "features", "values"), [(None, 2, 2), (None, 3, 2), (4, 2, 2), (None, 2, 3)]
)
def test_leximin_is_the_best_over_all_panels(homes, features, values):
    tried = 0
    for seed in range(12):
        pool, quotas, size = made_pool(seed, people=8, features=features, values=values, size=3, homes=homes)
        panels = all_panels(pool, quotas, size)
        if not panels:
            with pytest.raises(BadInput, match="no_panel"):
                find_lottery(pool, quotas, size)
            continue
        tried += 1
        found = find_lottery(pool, quotas, size)
        assert found.certified
        np.testing.assert_allclose(found.probabilities, best_leximin(incidence(pool, panels)), atol=2e-6)
        assert found.probabilities.sum() == pytest.approx(size, abs=1e-6)
        sheet = number_panels(pool, found)
        assert all(keeps(pool, quotas, chosen) for chosen in sheet.panels)
    assert tried > 4


def test_where_rows_promise_more_than_panels_hold_cuts_bring_it_down():
    cuttings = [
        find_lottery(pool, quotas, size).cuttings
        for seed in range(40)
        for pool, quotas, size in [made_pool(seed, people=9, features=4, size=4, loose=0)]
    ]
    assert max(cuttings) > 0


def lotteries(parts, gain, panels, more=1):
    """The best lottery over these panels, with `more` numbers beside it, that keeps the parts."""
    one = (np.arange(panels), np.ones(panels), 1.0, 1.0)
    most = np.concatenate([np.ones(panels), np.full(more, np.inf)])
    return maximise(gain, make_rows([one, *parts]), np.zeros(panels + more), most)


def best_smallest(table, ceiling=False):
    """The largest smallest chance over all lotteries and, if wanted, the smallest largest chance beside it."""
    panels, own = len(table), np.flatnonzero(table.any(axis=0))
    over = [(np.arange(panels + 1), np.append(table[:, person], -1.0), 0.0, np.inf) for person in own]
    least = lotteries(over, np.append(np.zeros(panels), 1.0), panels).reached
    if not ceiling:
        return least
    floors = [(np.arange(panels), table[:, person], least - 1e-9, np.inf) for person in own]
    under = [(np.arange(panels + 1), np.append(table[:, person], -1.0), -np.inf, 0.0) for person in own]
    return least, -lotteries([*floors, *under], np.append(np.zeros(panels), -1.0), panels).reached


def best_product(table):
    """The largest sum of logarithms, between two numbers: chances rise and fall by how much they bring, step by step;
    what the best panel still brings bounds what is missing."""
    own = table[:, table.any(axis=0)]
    chances = np.full(len(own), 1 / len(own))
    for _step in range(20_000):
        brings = (own / (chances @ own)).sum(axis=1) / own.shape[1]
        chances *= brings
    reached = np.log(chances @ own).sum()
    return reached, reached + own.shape[1] * (brings.max() - 1)


def best_balance(table, size, gamma):
    """The least sum of goldilocks, between two numbers: 1 / p from below by straight lines that touch it at many points,
    and what the lottery found that way really has."""
    panels, own = len(table), np.flatnonzero(table.any(axis=0))
    people = table.shape[1]
    parts = [(np.arange(panels + 1), np.append(table[:, person], -1.0), -np.inf, 0.0) for person in own]
    for touch in np.geomspace(1e-2, 1, 400):
        parts += [
            (
                np.append(np.arange(panels), panels + 1),
                np.append(table[:, person] / touch**2, 1.0),
                2 / touch,
                np.inf,
            )
            for person in own
        ]
    gain = np.concatenate([np.zeros(panels), [-people / size, -gamma * size / people]])
    found = lotteries(parts, gain, panels, more=2)
    chances = found.values[:panels] @ table[:, own]
    return -found.reached, people / size * chances.max() + gamma * size / people / chances.min()


HOMES = (0, 1, 2, 4)
# Loose ones, ones with households, ones whose rows promise more than panels hold, and ones where maximin is not leximin.
TINY = [
    *({"seed": seed, "people": 8, "size": 3} for seed in range(6)),
    *({"seed": seed, "people": 8, "size": 3, "homes": 4} for seed in HOMES),
    *({"seed": seed, "people": 9, "features": 4, "size": 4, "loose": 0} for seed in (2, 6, 7, 11)),
    {"seed": 21, "people": 9, "values": 3, "size": 4},
    {"seed": 8, "people": 9, "features": 3, "size": 4},
]


@pytest.mark.parametrize("asked", TINY, ids=str)
def test_every_rule_is_the_best_over_all_panels(asked):
    pool, quotas, size = made_pool(**asked)
    panels = all_panels(pool, quotas, size)
    assert panels
    table = incidence(pool, panels)

    def ours(rule, gamma=1.0):
        found = find_lottery(pool, quotas, size, rule, gamma)
        assert found.certified
        np.testing.assert_array_equal(found.probabilities > 1e-6, table.any(axis=0))
        return found, found.probabilities[table.any(axis=0)]

    least, largest = best_smallest(table, ceiling=True)
    found, chances = ours(Rule.MAXIMIN)
    assert (chances.min(), found.bound) == (pytest.approx(least, abs=1e-6), pytest.approx(least, abs=1e-6))
    assert chances.max() == pytest.approx(largest, abs=1e-6)
    np.testing.assert_allclose(ours(Rule.LEXIMIN)[0].probabilities, best_leximin(table), atol=2e-6)
    low, high = best_product(table)
    assert high - low < 1e-3
    assert low - 1e-5 < np.log(ours(Rule.NASH)[1]).sum() < high + 1e-5
    for gamma in (0.3, 1.0, 4.0):
        low, high = best_balance(table, size, gamma)
        assert high - low < 2e-3
        found, chances = ours(Rule.GOLDILOCKS, gamma)
        cost = len(pool) / size * chances.max() + gamma * size / len(pool) / chances.min()
        assert low - 1e-5 < cost < high + 1e-5
        assert found.bound == pytest.approx(cost, abs=1e-5)


def product_of(chances):
    return np.log(chances[chances > 1e-9]).sum()


def test_each_rule_is_best_at_what_it_wants():
    for seed in range(12):
        pool, quotas, size = made_pool(seed, people=9, features=2, size=4)
        by = {rule: find_lottery(pool, quotas, size, rule) for rule in Rule}
        chances = {rule: found.probabilities for rule, found in by.items()}
        assert all(found.certified for found in by.values())
        some = {rule: each[each > 1e-6] for rule, each in chances.items()}
        least = {rule: each.min() for rule, each in some.items()}
        cost = {
            rule: len(pool) / size * each.max() + size / len(pool) / each.min() for rule, each in some.items()
        }
        for rule in Rule:
            assert least[rule] <= least[Rule.MAXIMIN] + 1e-6
            assert product_of(some[rule]) <= product_of(some[Rule.NASH]) + 1e-5
            assert cost[rule] >= cost[Rule.GOLDILOCKS] - 1e-5
        assert least[Rule.LEXIMIN] == pytest.approx(least[Rule.MAXIMIN], abs=1e-6)
