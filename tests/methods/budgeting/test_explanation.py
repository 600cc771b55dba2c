"""The explanation says what the rule saw: prices, money, what the others lacked, what somebody's part paid for."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.methods.bad_input import BadInput
from linli.methods.budgeting.completion import complete
from linli.methods.budgeting.election import gather
from linli.methods.budgeting.equal_shares import equal_shares
from linli.methods.budgeting.explanation import explain, paid_by
from linli.methods.budgeting.greedy import greedy
from linli.methods.budgeting.phragmen import phragmen
from tests.methods.budgeting.towns import elections

laws = settings(max_examples=40)


@given(elections(), st.sampled_from(["cost", "cardinality", "points"]))
@laws
def test_the_price_in_its_round_is_the_one_that_was_paid(town, utility):
    found = equal_shares(town, utility)
    told = explain(town, found)
    assert told.money.shape == told.prices.shape == (len(found.rounds) + 1, town.n_projects)
    for step, each in enumerate(found.rounds):
        assert told.prices[step, each.project] == pytest.approx(each.price)
        assert told.money[step, each.project] >= int(town.costs[each.project]) * (1 - 1e-12)
    for lack in told.lacks:
        if lack.why == "supporters":
            assert lack.missing == pytest.approx(int(town.costs[lack.project]) - told.money[-1, lack.project])
            assert lack.since < len(found.rounds)


@given(elections())
@laws
def test_burdens_in_each_round(town):
    found = phragmen(town)
    told = explain(town, found)
    for step, each in enumerate(found.rounds):
        assert told.money[step, each.project] == pytest.approx(each.price)
        assert each.price <= told.money[step][found.funded[step:]].min() * (1 + 1e-12)


@given(elections(), st.sampled_from([equal_shares, phragmen, greedy, complete]))
@laws
def test_everything_spent_fell_on_somebody_who_asked_for_it(town, rule):
    found = rule(town)
    told = explain(town, found)
    assert {lack.project for lack in told.lacks} | set(found.funded.tolist()) == set(range(town.n_projects))
    fell = sum(
        each.amount * int(town.weights[ballot])
        for ballot in range(town.n_ballots)
        for each in paid_by(town, found, ballot)
    )
    assert fell == pytest.approx(found.spent)


def test_what_a_project_lacked():
    town = gather(100, [60, 50, 90, 5], [[0], [0], [0], [1], [1, 2]])
    shares = explain(town, equal_shares(town)).lacks
    assert [(lack.project, lack.why, lack.missing, lack.money, lack.since) for lack in shares] == [
        (1, "supporters", 10, 40, -1),
        (2, "supporters", 70, 20, -1),
        (3, "nobody", 5, 0, -1),
    ]
    by_votes = explain(town, greedy(town)).lacks
    assert [(lack.project, lack.why, lack.missing, lack.money, lack.since) for lack in by_votes] == [
        (1, "budget", 10, 40, 0),
        (2, "budget", 50, 40, 0),
        (3, "nobody", 5, 0, -1),
    ]


def test_phragmen_may_end_before_the_money_does():
    town = gather(10, [5, 6, 4], [[0, 1]] * 4 + [[2]])
    found = phragmen(town)
    assert found.funded.tolist() == [0]
    assert [(lack.project, lack.why) for lack in explain(town, found).lacks] == [(1, "budget"), (2, "burden")]


def test_who_has_no_ballot_paid_nothing():
    town = gather(10, [5], [[0]])
    with pytest.raises(BadInput, match="ballot_unknown"):
        paid_by(town, equal_shares(town), 1)
