"""From people to groups; who is in; patience and warm starts."""

import numpy as np

from linli.methods.opinion.agreement import adjusted_rand
from linli.methods.opinion.clusters import Clusters
from linli.methods.opinion.groups import (
    EarlierGroups,
    Patience,
    begin_from,
    find_groups,
    numbers_to_try,
    origins,
)
from linli.methods.opinion.membership import in_conversation
from linli.methods.opinion.opinion_map import draw_map
from tests.methods.opinion.rooms import make_room


def test_camps_are_found(either_path):
    for seed in range(3):
        votes, camp = make_room(seed, people=150, statements=30, camps=2, noise=0.5)
        found = draw_map(votes)
        assert found.groups.number == 2
        assert adjusted_rand(found.groups.labels[found.inside], camp[found.inside]) > 0.9


def test_groups_are_numbered_by_size_and_add_up(room):
    groups = draw_map(room).groups
    assert sorted(groups.sizes, reverse=True) == groups.sizes.tolist()
    assert groups.sizes.tolist() == np.bincount(groups.labels[groups.labels >= 0]).tolist()
    assert (
        groups.labels[groups.base >= 0].tolist() == groups.base_groups[groups.base[groups.base >= 0]].tolist()
    )
    assert groups.base_sizes.sum() == groups.sizes.sum()


def test_how_many_groups_are_tried():
    assert [len(numbers_to_try(n)) for n in (0, 1, 2, 11, 12, 24, 36, 100)] == [0, 0, 1, 1, 2, 3, 4, 4]


def test_nobody_and_everybody_alike_are_no_groups():
    nobody = find_groups(np.zeros((4, 2)), np.array([], dtype=int))
    assert (nobody.number, nobody.labels.tolist(), nobody.best) == (0, [-1] * 4, 0)
    alike = find_groups(np.zeros((4, 2)), np.arange(4))
    assert (alike.number, alike.sizes.tolist(), alike.silhouettes) == (1, [4], {})


def test_who_is_in():
    answers = np.array([9, 7, 6, 0, 8] + [7] * 12)
    assert in_conversation(answers, 30).tolist() == [True, True, False, False, True] + [True] * 12
    assert in_conversation(answers[:5], 30).tolist() == [True, True, True, False, True]
    many = np.array([7] * 20 + [6])
    assert not in_conversation(many, 30)[-1]
    assert in_conversation(many, 6)[-1]
    assert in_conversation(many, 30, earlier=np.array([False] * 20 + [True]))[-1]
    assert in_conversation(np.array([1, 3] + [2] * 14), 30).tolist() == [False, True] + [True] * 14


def test_who_was_first_among_equals_fills_up():
    answers = np.full(20, 3)
    assert in_conversation(answers, 30).tolist() == [True] * 15 + [False] * 5


def test_a_new_number_of_groups_needs_patience():
    shown, patience = [], Patience(2, 1, 2)
    for best in (3, 3, 3, 3, 2, 2, 3, 2, 2, 2, 2):
        patience = patience.after(best)
        shown.append(patience.shown)
    assert shown == [2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 2]


def test_a_warm_start_keeps_the_groups_and_says_so_only_when_asked():
    votes, _camp = make_room(4, people=120, statements=25, noise=0.6)
    first = draw_map(votes.of(np.arange(110)))
    warm, cold = draw_map(votes, warm=first.earlier), draw_map(votes)
    assert adjusted_rand(warm.groups.labels[:110], first.groups.labels) > 0.9
    assert warm.groups.earlier.patience.shown == first.groups.number
    again = draw_map(votes)
    assert cold.places.tolist() == again.places.tolist()
    assert cold.groups.labels.tolist() == again.groups.labels.tolist()


def test_who_was_in_stays_in():
    votes, _camp = make_room(4, people=40, statements=25)
    first = draw_map(votes)
    thin = votes.about(np.arange(6))
    assert draw_map(thin, warm=draw_map(thin).earlier).inside.sum() >= first.inside.sum() - 40
    earlier = first.earlier
    late = draw_map(votes, warm=earlier)
    assert late.inside[first.inside].all()


def test_groups_go_on_from_the_groups_of_the_same_people():
    """Also where earlier base clusters are gone, so that the others have other numbers now."""
    earlier = EarlierGroups(np.array([0, 0, 1, 1, 2, 2, -1]), {2: np.array([0, 1, 1])}, Patience(2, 1, 2))
    fine = Clusters(np.array([0, 0, 1, 2]), np.array([[0.0, 0], [5, 0], [9, 9]]), 1)
    assert origins(fine, np.array([2, 3, 4, 6]), earlier).tolist() == [1, 2, -1]
    assert origins(fine, np.array([2, 9, 0, 3]), earlier).tolist() == [1, 0, 1]


def test_centres_to_begin_from():
    points = np.array([[0.0, 0], [2, 0], [10, 0], [10, 4]])
    held = begin_from(points, np.array([0, 0, 1, -1]), 3, None)
    assert held.tolist() == [[1, 0], [10, 0], [10, 4]]
    same = begin_from(points, np.array([0, 1, 2, -1]) * 0 + [0, 0, -1, -1], 2, np.array([3.0, 1, 1, 1]))
    assert same.tolist() == [[0.5, 0], [10, 4]]
    assert begin_from(points, np.full(4, -1), 2, None) is None
    assert begin_from(np.zeros((3, 2)), np.array([0, 1, 2]), 3, None).tolist() == [[0, 0]]


def test_a_number_that_can_no_longer_be_tried_is_given_up():
    votes, _camp = make_room(8, people=90, statements=20, camps=5, noise=0.3, answered=1.0)
    first = draw_map(votes)
    few = draw_map(votes.of(np.arange(14)), warm=first.earlier)
    assert few.groups.number in few.groups.silhouettes
