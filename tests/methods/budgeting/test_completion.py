"""A little more for everybody, then the most votes: as far as the budget goes, and as the options say."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.methods.bad_input import BadInput
from linli.methods.budgeting import completion, kernels
from linli.methods.budgeting.completion import Tries, complete
from linli.methods.budgeting.election import Utility, gather
from linli.methods.budgeting.equal_shares import equal_shares
from linli.methods.budgeting.kernels import Fate
from linli.methods.budgeting.outcome import fitting
from tests.methods.budgeting import reference
from tests.methods.budgeting.towns import elections, make_town

laws = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


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
def test_add_one(either_path, town):
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


def test_a_larger_unit_takes_larger_steps(either_path):
    town = gather(100, [60, 70], [[0], [0], [1], [1]])
    assert complete(town, "add1").endowment == 120
    assert complete(town, "add1", unit=5).endowment == 120
    assert complete(town, "add1", unit=10).endowment == 100


def test_it_tells_how_far_it_is_and_ends_at_its_bound(monkeypatch, either_path):
    town, told = gather(1000, [900, 1000], [[0], *[[1]] * 9]), []
    found = complete(town, "add1", tell=lambda part, done, of: told.append((part, done, of)))
    assert found.funded.tolist() == [1]
    assert told[0] == ("a little more for everybody", 0, 1000)
    monkeypatch.setattr(completion, "MOST_STEPS", 3)
    with pytest.raises(BadInput, match="too_many_steps"):
        complete(town, "add1")


@pytest.fixture
def compiled():
    pytest.importorskip("numba")


def fates(town, utility, order, step, steps, exhaustive):
    tries = Tries(town, utility, order, step, exhaustive)
    return [tries.fate(town.budget + number * step) for number in range(steps)]


def held_against_numpy(town, utility, order, step, exhaustive, steps=40):
    """What the compiled loops say of a sum is what becomes of it, or that it is unclear. How many of them were clear."""
    wanted = fates(town, utility, order, step, steps, exhaustive)
    loops_town = kernels.town_of(town, Utility(utility), np.argsort(order))
    number = clear = 0
    while number < steps:
        given = town.budget + number * step
        passed, fate = kernels.try_sums(loops_town, town, given, step, steps - number, exhaustive)
        assert wanted[number : number + passed] == [Fate.GOES_ON] * passed
        number, clear = number + passed, clear + passed
        if number < steps:
            assert fate in (Fate.UNCLEAR, wanted[number])
            number, clear = number + 1, clear + (fate != Fate.UNCLEAR)
    return clear


@given(
    elections(),
    st.sampled_from(list(Utility)),
    st.booleans(),
    st.integers(1, 5),
    st.randoms(use_true_random=False),
)
@laws
def test_the_compiled_loops_never_say_what_is_not_so(compiled, town, utility, exhaustive, step, chance):
    order = list(range(town.n_projects))
    chance.shuffle(order)
    held_against_numpy(town, utility, order, step, exhaustive, steps=12)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("utility", list(Utility))
def test_the_compiled_loops_are_clear_nearly_always(compiled, seed, utility):
    town = make_town(seed)
    order = np.random.default_rng(seed).permutation(town.n_projects)
    assert held_against_numpy(town, utility, order, 200, False) >= 38


def test_what_floats_do_not_tell_apart_is_unclear_to_the_compiled_loops(compiled):
    """Two even prices are compared in whole numbers all the same; whether thirds suffice to the last unit is not."""
    k = 10**16
    town = gather(11 * k, [3 * k + 1, 7 * k + 2], [[0]] * 3 + [[1]] * 7)
    loops_town = kernels.town_of(town, Utility.CARDINALITY, np.arange(2))
    assert kernels.try_sums(loops_town, town, town.budget, 1, 1, False) == (0, Fate.LAST)
    thirds = gather(10**17, [3 * 10**16 + 1], [[0]] * 3 + [[]] * 7)
    loops_town = kernels.town_of(thirds, Utility.COST, np.arange(1))
    assert kernels.try_sums(loops_town, thirds, thirds.budget, 1, 1, False) == (0, Fate.UNCLEAR)


def test_loops_are_loaded_only_where_they_save_time(monkeypatch):
    monkeypatch.setattr(kernels, "is_there", lambda: True)
    monkeypatch.setattr(kernels, "LOOPS", "not loaded")
    assert not kernels.worth(10)
    assert kernels.worth(1e9)
    monkeypatch.setattr(kernels, "is_there", lambda: False)
    assert not kernels.worth(1e9)
    kernels.load()


@pytest.mark.parametrize("seed", range(3))
def test_both_paths_give_the_same_digits(compiled, monkeypatch, seed):
    town, found = make_town(seed), []
    for compiled_too in (False, True):
        monkeypatch.setattr(kernels, "worth", lambda _looked_at, there=compiled_too: there)
        found.append(complete(town, "add1"))
    assert found[0] == found[1]


def test_what_is_asked_wrongly_is_refused_on_both_paths(either_path):
    town = make_town(3)
    with pytest.raises(BadInput, match="utility_unknown"):
        complete(town, "add1", utility="beauty")
    with pytest.raises(BadInput, match="order_unknown"):
        complete(town, "add1", order=[0, 0])
    with pytest.raises(BadInput, match="endowment_unknown"):
        complete(gather(100, [90, 90], [[0], [1]]), "add1", unit=2**70)
