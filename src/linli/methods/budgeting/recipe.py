"""From a file to everything that is said of an election: what a run of `budgeting.outcome` computes."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np

from linli.methods.arrays import Floats
from linli.methods.bad_input import BadInput
from linli.methods.budgeting.comparison import compare
from linli.methods.budgeting.completion import Completion, complete
from linli.methods.budgeting.election import Election, Utility
from linli.methods.budgeting.equal_shares import EQUAL_SHARES
from linli.methods.budgeting.explanation import explain, paid_by
from linli.methods.budgeting.greedy import GREEDY, greedy
from linli.methods.budgeting.outcome import Outcome
from linli.methods.budgeting.pabulib import BudgetFile, read_pb
from linli.methods.budgeting.phragmen import PHRAGMEN, phragmen
from linli.methods.budgeting.proportionality import find_passed_over
from linli.methods.budgeting.satisfaction import satisfy, share_by_group
from linli.methods.runs import Tell, fill_in, quiet

VERSION = 1
RULES = (EQUAL_SHARES, PHRAGMEN, GREEDY)
TIES = ("votes", "name", "file")
# What may be asked for, and what is taken where nothing is said. `groups`: a column of the voters. `voter`: one of their ids.
DEFAULTS = {
    "rule": EQUAL_SHARES,
    "utility": str(Utility.COST),
    "completion": str(Completion.ADD_ONE_UTILITARIAN),
    "integral": False,
    "exhaustive": True,
    "per_cost": False,
    "ties": "votes",
    "groups": "",
    "voter": "",
}
# A count of fewer people would say something about single ones.
LEAST_IN_GROUP = 5


def compute(
    files: Mapping[str, bytes], parameters: Mapping[str, Any], seed: int, tell: Tell = quiet
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Result and trace. `files`: `election`, a `.pb` file. Nothing is left to chance, so that the seed changes nothing.

    Raises BadInput: `parameter_unknown`, `file_unknown`, `file_missing`, `column_missing`, `groups_too_small`, `voter_unknown`, and
    whatever is wrong with the file.
    """
    asked = checked(files, parameters)
    tell("reading", 0, 3)
    file = read_pb(files["election"])
    order = tie_order(file, asked["ties"])
    tell("deciding", 1, 3)
    outcome = decide(file, asked, order, tell)
    tell("explaining", 2, 3)
    explained = explain(file.election, outcome)
    result = {
        "election": facts_of(file),
        "projects": {
            "ids": file.project_ids,
            "names": file.names,
            "costs": file.election.costs,
            "votes": file.election.votes,
        },
        **outcome_of(file, outcome),
        "unfunded": [named(file, asdict(lack)) for lack in explained.lacks],
        **checks_of(file, outcome, greedy(file.election, order=order)),
    }
    if asked["groups"]:
        result["groups"] = groups_of(file, outcome, asked["groups"])
    if asked["voter"]:
        result["voter"] = voter_of(file, outcome, asked["voter"])
    tell("done", 3, 3)
    trace = {"money": finite(explained.money), "prices": finite(explained.prices), "settled": outcome.settled}
    return result, trace


def checked(files: Mapping[str, bytes], parameters: Mapping[str, Any]) -> dict[str, Any]:
    asked = fill_in(files, parameters, DEFAULTS, needed={"election"})
    for name, value in asked.items():
        if type(value) is not type(DEFAULTS[name]):
            raise BadInput("parameter_unknown", name=name)
    choices = {"rule": RULES, "utility": list(Utility), "completion": list(Completion), "ties": TIES}
    for name, known in choices.items():
        if asked[name] not in known:
            raise BadInput("parameter_unknown", name=name, value=asked[name])
    return asked


def tie_order(file: BudgetFile, ties: str) -> list[int]:
    """Positions of the projects as they go first where they are equal: by most votes, then least cost, then id; by id; as filed."""
    positions = range(len(file.project_ids))
    if ties == "file":
        return list(positions)
    if ties == "name":
        return sorted(positions, key=file.project_ids.__getitem__)
    votes, costs = file.election.votes.tolist(), file.election.costs.tolist()
    return sorted(positions, key=lambda at: (-votes[at], costs[at], file.project_ids[at]))


def decide(file: BudgetFile, asked: Mapping[str, Any], order: list[int], tell: Tell) -> Outcome:
    election = file.election
    if asked["rule"] == PHRAGMEN:
        return phragmen(election, order)
    if asked["rule"] == GREEDY:
        return greedy(election, asked["per_cost"], asked["utility"] == Utility.POINTS, order)
    return complete(
        election,
        asked["completion"],
        asked["utility"],
        order,
        file.per_unit,
        asked["integral"],
        asked["exhaustive"],
        tell,
    )


def facts_of(file: BudgetFile) -> dict[str, Any]:
    election: Election = file.election
    return {
        "kind": file.kind,
        "voters": election.n_voters,
        "ballots": election.n_ballots,
        "budget": election.budget,
        "per_unit": file.per_unit,
        "notes": [list(note) for note in file.notes],
    }


def named(file: BudgetFile, said: dict[str, Any]) -> dict[str, Any]:
    """The same with the id of the project instead of its position."""
    return {**said, "project": file.project_ids[said["project"]]}


def outcome_of(file: BudgetFile, outcome: Outcome) -> dict[str, Any]:
    found: dict[str, Any] = {
        "rule": outcome.rule,
        "utility": outcome.utility,
        "funded": [file.project_ids[at] for at in outcome.funded],
        "spent": outcome.spent,
        "left": outcome.left,
        "endowment": outcome.endowment,
        "rounds": [named(file, asdict(each)) for each in outcome.rounds],
    }
    official = file.officially_funded
    if official is not None:
        differ = sorted(set(official) ^ set(outcome.funded.tolist()))
        found["official"] = {
            "funded": [file.project_ids[at] for at in official],
            "differ": [file.project_ids[at] for at in differ],
        }
    return found


def checks_of(file: BudgetFile, outcome: Outcome, usual: Outcome) -> dict[str, Any]:
    election = file.election
    got = satisfy(election, outcome.funded)
    compared = compare(election, outcome, usual)
    return {
        "within_budget": outcome.spent <= election.budget,
        "satisfaction": {
            "voters": got.voters,
            "with_nothing": got.with_nothing,
            "mean_cost": got.mean_cost,
            "number": np.bincount(got.number, weights=got.weights).astype(np.int64),
        },
        "passed_over": [named(file, asdict(one)) for one in find_passed_over(election, outcome.funded)],
        "comparison": {**asdict(compared), "first_is_kept": compared.first_is_kept},
    }


def groups_of(file: BudgetFile, outcome: Outcome, column: str) -> list[dict[str, Any]]:
    """How the money falls on groups; those of fewer than five people are told together, as ""."""
    cells = file.column("VOTES", column)
    if cells is None or column in ("voter_id", "vote", "points"):
        raise BadInput("column_missing", column=column)
    names, counts = np.unique(cells, return_counts=True)
    small = set(names[counts < LEAST_IN_GROUP].tolist())
    merged = ["" if cell in small else cell for cell in cells]
    found = share_by_group(file.election, outcome, file.ballot_of, merged)
    if any(group.voters < LEAST_IN_GROUP for group in found):
        raise BadInput("groups_too_small", column=column, least=LEAST_IN_GROUP)
    # How many of a group have nothing may be one person, and would follow from the sum if it were left out for one.
    return [{"group": one.group, "voters": one.voters, "money": one.money} for one in found]


def voter_of(file: BudgetFile, outcome: Outcome, voter: str) -> dict[str, Any]:
    """What this voter's part paid for, and what is left of it."""
    ids = file.column("VOTES", "voter_id") or []
    if voter not in ids:
        raise BadInput("voter_unknown", value=voter[:60])
    paid = paid_by(file.election, outcome, int(file.ballot_of[ids.index(voter)]))
    part = outcome.endowment / file.election.n_voters
    own = sum(each.amount for each in paid if each.by == outcome.rule)
    return {"part": part, "left": max(part - own, 0.0), "paid": [named(file, asdict(each)) for each in paid]}


def finite(table: Floats) -> list[list[float | None]]:
    """Rows of the table; null where a price is infinite, as a file cannot hold that."""
    return [[value if np.isfinite(value) else None for value in row] for row in table.tolist()]
