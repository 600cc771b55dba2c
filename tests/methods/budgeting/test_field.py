"""The elections of the field: every file is read and written, outcomes agree with a peer's and with what cities decided."""

import pytest

from linli.methods.budgeting.completion import complete
from linli.methods.budgeting.equal_shares import equal_shares
from linli.methods.budgeting.greedy import greedy
from linli.methods.budgeting.pabulib import read_pb, write_pb
from linli.methods.budgeting.phragmen import phragmen
from linli.methods.budgeting.proportionality import find_passed_over
from linli.methods.budgeting.recipe import tie_order

# The peer's names for what it ran; ties by name.
RULES = {
    "mes-cost": lambda town, order: equal_shares(town, "cost", order),
    "mes-card": lambda town, order: equal_shares(town, "cardinality", order),
    "mes-add": lambda town, order: equal_shares(town, "points", order),
    "phragmen": phragmen,
    "greedy-cost": lambda town, order: greedy(town, order=order),
    "greedy-card": lambda town, order: greedy(town, per_cost=True, order=order),
}


def ids(file, outcome):
    return [file.project_ids[at] for at in outcome.funded]


def test_every_selection_of_the_peer(shared, golden):
    compared, differ = 0, []
    for name, selections in golden.items():
        file = shared(name)
        order = tie_order(file, "name")
        for rule, wanted in selections.items():
            if rule in RULES:
                found = ids(file, RULES[rule](file.election, order))
                compared += 1
                # The peer's Phragmén and greedy list what they select in no order.
                same = found == wanted if rule.startswith("mes") else sorted(found) == sorted(wanted)
                differ += [] if same else [(name, rule)]
    assert (compared, differ) == (739, [])


@pytest.mark.parametrize(
    "name", ["Netherlands_Assen_2024", "Poland_Swiecie_2023", "Poland_Warszawa_2023_Bemowo"]
)
def test_add_one_as_the_peer_does_it(shared, golden, name):
    file = shared(name)
    found = complete(file.election, "add1", "cost", tie_order(file, "name"), file.per_unit)
    assert sorted(ids(file, found)) == sorted(golden[name]["mesadd1-cost"])


@pytest.mark.parametrize("name", ["Netherlands_Assen_2024", "Poland_Swiecie_2023"])
def test_what_cities_really_decided_with_equal_shares(shared, name):
    """Their files say `equalshares/add1`: the step by step kind, from the exact part, until nothing more fits."""
    file = shared(name)
    assert file.meta["rule"] == "equalshares/add1"
    found = complete(file.election, "add1", "cost", tie_order(file, "votes"), file.per_unit)
    assert sorted(found.funded.tolist()) == file.officially_funded


def test_every_file_is_read_and_written_and_nobody_passed_over(shared):
    for name in shared.names:
        file = shared(name)
        again = read_pb(write_pb(file)) if len(file.ballot_of) < 2_000 else file
        assert again.sections == file.sections
        assert again.election.votes.tolist() == file.election.votes.tolist()
        for rule in (equal_shares, phragmen):
            assert find_passed_over(file.election, rule(file.election).funded) == ()
    assert len(shared.names) == 232
