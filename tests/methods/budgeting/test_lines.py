"""What the compiled loops follow of many sums at once is so of each of them, in exact fractions."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.methods.budgeting import kernels
from linli.methods.budgeting.election import Utility
from linli.methods.budgeting.equal_shares import Shopping
from tests.methods.budgeting.towns import elections, make_town

loops = pytest.importorskip("linli.methods.budgeting.loops")

laws = settings(max_examples=60)


def follow(town, utility, step, span):
    """(what is bought in turn, for how many sums after the first, what is left) of sums from the budget on; None if unclear."""
    held = kernels.town_of(town, utility, np.arange(town.n_projects))
    share, more = town.budget / town.n_voters, span * step / town.n_voters
    _span, purses, state, lows, _spent = loops.begin(held, span, share, more)
    hints, bought, horizon = np.zeros(town.n_projects), [], span
    while True:
        clear, project, offer, so_far = loops.best(held, lows, hints, state, purses, span)
        horizon = min(horizon, so_far)
        if not clear:
            return None
        if project < 0:
            return bought, horizon, purses
        loops.pay(held, project, offer, purses)
        state[project] = loops.BOUGHT
        bought.append(project)


def held_against_fractions(town, utility, step, span):
    """For how many sums after the first what the loops say of all was found so."""
    found = follow(town, utility, step, span)
    if found is None:
        return 0
    bought, horizon, (here, there, doubt) = found
    for number in range(horizon + 1):
        alone = Shopping(town, utility, np.arange(town.n_projects), town.budget + number * step)
        paid = [each.project for each in alone.finish().rounds if town.costs[each.project]]
        assert paid == bought
        left = alone.replay()
        for ballot in range(town.n_ballots):
            ends = Fraction(here[ballot]), Fraction(there[ballot])
            line = ends[0] + (ends[1] - ends[0]) * number / max(span, 1)
            assert abs(line - left.of(ballot)) <= Fraction(doubt[ballot])
    return horizon


@given(elections(), st.sampled_from(list(Utility)), st.integers(1, 6), st.integers(0, 12))
@laws
def test_small_elections(town, utility, step, span):
    held_against_fractions(town, utility, step, span)


@pytest.mark.parametrize("utility", list(Utility))
@pytest.mark.parametrize("span", [1, 7, 60])
def test_towns(utility, span):
    """In most of them something can be said of more than the first sum."""
    reached = [held_against_fractions(make_town(seed), utility, 40, span) for seed in range(8)]
    assert sum(horizon > 0 for horizon in reached) >= 5
