"""EJR+ by one sort is EJR+ by trying every group; equal shares never pass a group over; two outcomes are counted right."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.methods.bad_input import BadInput
from linli.methods.budgeting.comparison import compare
from linli.methods.budgeting.completion import complete
from linli.methods.budgeting.election import gather
from linli.methods.budgeting.equal_shares import equal_shares
from linli.methods.budgeting.greedy import greedy
from linli.methods.budgeting.proportionality import find_passed_over
from linli.methods.budgeting.satisfaction import satisfy, share_by_group
from tests.methods.budgeting import reference
from tests.methods.budgeting.towns import elections

laws = settings(max_examples=40)


@given(elections(projects=4, ballots=3), st.sets(st.integers(0, 3)))
@laws
def test_every_group_is_looked_at(town, chosen):
    funded = np.array(sorted(one for one in chosen if one < town.n_projects), dtype=np.int64)
    found = find_passed_over(town, funded)
    assert {one.project for one in found} == reference.passed_over(town, funded.tolist())
    for one in found:
        assert one.part == one.voters * town.budget / town.n_voters
        assert (one.most + int(town.costs[one.project])) * town.n_voters <= one.voters * town.budget


def passed_over_in_a_committee(ballots, committee, candidates):
    """Brill and Peters 2023: somebody outside, and a number of seats that enough of those who want them are below."""
    return any(
        sum(one in ballot and len(set(ballot) & committee) < seats for ballot in ballots)
        >= seats * len(ballots) / len(committee)
        for one in set(range(candidates)) - committee
        for seats in range(1, len(committee) + 1)
    )


@pytest.mark.parametrize("seed", range(40))
def test_where_all_cost_the_same_it_is_what_is_said_of_committees(seed):
    rng = np.random.default_rng(seed)
    candidates, wanted = 7, rng.random(7)
    ballots = [[seed % 7], *[np.flatnonzero(rng.random(7) < wanted).tolist() for _voter in range(11)]]
    committee = set(rng.choice(candidates, int(rng.integers(1, 6)), replace=False).tolist())
    town = gather(len(committee), [1] * candidates, ballots)
    passed_over = passed_over_in_a_committee(ballots, committee, candidates)
    assert bool(find_passed_over(town, np.array(sorted(committee)))) == passed_over


@given(elections(), st.sampled_from(["none", "add1", "add1u", "utilitarian"]))
@laws
def test_equal_shares_pass_nobody_over(town, how):
    assert find_passed_over(town, complete(town, how).funded) == ()


def test_most_votes_first_may():
    town = gather(100, [50, 50, 50], [[0, 1]] * 51 + [[2]] * 51)
    (found,) = find_passed_over(town, greedy(town).funded)
    assert (found.project, found.voters, found.most, found.part) == (2, 51, 0, 50)


def test_everything_funded_passes_nobody_over():
    assert find_passed_over(gather(9, [4, 5], [[0, 1]]), np.array([0, 1])) == ()


def test_what_each_ballot_got():
    town = gather(100, [60, 30, 10], [[0, 1], [2], []], [[2, 1], [3], []], [1, 4, 2])
    got = satisfy(town, np.array([0, 2]))
    assert (got.cost.tolist(), got.number.tolist(), got.points.tolist()) == (
        [60, 10, 0],
        [1, 1, 0],
        [2, 3, 0],
    )
    assert (got.voters, got.with_nothing, got.mean_cost) == (7, 2, 100 / 7)


def test_money_by_group():
    town = gather(100, [60, 40], [[0], [1]], weights=[3, 2])
    found = share_by_group(
        town, equal_shares(town), np.array([0, 0, 0, 1, 1]), ["east", "east", "west", "west", "west"]
    )
    assert [(one.group, one.voters, one.with_nothing) for one in found] == [("west", 3, 0), ("east", 2, 0)]
    assert [one.money for one in found] == [pytest.approx(60), pytest.approx(40)]
    with pytest.raises(BadInput, match="lengths_differ"):
        share_by_group(town, equal_shares(town), np.array([0]), [])


@given(elections())
@laws
def test_two_outcomes_side_by_side(town):
    one, other = equal_shares(town), greedy(town)
    here, there = compare(town, one, other), compare(town, other, one)
    assert here.first + here.second + here.alike == town.n_voters
    assert (here.first, here.second, here.alike) == (there.second, there.first, there.alike)
    assert here.first_is_kept == (here.first >= here.second)
    assert here.leaves_fewer_out == (here.first_nothing <= here.second_nothing)
    assert compare(town, one, one).alike == town.n_voters
