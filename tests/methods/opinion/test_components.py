"""Centre and axes are those of the table whose gaps are filled with the mean of their column."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.methods.opinion import components
from linli.methods.opinion.components import components_of, count_pairs, find_components, first_share
from linli.methods.opinion.projection import extremity, place_participants, place_statements
from linli.methods.opinion.votes import from_table
from tests.methods.opinion.rooms import make_room


def filled_by_hand(table, out):
    """Statements that are out are zero for everybody; every gap is the mean of its column."""
    table = table.copy()
    table[:, out] = 0
    means = np.array([np.nanmean(column) if np.isfinite(column).any() else 0 for column in table.T])
    return np.where(np.isnan(table), means, table), means


def check_against_eigenvectors(votes, out):
    filled, means = filled_by_hand(votes.table(), out)
    off = filled - means
    values, vectors = np.linalg.eigh(off.T @ off)
    found = find_components(votes, out)
    np.testing.assert_allclose(found.centre, means, atol=1e-12)
    np.testing.assert_allclose(found.spread, values[::-1][:2], rtol=1e-9, atol=1e-9)
    # Of two directions that hold the same, any two at right angles will do.
    apart = np.diff(values, prepend=-np.inf, append=np.inf)[::-1] > 1e-3 * values[-1]
    for axis in (0, 1):
        if values[-1 - axis] > 1e-6 and apart[axis] and apart[axis + 1]:
            assert abs(found.axes[axis] @ vectors[:, -1 - axis]) > 1 - 1e-12
            assert found.axes[axis][np.argmax(np.abs(found.axes[axis]))] > 0
    np.testing.assert_allclose(found.axes @ found.axes.T, np.diag((found.spread > 0) * 1.0), atol=1e-9)
    return found, off


@pytest.mark.parametrize("seed", range(4))
def test_axes_are_those_of_the_filled_table(seed, either_path):
    votes, _camp = make_room(seed, people=40 + 30 * seed, statements=8 + 9 * seed, camps=3)
    out = np.zeros(votes.n_statements, dtype=bool)
    out[::4] = seed % 2 == 1
    check_against_eigenvectors(votes, out)


@given(st.lists(st.lists(st.sampled_from([None, -1, 0, 1]), min_size=4, max_size=4), min_size=2, max_size=9))
@settings(max_examples=50)
def test_tiny_rooms_too(table):
    votes = from_table([[np.nan if cell is None else cell for cell in row] for row in table])
    check_against_eigenvectors(votes, np.zeros(4, dtype=bool))


def test_the_walk_through_the_votes_finds_the_same(monkeypatch, room, either_path):
    """For more statements than pairs are counted of: another way to the same numbers."""
    out = np.zeros(room.n_statements, dtype=bool)
    out[3] = True
    by_pairs, share = find_components(room, out), first_share(room, out)
    monkeypatch.setattr(components, "CROWDED", 0)
    by_walking = find_components(room, out)
    np.testing.assert_allclose(by_walking.axes, by_pairs.axes, atol=1e-9)
    np.testing.assert_allclose(by_walking.spread, by_pairs.spread)
    assert first_share(room, out) == pytest.approx(share)
    assert share == pytest.approx(by_pairs.spread[0] / by_pairs.total)


def test_pairs_are_counted_as_by_hand(either_path):
    votes, _camp = make_room(5, people=30, statements=7)
    table = votes.table()
    asked, cast = np.isfinite(table).astype(int), np.nan_to_num(table).astype(int)
    found = count_pairs(votes)
    assert found.both.tolist() == (asked.T @ asked).tolist()
    assert found.given.tolist() == (cast.T @ asked).tolist()
    assert found.products.tolist() == (cast.T @ cast).tolist()


def test_two_equally_wide_directions_are_both_found():
    """A repeated eigenvalue: one Lanczos run alone would see only one vector of it."""
    votes = from_table([[1, 0, 0], [-1, 0, 0], [0, 1, 0], [0, -1, 0], [0, 0, 0]])
    found = find_components(votes, np.zeros(3, dtype=bool))
    np.testing.assert_allclose(found.spread, [2, 2])
    np.testing.assert_allclose(found.axes @ found.axes.T, np.eye(2), atol=1e-12)


def test_where_nobody_differs_there_is_no_direction():
    found = find_components(from_table([[1, -1]] * 5), np.zeros(2, dtype=bool))
    assert not found.axes.any() and not found.spread.any()


def test_a_warm_start_leads_to_the_same_axes(room):
    out = np.zeros(room.n_statements, dtype=bool)
    cold = find_components(room, out)
    few = find_components(room.about(np.arange(15)), out[:15])
    np.testing.assert_allclose(find_components(room, out, warm=few).axes, cold.axes, atol=1e-9)
    np.testing.assert_allclose(components_of(count_pairs(room), out, cold).axes, cold.axes, atol=1e-9)
    np.testing.assert_allclose(
        find_components(room.about(np.arange(15)), out[:15], warm=cold).axes, few.axes, atol=1e-9
    )


def test_people_stand_where_their_votes_take_them(either_path):
    votes, _camp = make_room(3, people=50, statements=12)
    out = np.zeros(12, dtype=bool)
    out[[2, 5]] = True
    found, off = check_against_eigenvectors(votes, out)
    table = votes.table()
    answered = np.isfinite(np.delete(table, [2, 5], axis=1)).sum(axis=1) + 2
    wanted = off @ found.axes.T * np.sqrt(12 / answered)[:, None]
    np.testing.assert_allclose(place_participants(votes, found, out, 12), wanted, atol=1e-12)


def test_a_statement_stands_where_its_only_supporter_would(room):
    out = np.zeros(room.n_statements, dtype=bool)
    found = find_components(room, out)
    lone = np.full((room.n_statements, room.n_statements), np.nan)
    np.fill_diagonal(lone, 1)
    placed = place_statements(found, room.n_statements)
    np.testing.assert_allclose(
        placed, place_participants(from_table(lone), found, out, room.n_statements), atol=1e-12
    )
    np.testing.assert_allclose(extremity(placed), np.hypot(*placed.T))


def test_many_equally_wide_directions_take_many_steps():
    """Opinions that have nothing to do with each other: no direction stands out, and it takes long to find the widest."""
    votes = from_table(np.random.default_rng(1).integers(-1, 2, size=(400, 90)))
    check_against_eigenvectors(votes, np.zeros(90, dtype=bool))
