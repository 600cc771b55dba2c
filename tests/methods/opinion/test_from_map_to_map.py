"""A new map held as the last one was; and what is new on it."""

import numpy as np

from linli.methods.opinion.alignment import align, turned
from linli.methods.opinion.changes import find_changes
from linli.methods.opinion.opinion_map import draw_map
from linli.methods.opinion.votes import from_table
from tests.methods.opinion.rooms import make_room
from tests.methods.opinion.sameness import same_map


def rotation(angle):
    return np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])


def test_a_turned_and_mirrored_picture_is_turned_back(room):
    drawn = draw_map(room)
    for turn in (rotation(0.7), rotation(2.0) @ np.diag([1, -1]), -np.eye(2)):
        moved = turned(drawn, turn)
        held = align(drawn, moved)
        np.testing.assert_allclose(held.turn @ turn, np.eye(2), atol=1e-9)
        back = turned(moved, held.turn)
        np.testing.assert_allclose(back.places, drawn.places, atol=1e-9)
        np.testing.assert_allclose(back.statement_places, drawn.statement_places, atol=1e-9)
        np.testing.assert_allclose(back.groups.centres, drawn.groups.centres, atol=1e-9)
        np.testing.assert_allclose(back.components.axes, drawn.components.axes, atol=1e-9)
        assert held.distance < 1e-9
        assert held.names.tolist() == list(range(drawn.groups.number))


def test_what_is_shown_still_follows_from_the_axes(room):
    """Turning places and axes alike: a person's place is still the sum of their votes along the axes."""
    from linli.methods.opinion.projection import place_participants

    moved = turned(draw_map(room), rotation(0.4))
    again = place_participants(
        room, moved.components, np.zeros(room.n_statements, dtype=bool), room.n_statements
    )
    np.testing.assert_allclose(again, moved.places, atol=1e-9)


def test_groups_keep_their_names_through_new_votes():
    votes, _camp = make_room(3, people=100, statements=20, noise=0.5)
    before = draw_map(votes.of(np.arange(45)))
    after = draw_map(votes)
    held = align(before, after)
    assert held.people == 45
    labels = after.groups.labels[:45]
    assert (held.names[labels] == before.groups.labels).mean() > 0.9


def test_fewer_than_three_people_in_common_are_held_as_they_are():
    one = draw_map(from_table([[1, 1], [-1, -1]]))
    other = draw_map(from_table([[1, -1], [-1, 1], [0, 0]]))
    held = align(one, other)
    assert (held.turn.tolist(), held.people) == ([[1, 0], [0, 1]], 2)
    nobody = from_table([[np.nan, np.nan], [np.nan, np.nan], [1, 1]])
    apart = align(one, draw_map(nobody))
    assert (apart.people, apart.distance) == (0, 0)
    assert apart.names.tolist() == [one.groups.number]


def test_nothing_new_is_nothing(room):
    drawn = draw_map(room)
    assert find_changes(drawn, drawn, align(drawn, drawn)) == ()


def test_what_is_new_is_told_in_codes_and_numbers():
    """Thirty people in two camps; then ten of a third kind come, one statement is turned against, another is new."""
    votes, _camp = make_room(5, people=30, statements=10, answered=1.0, noise=0.3)
    first = votes.table()
    first[:, 9] = np.nan
    first[:, 8] = 1
    second = np.vstack([votes.table(), np.tile([1, -1] * 5, (10, 1))])
    second[:, 8] = -1
    before, after = draw_map(from_table(first)), draw_map(from_table(second))
    held = align(before, after)
    changes = find_changes(before, after, held)
    told = {change.code: change.numbers for change in changes}
    assert told["people"] == {"before": 30, "after": 40}
    assert told["votes"] == {"before": 270, "after": 400}
    assert told["statements"] == {"before": 9, "after": 10}
    lost = [change.numbers for change in changes if change.code == "consensus_went"]
    assert {"statement": 8, "way": 1} in lost
    come = [change.numbers for change in changes if change.code == "consensus_came"]
    assert {"statement": 8, "way": -1} in come
    assert same_map(changes, find_changes(before, after, held))


def test_groups_that_begin_and_end():
    votes, _camp = make_room(8, people=90, statements=24, camps=4, noise=0.2, answered=1.0)
    before, after = draw_map(votes.of(np.flatnonzero(_camp < 2))), draw_map(votes)
    few = before.inside.sum()
    assert few < 90
    there = find_changes(after, before, align(after, before))
    back = find_changes(before, after, align(before, after))
    began = {change.numbers["group"] for change in back if change.code == "group_began"}
    ended = {change.numbers["group"] for change in there if change.code == "group_ended"}
    assert len(began) == len(ended) == after.groups.number - before.groups.number > 0
