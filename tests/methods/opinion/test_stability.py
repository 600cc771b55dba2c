"""Groups are spoken of only where they survive; small rooms, and rooms of chance, are told as what they are."""

import numpy as np
import pytest

from linli.methods.bad_input import BadInput
from linli.methods.opinion.agreement import adjusted_rand
from linli.methods.opinion.opinion_map import draw_map
from linli.methods.opinion.stability import MOST_PEOPLE, Verdict, check_stability, deal_anew, judge, overlaps
from linli.methods.opinion.votes import from_table
from tests.methods.opinion.rooms import make_room
from tests.methods.opinion.sameness import same_map


def check(votes, seed=0, **more):
    return check_stability(votes, draw_map(votes), np.random.default_rng(seed), **more)


def by_chance(seed, people, statements=15):
    rng = np.random.default_rng(seed)
    return from_table(rng.integers(-1, 2, size=(people, statements)))


@pytest.mark.parametrize("people", [40, 60])
def test_two_camps_hold(people):
    votes, _camp = make_room(1, people=people, statements=20, noise=0.4)
    found = check(votes, times=20)
    assert (found.verdict, found.people, found.looked_at) == (Verdict.GROUPS, people, people)
    assert found.agreement > 0.9
    assert found.held.min() > 0.9
    assert found.chance == 0.05
    assert (found.numbers == 2).mean() > 0.8


@pytest.mark.parametrize("people", [8, 11])
def test_a_handful_of_people_are_too_few(people):
    votes, _camp = make_room(2, people=people, statements=20, noise=0.1)
    assert check(votes, times=5).verdict is Verdict.TOO_FEW


def test_rooms_of_chance_are_rarely_called_groups():
    """Of rooms in which everybody answers by lot hardly one may be called divided, though every map of them shows groups."""
    verdicts = [check(by_chance(seed, 16 + 4 * seed), times=8).verdict for seed in range(10)]
    assert verdicts.count(Verdict.GROUPS) <= 1
    assert draw_map(by_chance(1, 30)).groups.number >= 2


def test_a_group_of_three_is_not_spoken_of():
    table = np.ones((20, 12))
    table[:3] = -1
    table[::4, ::3] = 0
    assert check(from_table(table), times=5).verdict is Verdict.SMALL_GROUP


def test_the_rule_in_its_order():
    sizes, good = np.array([8, 8]), np.ones(2)
    assert judge(16, sizes, 0.05, 0.6, good) is Verdict.GROUPS
    assert judge(16, sizes, 0.1, 0.6, good) is Verdict.CHANCE
    assert judge(16, sizes, 0.05, 0.59, good) is Verdict.UNSTEADY
    assert judge(16, sizes, 0.05, 0.6, np.array([1, 0.49])) is Verdict.UNSTEADY
    assert judge(16, np.array([13, 3]), 0.05, 1, good) is Verdict.SMALL_GROUP
    assert judge(11, sizes, 0.05, 1, good) is Verdict.TOO_FEW
    assert judge(16, np.array([16]), 0.05, 1, good[:1]) is Verdict.TOO_FEW


def test_the_same_seed_says_the_same():
    votes, _camp = make_room(3, people=30)
    assert same_map(check(votes, seed=5, times=5), check(votes, seed=5, times=5))
    assert not same_map(check(votes, seed=5, times=5), check(votes, seed=6, times=5))


def test_of_very_many_people_some_are_drawn():
    votes, _camp = make_room(4, people=MOST_PEOPLE + 50, statements=8, answered=1.0)
    found = check(votes, times=2)
    assert (found.people, found.looked_at) == (MOST_PEOPLE + 50, MOST_PEOPLE)


def test_dealing_anew_keeps_who_answered_and_what_each_statement_got(room):
    dealt = deal_anew(room, np.random.default_rng(1))
    assert dealt.starts.tolist() == room.starts.tolist()
    assert dealt.sums.tolist() == room.sums.tolist()
    assert dealt.values.tolist() != room.values.tolist()


def test_the_index_counts_pairs():
    one, other = np.array([0, 0, 0, 1, 1, 2]), np.array([5, 5, 3, 3, 3, 3])
    pairs = [(i, j) for i in range(6) for j in range(i)]
    a = sum(one[i] == one[j] and other[i] == other[j] for i, j in pairs)
    b, c = sum(one[i] == one[j] for i, j in pairs), sum(other[i] == other[j] for i, j in pairs)
    wanted = (a - b * c / 15) / ((b + c) / 2 - b * c / 15)
    assert adjusted_rand(one, other) == pytest.approx(wanted)
    assert adjusted_rand(np.zeros(4), np.zeros(4)) == 1
    assert adjusted_rand(np.zeros(4), np.arange(4)) == 0
    assert adjusted_rand(np.array([]), np.array([])) == 1
    with pytest.raises(BadInput, match="lengths_differ"):
        adjusted_rand(one, other[:2])


def test_what_stays_together():
    assert overlaps(np.array([0, 0, 0, 1]), np.array([1, 1, 0, 0]), 2).tolist() == [2 / 3, 0.5]
    assert overlaps(np.array([], dtype=int), np.array([], dtype=int), 2).tolist() == [0, 0]


def test_bounds(room):
    for more in ({"times": 0}, {"times": 10**6}, {"shuffles": 3}):
        with pytest.raises(BadInput, match="out_of_bounds"):
            check(room, **more)
