"""Votes in step: counted against chance, nobody named."""

from dataclasses import fields
from math import exp, factorial

import numpy as np
import pytest

from linli.methods.bad_input import BadInput
from linli.methods.opinion.screening import Finding, at_least, chain_sizes, screen
from linli.methods.opinion.votes import from_table
from tests.methods.opinion.rooms import make_room


def a_week(people, seed=0):
    return np.sort(np.random.default_rng(seed).uniform(0, 7 * 86_400, people))


def with_band(size, seed=1):
    """Two hundred people over a week, and a band who answer alike within two minutes of Wednesday."""
    votes, _camp = make_room(seed, people=200, statements=25, answered=0.8, noise=1.2)
    table = votes.table()
    table[:size] = np.random.default_rng(7).integers(-1, 2, 25)
    began = a_week(200)
    began[:size] = 3 * 86_400 + np.arange(size) * 120 / max(1, size)
    return from_table(table), began


def test_a_band_is_counted():
    found = screen(*with_band(12), np.random.default_rng(0))
    assert found.finding is Finding.MORE
    assert found.alike >= 12 * 11 / 2
    assert (found.involved, found.largest) == (12, 12)
    assert found.expected < 2
    assert found.likelihood < 1e-9


@pytest.mark.parametrize("seed", range(6))
def test_without_one_there_is_no_alarm(seed):
    votes, _camp = make_room(seed, people=200, statements=25, answered=0.8, noise=0.4)
    found = screen(votes, a_week(200, seed) / 20, np.random.default_rng(seed))
    assert found.finding is Finding.LIKE_CHANCE
    assert found.together > 100


def test_where_everybody_agrees_alike_is_nothing_special():
    table = np.ones((100, 20))
    found = screen(from_table(table), a_week(100) / 50, np.random.default_rng(0))
    assert found.finding is Finding.LIKE_CHANCE
    assert found.alike == found.together


def test_too_little_is_said():
    votes = from_table(np.ones((5, 3)))
    found = screen(votes, np.zeros(5), np.random.default_rng(0))
    assert (found.finding, found.people, found.largest) == (Finding.TOO_LITTLE, 0, 0)
    alone = screen(from_table(np.ones((1, 12))), [0.0], np.random.default_rng(0))
    assert alone.finding is Finding.TOO_LITTLE
    at_once = screen(from_table(np.ones((9, 12))), np.zeros(9), np.random.default_rng(0))
    assert (at_once.finding, at_once.apart) == (Finding.TOO_LITTLE, 0)


def test_it_tells_counts_and_no_names():
    found = screen(*with_band(12), np.random.default_rng(0))
    assert all(isinstance(getattr(found, field.name), (int, float, str)) for field in fields(found))


def test_chains():
    assert sorted(chain_sizes(np.array([0, 4, 1]), np.array([1, 5, 2]), 6).tolist()) == [0, 0, 0, 1, 2, 3]


def test_how_likely():
    for seen, expected in ((0, 2.0), (1, 2.0), (4, 2.5)):
        wanted = 1 - sum(exp(-expected) * expected**k / factorial(k) for k in range(seen))
        assert at_least(seen, expected) == pytest.approx(wanted)
    assert at_least(600, 600.0) == 1
    assert 0 < at_least(800, 600.0) < 1e-12


@pytest.mark.parametrize(
    ("began", "more", "code"),
    [
        ([0.0], {}, "lengths_differ"),
        ([0.0, np.nan], {}, "time_unknown"),
        ([0.0, 1], {"same": 0}, "out_of_bounds"),
        ([0.0, 1], {"window": -1}, "out_of_bounds"),
    ],
)
def test_bad_input(began, more, code):
    with pytest.raises(BadInput, match=code):
        screen(from_table(np.ones((2, 3))), began, np.random.default_rng(0), **more)


def test_a_bound_on_people(monkeypatch):
    monkeypatch.setattr("linli.methods.opinion.screening.MOST_PEOPLE", 10)
    with pytest.raises(BadInput, match="too_many_participants"):
        screen(from_table(np.ones((20, 12))), np.zeros(20), np.random.default_rng(0))


def test_of_very_many_pairs_some_are_drawn():
    votes, _camp = make_room(3, people=600, statements=14, answered=1.0)
    found = screen(votes, a_week(600), np.random.default_rng(0))
    assert 90_000 < found.apart <= 100_000
