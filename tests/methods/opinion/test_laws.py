"""What holds for every room."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.methods.bad_input import BadInput
from linli.methods.opinion import components, kernels
from linli.methods.opinion.agreement import adjusted_rand
from linli.methods.opinion.moderation import moderate
from linli.methods.opinion.opinion_map import draw_map
from linli.methods.opinion.votes import from_table, gather
from tests.methods.opinion.rooms import make_room
from tests.methods.opinion.sameness import same_map

seeds = st.integers(0, 10_000)
laws = settings(max_examples=25)
tiny = st.lists(st.lists(st.sampled_from([np.nan, -1, 0, 1]), min_size=3, max_size=3), min_size=1, max_size=7)


def shuffled(votes, seed):
    """The same votes at other positions: (votes, where each participant went, where each statement went)."""
    rng = np.random.default_rng(seed)
    people, statements = rng.permutation(votes.n_participants), rng.permutation(votes.n_statements)
    moved = gather(
        people[votes.participants],
        statements[votes.statements],
        votes.values,
        votes.n_participants,
        votes.n_statements,
    )
    return moved, people, statements


@given(seeds)
@laws
def test_the_order_of_people_and_statements_is_irrelevant(seed):
    """Once it is said who came first: `joined`. Of the voices only the best agreement follows the order of statements."""
    votes, _camp = make_room(seed, people=40, statements=12)
    moved, people, statements = shuffled(votes, seed)
    joined = np.empty(len(people), dtype=int)
    joined[people] = np.arange(len(people))
    here, there = draw_map(votes), draw_map(moved, joined=joined)
    np.testing.assert_allclose(there.components.centre[statements], here.components.centre, atol=1e-12)
    np.testing.assert_allclose(there.components.axes[:, statements], here.components.axes, atol=1e-8)
    np.testing.assert_allclose(there.places[people], here.places, atol=1e-7)
    np.testing.assert_allclose(there.priority[statements], here.priority, rtol=1e-7)
    assert there.groups.labels[people].tolist() == here.groups.labels.tolist()
    np.testing.assert_allclose(there.statistics.agree_differs[:, statements], here.statistics.agree_differs)


@given(seeds)
@laws
def test_the_order_of_votes_is_irrelevant(seed):
    votes, _camp = make_room(seed, people=15, statements=8)
    order = np.random.default_rng(seed).permutation(len(votes))
    moved = gather(votes.participants[order], votes.statements[order], votes.values[order], 15, 8)
    assert same_map(draw_map(votes), draw_map(moved))


@given(seeds)
@laws
def test_saying_everything_the_other_way_round_mirrors_the_map(seed):
    votes, _camp = make_room(seed, people=40, statements=12)
    turned = from_table(-votes.table())
    here, there = draw_map(votes), draw_map(turned)
    np.testing.assert_allclose(there.components.centre, -here.components.centre, atol=1e-12)
    np.testing.assert_allclose(there.components.axes, here.components.axes, atol=1e-8)
    np.testing.assert_allclose(there.places, -here.places, atol=1e-7)
    assert adjusted_rand(there.groups.labels[here.inside], here.groups.labels[here.inside]) == 1


@given(seeds)
@laws
def test_asking_everybody_twice_changes_no_direction(seed):
    """Every statement doubled: the same picture, √2 as large along each axis."""
    votes, _camp = make_room(seed, people=30, statements=9)
    doubled = from_table(np.hstack([votes.table(), votes.table()]))
    here, there = draw_map(votes), draw_map(doubled)
    np.testing.assert_allclose(there.places, np.sqrt(2) * here.places, atol=1e-7)


@given(seeds)
@laws
def test_a_statement_that_nobody_has_seen_changes_nothing(seed):
    votes, _camp = make_room(seed, people=30, statements=9)
    more = gather(votes.participants, votes.statements, votes.values, 32, 11)
    here, there = draw_map(votes), draw_map(more)
    assert there.places[:30].tolist() == here.places.tolist()
    assert there.groups.labels.tolist() == [*here.groups.labels.tolist(), -1, -1]
    assert not there.places[30:].any()
    assert there.priority[:9].tolist() == here.priority.tolist()


@given(seeds)
@laws
def test_a_rejected_statement_moves_nobody(seed):
    """Whatever was answered to it. (That it was answered counts: the field lets it push everybody less far outward.)"""
    votes, _camp = make_room(seed, people=30, statements=9)
    table = votes.table()
    table[:, 4] = np.where(np.isnan(table[:, 4]), np.nan, 1)
    ruled = moderate(np.where(np.arange(9) == 4, -1, 0))
    here, there = draw_map(votes, ruled), draw_map(from_table(table), ruled)
    assert there.places.tolist() == here.places.tolist()
    assert not here.statement_places[4].any()
    voices = [one.statement for group in here.representative for one in group]
    assert 4 not in voices + [one.statement for one in (*here.consensus.agree, *here.consensus.disagree)]


@given(tiny)
@settings(max_examples=50)
def test_every_tiny_room_has_a_map(table):
    """Nobody, one, all alike, all passing, nothing in common: a map or a refusal, numbers that are numbers."""
    votes = from_table(np.array(table))
    if not len(votes):
        with pytest.raises(BadInput, match="nobody_voted"):
            draw_map(votes)
        return
    found = draw_map(votes)
    for numbers in (
        found.places,
        found.components.axes,
        found.extremity,
        found.priority,
        found.common_ground,
    ):
        assert np.isfinite(numbers).all()
    assert (found.groups.labels >= 0).tolist() == found.inside.tolist()
    assert all(one.trials > 0 for group in found.representative for one in group)


@pytest.mark.parametrize("value", [-1, 0, 1])
def test_everybody_alike_is_one_group_in_the_middle(value):
    found = draw_map(from_table(np.full((20, 5), value)))
    assert not found.places.any()
    assert found.groups.sizes.tolist() == [20]


def test_one_statement_and_one_person():
    lone = draw_map(from_table([[1.0]]))
    assert (lone.groups.sizes.tolist(), lone.places.tolist()) == ([1], [[0, 0]])
    asked = draw_map(from_table([[1.0], [-1.0], [0.0], [1.0]]))
    assert asked.components.axes.tolist() == [[1], [0]]
    np.testing.assert_allclose(asked.places[:, 0], [0.75, -1.25, -0.25, 0.75])


def test_the_inputs_are_not_changed(room):
    before = room.table()
    ruled = moderate(np.zeros(room.n_statements))
    joined = np.arange(room.n_participants)[::-1].copy()
    draw_map(room, ruled, joined=joined)
    np.testing.assert_array_equal(room.table(), before)
    assert joined.tolist() == list(range(room.n_participants))[::-1]
    assert not ruled.out.any()


@pytest.mark.parametrize(("seed", "crowded"), [(0, 1000), (1, 1000), (2, 0)])
def test_compiled_or_not_the_map_is_the_same_to_the_last_bit(seed, crowded, monkeypatch):
    pytest.importorskip("numba")
    monkeypatch.setattr(components, "CROWDED", crowded)
    votes, _camp = make_room(seed, people=120, statements=30, camps=3)
    single = votes.participants[::-1], votes.statements[::-1], votes.values[::-1]
    found = []
    for compiled in (False, True):
        monkeypatch.setattr(kernels, "worth", lambda steps, yes=compiled: yes)
        found.append(draw_map(gather(*single, 120, 30), moderate(np.arange(30) % 3 - 1)))
    assert same_map(*found)


def test_what_does_not_fit_together_is_refused(room):
    with pytest.raises(BadInput, match="lengths_differ"):
        draw_map(room, moderate([1, 0]))
    with pytest.raises(BadInput, match="lengths_differ"):
        draw_map(room, joined=[1, 2])


def test_decisions_that_are_none_are_refused():
    for decisions, mode, meta, code in (
        ([2], "open", None, "decision_unknown"),
        ([1], "loose", None, "mode_unknown"),
        ([1], "open", [True, False], "lengths_differ"),
    ):
        with pytest.raises(BadInput, match=code):
            moderate(decisions, mode, meta)
    assert moderate([1, 0, -1], "none").out.tolist() == [False] * 3


def test_loading_the_compiler_is_a_matter_of_time_only(room, monkeypatch):
    before = draw_map(room)
    kernels.load()
    assert same_map(draw_map(room), before)
    monkeypatch.setattr(kernels, "is_there", lambda: False)
    kernels.load()
    assert not kernels.worth(1e12)
