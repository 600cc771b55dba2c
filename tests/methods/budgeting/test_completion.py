"""A little more for everybody, then the most votes: as far as the budget goes, and as the options say."""

import pytest
from hypothesis import given, settings

from linli.methods.bad_input import BadInput
from linli.methods.budgeting import completion
from linli.methods.budgeting.completion import complete
from linli.methods.budgeting.election import gather
from linli.methods.budgeting.equal_shares import equal_shares
from linli.methods.budgeting.outcome import fitting
from tests.methods.budgeting import reference
from tests.methods.budgeting.towns import elections

laws = settings(max_examples=40)


def step_by_step(town, integral, exhaustive):
    """Add1 as a child would do it."""
    voters = town.n_voters
    given = town.budget // voters * voters if integral else town.budget
    best = None
    while True:
        found = [project for project, _price in reference.equal_shares(town, endowment=given)]
        spent = sum(int(town.costs[project]) for project in found)
        if spent > town.budget:
            return best
        best = found
        fits = [
            p
            for p in range(town.n_projects)
            if town.votes[p] and p not in found and town.costs[p] <= town.budget - spent
        ]
        if len(found) == (town.votes > 0).sum() or (exhaustive and not fits):
            return best
        given += voters


@given(elections(projects=4, ballots=4))
@laws
def test_add_one(town):
    for integral in (True, False):
        for exhaustive in (True, False):
            found = complete(town, "add1", integral=integral, exhaustive=exhaustive)
            assert found.funded.tolist() == step_by_step(town, integral, exhaustive)


@given(elections())
@laws
def test_with_the_most_votes_first_nothing_fits_any_more(town):
    for how in ("utilitarian", "add1u"):
        found = complete(town, how)
        assert not len(fitting(town, found))
        begun = complete(town, "none" if how == "utilitarian" else "add1")
        assert found.rounds[: len(begun.rounds)] == begun.rounds
        assert {each.by for each in found.rounds[len(begun.rounds) :]} <= {"greedy"}


def test_none_is_equal_shares_alone():
    town = gather(100, [60, 70], [[0], [0], [1], [1]])
    assert complete(town, "none").rounds == equal_shares(town).rounds == ()


def test_a_larger_unit_takes_larger_steps():
    town = gather(100, [60, 70], [[0], [0], [1], [1]])
    assert complete(town, "add1").endowment == 120
    assert complete(town, "add1", unit=5).endowment == 120
    assert complete(town, "add1", unit=10).endowment == 100


def test_it_tells_how_far_it_is_and_ends_at_its_bound(monkeypatch):
    town, told = gather(1000, [900, 1000], [[0], *[[1]] * 9]), []
    found = complete(town, "add1", tell=lambda part, done, of: told.append((part, done, of)))
    assert found.funded.tolist() == [1]
    assert told[0] == ("a little more for everybody", 0, 1000)
    monkeypatch.setattr(completion, "MOST_STEPS", 3)
    with pytest.raises(BadInput, match="too_many_steps"):
        complete(town, "add1")
