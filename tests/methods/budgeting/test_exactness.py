"""Every decision is that of exact fractions: on all small elections, and where floats alone would be wrong."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.methods.budgeting.election import gather
from linli.methods.budgeting.equal_shares import equal_shares
from linli.methods.budgeting.exact import Amounts, top_price
from linli.methods.budgeting.greedy import greedy
from linli.methods.budgeting.phragmen import phragmen
from linli.methods.budgeting.purses import Purses
from tests.methods.budgeting import reference
from tests.methods.budgeting.towns import elections, make_town

many = settings(max_examples=60)
UTILITIES = ("cost", "cardinality", "points")


def bought(outcome):
    return outcome.funded.tolist()


def projects(pairs):
    return [project for project, _price in pairs]


@given(elections(), st.sampled_from(UTILITIES), st.randoms(use_true_random=False))
@many
def test_equal_shares(election, utility, chance):
    order = list(range(election.n_projects))
    chance.shuffle(order)
    found = equal_shares(election, utility, order)
    wanted = reference.equal_shares(election, utility, order)
    assert bought(found) == projects(wanted)
    for each, (project, price) in zip(found.rounds, wanted, strict=True):
        scale = int(election.costs[project]) if utility == "cost" else 1
        assert each.price == pytest.approx(float(price * scale), rel=1e-9)


@given(elections(), st.integers(0, 60))
@many
def test_equal_shares_of_another_sum(election, endowment):
    found = equal_shares(election, "cost", endowment=endowment)
    assert bought(found) == projects(reference.equal_shares(election, "cost", endowment=endowment))


@given(elections(), st.randoms(use_true_random=False))
@many
def test_phragmen(election, chance):
    order = list(range(election.n_projects))
    chance.shuffle(order)
    found = phragmen(election, order)
    wanted = reference.phragmen(election, order)
    assert [(each.project, each.price) for each in found.rounds] == [
        (project, pytest.approx(float(burden))) for project, burden in wanted
    ]


@given(elections(), st.booleans(), st.randoms(use_true_random=False))
@many
def test_greedy(election, per_cost, chance):
    order = list(range(election.n_projects))
    chance.shuffle(order)
    assert bought(greedy(election, per_cost, order=order)) == reference.greedy(election, order, per_cost)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("utility", ["cost", "cardinality"])
def test_a_larger_town(seed, utility):
    town = make_town(seed, people=120, projects=14)
    assert bought(equal_shares(town, utility)) == projects(reference.equal_shares(town, utility))
    assert bought(phragmen(town)) == projects(reference.phragmen(town))


def near_tie():
    """Three want a project for 3k + 1, seven one for 7k + 2: k + 1/3 and k + 2/7 each, the same in floating point."""
    k = 10**16
    return gather(11 * k, [3 * k + 1, 7 * k + 2], [[0]] * 3 + [[1]] * 7)


@pytest.mark.parametrize(
    ("ours", "plain"),
    [
        (lambda town: equal_shares(town, "cardinality"), lambda town, **how: reference.equal_shares(town, "cardinality", **how)),
        (phragmen, reference.phragmen),
    ],
    ids=["equal_shares", "phragmen"],
)  # fmt: skip
def test_two_prices_that_floats_do_not_tell_apart(ours, plain):
    town = near_tie()
    assert projects(plain(town))[0] == 1
    assert projects(plain(town, number=float))[0] == 0
    found = ours(town)
    assert bought(found)[0] == 1
    assert found.settled > 0


def test_a_tie_that_floats_take_for_none():
    """Both ask for exactly the same in the end, and the first in the order is bought; floats buy the other."""
    wishes = [[0, 1], [0, 2], [0, 1], [0, 1], [1, 2], [0, 1, 2]]
    town = gather(14, [9, 5, 6], wishes)
    assert projects(reference.equal_shares(town)) == [0]
    assert projects(reference.equal_shares(town, number=float)) == [1]
    assert bought(equal_shares(town)) == [0]


def test_supporters_who_have_exactly_the_cost():
    """Three thirds of ten: floats may come out below ten."""
    town = gather(10, [1, 9], [[0, 1]] * 3)
    assert bought(equal_shares(town, "cardinality")) == [0, 1]
    for n in range(1, 60):
        town = gather(100, [100], [[0]] * n)
        assert bought(equal_shares(town)) == [0]
        town = gather(100, [37, 63], [[0, 1]] * n)
        assert sorted(bought(equal_shares(town))) == [0, 1]


def test_supporters_who_lack_less_than_floats_can_tell():
    """Three tenths of 10¹⁷ and one more: the same number in floating point, and not to be paid."""
    wishes = [[0]] * 3 + [[]] * 7
    cost = 3 * 10**16
    assert float(cost) == float(cost + 1)
    assert bought(equal_shares(gather(10**17, [cost], wishes))) == [0]
    found = equal_shares(gather(10**17, [cost + 1], wishes))
    assert (bought(found), found.settled) == ([], 1)


def test_bounds_that_are_too_narrow_are_widened_or_given_up():
    town = gather(30, [30], [[0]] * 3)
    purses = Purses(town, town.supporters.points, 10.0)
    people, points = np.array([3.0]), np.ones(1)
    assert purses.ceiling(9.0, 1e-3, 30.0, np.array([11.0]), people, points) >= 10
    assert purses.ceiling(9.0, 1e-3, 30.0, np.array([9.0]), people, points) == np.inf
    price, rich, poor = purses.solve(0, np.array([0.0]), np.array([0.0]), points, people)
    assert (price, rich, poor) == (purses.least(0), 3, None)


def test_a_rounding_error_that_has_grown():
    """Many rounds of thirds and sevenths, then a project for exactly what is left."""
    costs = [7, 11, 13, 17, 19, 23, 29, 31]
    town = gather(sum(costs) + 41, [*costs, 41], [list(range(9))] * 21)
    assert sorted(bought(equal_shares(town))) == list(range(9))


@given(
    st.lists(st.tuples(st.integers(0, 20), st.integers(1, 4), st.integers(1, 3)), min_size=1, max_size=6),
    st.integers(1, 60),
)
@many
def test_top_price_pays_exactly(groups, cost):
    price = top_price(cost, groups, 3)
    if price is None:
        assert sum(amount * people for amount, _points, people in groups) < cost * 3
    else:
        assert (
            sum(min(Fraction(amount, 3), price * points) * people for amount, points, people in groups)
            == cost
        )


def test_amounts_keep_one_kind_for_each_amount():
    amounts = Amounts(4, Fraction(10, 3))
    amounts.pay(np.array([0, 1]), np.array([1, 2]), Fraction(5, 3))
    assert [amounts.of(ballot) for ballot in range(4)] == [
        Fraction(5, 3),
        0,
        Fraction(10, 3),
        Fraction(10, 3),
    ]
    amounts.put(np.array([0, 1, 2]), Fraction(10, 3))
    assert (amounts.amounts, amounts.over, set(amounts.kinds.tolist())) == ([10], 3, {0})
