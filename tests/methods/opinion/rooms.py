"""Rooms made by a stated rule, so that nothing of anybody needs to be stored."""

import numpy as np

from linli.methods.opinion.votes import gather


def make_room(seed, people=60, statements=20, camps=2, answered=0.6, noise=0.7):
    """Votes of so many people, most of whom answer as their camp does. Everything follows from the seed."""
    rng = np.random.default_rng(seed)
    opinions = rng.normal(size=(camps, statements))
    camp = rng.integers(camps, size=people)
    leaning = opinions[camp] + noise * rng.normal(size=(people, statements))
    cast = np.where(leaning > 0.3, 1, np.where(leaning < -0.3, -1, 0))
    whose, what = np.nonzero(rng.random((people, statements)) < answered)
    return gather(whose, what, cast[whose, what], people, statements), camp
