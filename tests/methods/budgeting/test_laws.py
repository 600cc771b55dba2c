"""What holds for every election and every rule."""

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.methods.bad_input import BadInput
from linli.methods.budgeting.completion import complete
from linli.methods.budgeting.election import gather
from linli.methods.budgeting.equal_shares import equal_shares
from linli.methods.budgeting.explanation import payments
from linli.methods.budgeting.greedy import greedy
from linli.methods.budgeting.phragmen import phragmen
from tests.methods.budgeting import reference
from tests.methods.budgeting.towns import elections

laws = settings(max_examples=40)
RULES = {
    "cost": lambda town, order=None: equal_shares(town, "cost", order),
    "cardinality": lambda town, order=None: equal_shares(town, "cardinality", order),
    "points": lambda town, order=None: equal_shares(town, "points", order),
    "add1u": lambda town, order=None: complete(town, "add1u", order=order, unit=1),
    "phragmen": phragmen,
    "greedy": lambda town, order=None: greedy(town, order=order),
    "per_cost": lambda town, order=None: greedy(town, per_cost=True, order=order),
}
rules = st.sampled_from(sorted(RULES))


def ballots_of(town):
    spans = list(zip(town.starts[:-1], town.starts[1:], strict=True))
    return [town.projects[a:b].tolist() for a, b in spans], [town.points[a:b].tolist() for a, b in spans]


@given(elections(), rules, st.randoms(use_true_random=False))
@laws
def test_the_order_of_people_and_the_places_of_projects_are_irrelevant(town, rule, chance):
    """As long as the order that decides ties goes with the projects."""
    people, places = list(range(town.n_ballots)), list(range(town.n_projects))
    chance.shuffle(people)
    chance.shuffle(places)
    cast, given_points = ballots_of(town)
    to = {old: new for new, old in enumerate(places)}
    moved = gather(
        town.budget,
        [int(town.costs[old]) for old in places],
        [[to[project] for project in cast[i]] for i in people],
        [given_points[i] for i in people],
        [int(town.weights[i]) for i in people],
    )
    here = RULES[rule](town)
    there = RULES[rule](moved, [to[old] for old in range(town.n_projects)])
    assert [places[project] for project in there.funded] == here.funded.tolist()


@given(elections(), rules)
@laws
def test_everybody_twice_with_twice_the_money_is_the_same(town, rule):
    cast, given_points = ballots_of(town)
    twice = gather(
        2 * town.budget,
        [2 * int(cost) for cost in town.costs],
        cast * 2,
        given_points * 2,
        [*town.weights] * 2,
    )
    if rule != "add1u":
        assert RULES[rule](twice).funded.tolist() == RULES[rule](town).funded.tolist()
    heavier = gather(
        town.budget, town.costs, cast, given_points, [2 * int(weight) for weight in town.weights]
    )
    apart = gather(town.budget, town.costs, cast * 2, given_points * 2, [*town.weights] * 2)
    assert RULES[rule](heavier).funded.tolist() == RULES[rule](apart).funded.tolist()


@given(elections(), rules)
@laws
def test_the_budget_is_kept_and_nothing_is_funded_that_nobody_asked_for(town, rule):
    found = RULES[rule](town)
    assert found.spent == int(town.costs[found.funded].sum()) <= town.budget
    assert len(set(found.funded.tolist())) == len(found.rounds)
    assert (town.votes[found.funded] > 0).all()
    lefts = [town.budget, *(each.left for each in found.rounds)]
    paid = [one - other for one, other in pairwise(lefts)]
    assert paid == town.costs[found.funded].tolist()


@given(elections(), st.sampled_from(["cost", "cardinality", "points"]))
@laws
def test_equal_shares_have_prices(town, utility):
    """Everybody pays at most their part and only for their wishes; each project is paid; no open one could be."""
    found = equal_shares(town, utility)
    part = town.budget / town.n_voters
    spent = np.zeros(town.n_ballots)
    for each, amounts in zip(found.rounds, payments(town, found), strict=True):
        own = town.supporters.ballots[town.supporters.of(each.project)]
        spent[own] += amounts
        assert (amounts >= 0).all()
        assert (amounts * town.weights[own]).sum() == pytest.approx(int(town.costs[each.project]))
    assert (spent <= part * (1 + 1e-9)).all()
    exact = {project for project, _price in reference.equal_shares(town, utility)}
    for project in set(range(town.n_projects)) - exact:
        own = town.supporters.ballots[town.supporters.of(project)]
        assert ((part - spent[own]) * town.weights[own]).sum() <= int(town.costs[project]) * (1 + 1e-9)


@given(elections())
@laws
def test_prices_never_fall(town):
    for rule in ("cost", "cardinality", "phragmen"):
        rounds = RULES[rule](town).rounds
        scale = [int(town.costs[each.project]) if rule == "cost" else 1 for each in rounds]
        prices = [each.price / max(by, 1) for each, by in zip(rounds, scale, strict=True)]
        assert all(later >= before * (1 - 1e-12) for before, later in pairwise(prices))


@given(elections(), rules)
@laws
def test_inputs_are_not_changed_and_results_repeat(town, rule):
    columns = (town.costs, town.starts, town.projects, town.points, town.weights)
    before = [column.tolist() for column in columns]
    first = RULES[rule](town)
    assert RULES[rule](town).rounds == first.rounds
    assert [column.tolist() for column in columns] == before
    with pytest.raises(ValueError, match="read-only"):
        town.costs[0] = 1


def test_a_story_of_two_courtyards():
    """Sixty people want benches and lamps, forty a swing and a path: each side gets what its number pays for."""
    town = gather(100, [30, 30, 30, 20, 20, 20], [[0, 1, 2]] * 60 + [[3, 4, 5]] * 40)
    assert greedy(town).funded.tolist() == [0, 1, 2]
    assert sorted(equal_shares(town).funded.tolist()) == [0, 1, 3, 4]
    assert sorted(phragmen(town).funded.tolist()) == [0, 1, 3, 4]


def test_what_costs_nothing_is_funded_if_anybody_asked():
    town = gather(10, [0, 10, 0], [[0, 1], [1]])
    for rule in RULES.values():
        assert sorted(rule(town).funded.tolist()) == [0, 1]


@pytest.mark.parametrize(
    ("words", "code", "params"),
    [
        ((10, [5, -1], [[0]]), "cost_negative", {"at": 1, "value": -1}),
        ((10, [5, 2.5], [[0]]), "not_whole", {"column": "costs", "at": 1}),
        ((10, [5, None], [[0]]), "not_whole", {"column": "costs", "at": 1}),
        ((10, [5, float("nan")], [[0]]), "not_whole", {"column": "costs", "at": 1}),
        ((10, [5, True], [[0]]), "not_whole", {"column": "costs", "at": 1}),
        ((10.0, [5], [[0]]), "not_whole", {"column": "budget"}),
        ((-1, [5], [[0]]), "budget_negative", {"value": -1}),
        ((4, [5, 6], [[0]]), "budget_below_every_cost", {"budget": 4, "least": 5}),
        ((10, [], [[]]), "no_projects", {}),
        ((10, [5], []), "nobody_voted", {}),
        ((10, [5], [[], []]), "nobody_voted", {}),
        ((10, [5], [[0], [1]]), "project_unknown", {"ballot": 1, "value": 1}),
        ((10, [5], [[0], [-1]]), "project_unknown", {"ballot": 1, "value": -1}),
        ((10, [5, 5], [[0], [1, 0, 1]]), "project_twice", {"ballot": 1, "value": 1}),
        ((10, [5], [[0]], [[0]]), "points_unknown", {"ballot": 0, "value": 0}),
        ((10, [5], [[0]], [[1, 2]]), "lengths_differ", {}),
        ((10, [5], [[0]], None, [0]), "weight_unknown", {"at": 0, "value": 0}),
        ((10, [5], [[0]], None, [1, 1]), "lengths_differ", {}),
        ((10, [5], [[0]], None, [10**9]), "too_many_voters", {}),
        ((2**61, [5], [[0]] * 3), "too_much_money", {}),
        ((10, [2**70], [[0]]), "too_much_money", {"column": "costs", "at": 0}),
        ((10, [1] * 10_001, [[0]]), "too_many_projects", {"given": 10_001}),
    ],
)
def test_what_is_no_election_is_refused_with_its_place(words, code, params):
    with pytest.raises(BadInput) as refused:
        gather(*words)
    assert refused.value.code == code
    assert params.items() <= refused.value.params.items()


def test_what_a_rule_does_not_know_is_refused():
    town = gather(10, [5], [[0]])
    for call, code in (
        (lambda: equal_shares(town, "fun"), "utility_unknown"),
        (lambda: equal_shares(town, order=[1]), "order_unknown"),
        (lambda: phragmen(town, order=[0, 0]), "order_unknown"),
        (lambda: equal_shares(town, endowment=-1), "endowment_unknown"),
        (lambda: complete(town, "add2"), "completion_unknown"),
        (lambda: complete(town, unit=0), "unit_unknown"),
    ):
        with pytest.raises(BadInput) as refused:
            call()
        assert refused.value.code == code


def test_a_part_is_a_fraction():
    assert Fraction(equal_shares(gather(10, [5], [[0]] * 3)).endowment, 3) == Fraction(10, 3)
