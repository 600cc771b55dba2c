"""Invented elections: small ones for Hypothesis, and one with a given number of people."""

import numpy as np
from hypothesis import strategies as st

from linli.methods.bad_input import BadInput
from linli.methods.budgeting.election import gather


@st.composite
def elections(draw, projects=5, ballots=6, money=12, points=3):
    """Costs and budgets from few numbers, so that there are many ties."""
    m = draw(st.integers(1, projects))
    costs = draw(st.lists(st.integers(0, money), min_size=m, max_size=m))
    cast = draw(st.lists(st.sets(st.integers(0, m - 1)).map(sorted), min_size=1, max_size=ballots))
    given = [draw(st.lists(st.integers(1, points), min_size=len(one), max_size=len(one))) for one in cast]
    weights = draw(st.lists(st.integers(1, 3), min_size=len(cast), max_size=len(cast)))
    budget = draw(st.integers(min(costs), 2 * money))
    if not any(cast):
        cast, given = [[0], *cast], [[1], *given]
        weights = [1, *weights]
    return gather(budget, costs, cast, given, weights)


def make_town(seed, people=200, projects=12, budget=100_000):
    rng = np.random.default_rng(seed)
    costs = rng.integers(1_000, 40_000, projects).tolist()
    wanted = rng.random(projects) ** 2
    ballots = [np.flatnonzero(rng.random(projects) < wanted).tolist() for _person in range(people)]
    try:
        return gather(budget, costs, ballots)
    except BadInput:
        return make_town(seed + 1, people, projects, budget)
