"""A room that is still talking: taken one by one, in batches, in any order, it is the room of all its votes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.methods.bad_input import BadInput
from linli.methods.opinion.components import count_pairs
from linli.methods.opinion.moderation import moderate
from linli.methods.opinion.opinion_map import draw_map
from linli.methods.opinion.representative import count_votes
from linli.methods.opinion.state import MOST_STATEMENTS, State
from linli.methods.opinion.votes import gather
from tests.methods.opinion.rooms import make_room
from tests.methods.opinion.sameness import same_map

cast = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 5), st.integers(-1, 1)), min_size=1, max_size=50)


def columns(single):
    return tuple(np.array(column) for column in zip(*single, strict=True))


@given(cast, st.data())
@settings(max_examples=50)
def test_taken_in_any_pieces_it_is_the_room_of_all_votes(single, data):
    room, rest = State(6), list(single)
    while rest:
        size = data.draw(st.integers(1, len(rest)))
        room.take(*columns(rest[:size]))
        rest = rest[size:]
        if data.draw(st.booleans()):
            room.draw()
    whole = gather(*columns(single), None, 6)
    assert same_map(room.votes(), whole)
    assert same_map(room.pairs(), count_pairs(whole))
    assert same_map(room.draw(), draw_map(whole))


def test_in_any_order_as_long_as_nobody_votes_twice_on_the_same():
    votes, _camp = make_room(2, people=40, statements=10)
    order = np.random.default_rng(0).permutation(len(votes))
    room = State(10)
    for part in np.array_split(order, 9):
        room.take(votes.participants[part], votes.statements[part], votes.values[part])
    assert same_map(
        room.draw(), draw_map(gather(votes.participants, votes.statements, votes.values, None, 10))
    )


def test_a_glance_is_the_new_map_within_the_old_groups(either_path):
    votes, _camp = make_room(3, people=60, statements=12)
    ruled = moderate(np.where(np.arange(12) == 2, -1, 1), meta=np.arange(12) == 4)
    room = State(12, ruled)
    room.take(votes.participants, votes.statements, votes.values)
    assert room.glance().counts is None
    old = room.draw()
    rng = np.random.default_rng(5)
    for size in (1, 1, 1, 30, 1, 2):
        room.take(rng.integers(70, size=size), rng.integers(12, size=size), rng.integers(-1, 2, size))
    glance, full = room.glance(), draw_map(room.votes(), ruled)
    assert same_map(glance.components, full.components)
    assert same_map(glance.statement_places, full.statement_places)
    assert same_map(glance.extremity, full.extremity)
    assert same_map(glance.consensus, full.consensus)
    labels = np.full(room.n_participants, -1)
    labels[: len(old.groups.labels)] = old.groups.labels
    counts = count_votes(room.votes(), labels, old.groups.number)
    assert same_map(glance.counts, counts)
    assert glance.priority[4] == 49
    assert len(glance.representative) == old.groups.number
    assert glance.common_ground.shape == (12,)
    some = np.array([5, 0, 5])
    np.testing.assert_array_equal(room.place(some, full.components), full.places[some])


def test_one_vote_less_agreed_is_one_vote_changed():
    room = State(3)
    room.take([0, 1, 0, 1], [0, 0, 1, 1], [1, 1, -1, 0])
    room.draw()
    before = room.glance().counts.agree.sum(axis=0).tolist()
    room.take([0], [0], [-1])
    after = room.glance().counts
    assert (before, after.agree.sum(axis=0).tolist()) == ([2, 0, 0], [1, 0, 0])
    assert after.disagree.sum(axis=0).tolist() == [1, 1, 0]


def test_what_it_gave_out_does_not_change_with_it():
    room = State(2)
    room.take([0, 1], [0, 1], [1, -1])
    drawn, pairs = room.draw(), room.pairs()
    held = drawn.counts.agree.copy(), pairs.both.copy()
    room.take([0, 1], [1, 0], [1, 1])
    assert same_map((drawn.counts.agree, pairs.both), held)


def test_a_refused_batch_leaves_it_as_it_was():
    room = State(2)
    room.take([0], [0], [1])
    before = room.pairs()
    for wrong in (([0, 1], [0, 2], [1, 1]), ([0], [0], [3]), ([-1], [0], [1]), ([2_000_000_000], [0], [1])):
        with pytest.raises(BadInput):
            room.take(*wrong)
    room.take([], [], [])
    assert same_map(room.pairs(), before)
    assert room.n_participants == 1


def test_bounds():
    with pytest.raises(BadInput, match="too_many_statements"):
        State(MOST_STATEMENTS + 1)
    with pytest.raises(BadInput, match="too_many_cells"):
        State(2_000).take([4_000_000], [0], [1])
    with pytest.raises(BadInput, match="position_unknown"):
        State(2).place([0], None)
    with pytest.raises(BadInput, match="nobody_voted"):
        State(2).draw()
