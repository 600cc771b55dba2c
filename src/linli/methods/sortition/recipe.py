"""From files to a lottery and, once there is a seed, to a panel: what a run of `sortition.panel` computes."""

import hashlib
from collections.abc import Mapping
from typing import Any

import numpy as np

from linli.methods.arrays import Ints
from linli.methods.bad_input import BadInput
from linli.methods.runs import Tell, fill_in, quiet
from linli.methods.sortition.draw import draw_one
from linli.methods.sortition.feasibility import Relaxation, find_panel, rows_of_panel, suggest_relaxations
from linli.methods.sortition.files import PeopleFile, QuotasFile, read_people, read_quotas
from linli.methods.sortition.kinds import gather_kinds
from linli.methods.sortition.lottery import FairLottery, find_lottery
from linli.methods.sortition.mirror import gini, hold_mirror
from linli.methods.sortition.numbered import NUMBERED, NumberedLottery, number_panels
from linli.methods.sortition.probabilities import Rule
from linli.methods.sortition.quotas import check_quotas

VERSION = 2
# `draw`: whether there is a seed already; before there is one the lottery is made and published, and nobody is drawn.
DEFAULTS: dict[str, Any] = {
    "size": 0,
    "rule": Rule.LEXIMIN.value,
    "gamma": 1.0,
    "id_column": "",
    "household_column": "",
    "draw": False,
}
ROLES = {"people", "quotas"}


def compute(
    files: Mapping[str, bytes], parameters: Mapping[str, Any], seed: int, tell: Tell = quiet
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Result and trace. `files`: `people` and `quotas`. Where no panel is possible: the smallest change of quotas.

    Raises BadInput: `parameter_unknown`, `file_unknown`, `file_missing`, `out_of_bounds`, and whatever is wrong with
    the files or contradicts itself.
    """
    asked = checked(files, parameters, seed)
    tell("reading", 0, 1)
    quotas = read_quotas(files["quotas"])
    people = read_people(files["people"], quotas, asked["id_column"], asked["household_column"])
    check_quotas(people.pool, quotas.quotas, asked["size"])
    kinds = gather_kinds(people.pool)
    if find_panel(kinds, rows_of_panel(kinds, quotas.quotas, asked["size"])) is None:
        changes = suggest_relaxations(kinds, quotas.quotas, asked["size"])
        return {"feasible": False, "relaxations": [named(one, quotas) for one in changes]}, {}
    found = find_lottery(people.pool, quotas.quotas, asked["size"], Rule(asked["rule"]), asked["gamma"], tell)
    sheet = number_panels(people.pool, found)
    drawn = None
    if asked["draw"]:
        number = draw_one(seed, NUMBERED)
        drawn = {
            "number": number + 1,
            "tickets": sheet.panels[number] + 1,
            "ids": [people.ids[at] for at in sheet.panels[number]],
        }
    result = {
        "feasible": True,
        "size": asked["size"],
        "rule": asked["rule"],
        "people": people_of(people, found, sheet),
        "fairness": fairness_of(found, sheet),
        "sheet": {"digest": digest_of(sheet.panels), "panels": sheet.panels + 1},
        "quotas": quotas_of(people, quotas, found, sheet, drawn),
        "drawn": drawn,
    }
    return result, trace_of(found)


def checked(files: Mapping[str, bytes], parameters: Mapping[str, Any], seed: int) -> dict[str, Any]:
    asked = fill_in(files, parameters, DEFAULTS, needed=ROLES)
    good = type(asked["size"]) is int and isinstance(asked["draw"], bool) and asked["rule"] in list(Rule)
    good &= isinstance(asked["gamma"], (int, float)) and not isinstance(asked["gamma"], bool)
    if not good or not all(isinstance(asked[name], str) for name in ("id_column", "household_column")):
        raise BadInput("parameter_unknown", **asked)
    if not 0 <= seed < 2**256:
        raise BadInput("out_of_bounds", seed=seed)
    return asked


def named(change: Relaxation, quotas: QuotasFile) -> dict[str, Any]:
    """The change with names of feature and value instead of positions."""
    value = quotas.values[change.feature][change.value]
    return {**vars(change), "feature": quotas.features[change.feature], "value": value}


def people_of(people: PeopleFile, found: FairLottery, sheet: NumberedLottery) -> dict[str, Any]:
    return {
        "ids": people.ids,
        "kinds": found.kinds.of,
        "probabilities": found.probabilities,
        "times": sheet.times,
    }


def fairness_of(found: FairLottery, sheet: NumberedLottery) -> dict[str, Any]:
    chances = found.probabilities
    some = chances[chances > 1e-6]
    return {
        "certified": found.certified,
        "bound": found.bound,
        "gap": found.gap,
        "cuttings": found.cuttings,
        "smallest": some.min(),
        "largest": some.max(),
        "without": len(chances) - len(some),
        "geometric_mean": np.exp(np.log(some).mean()),
        "gini": gini(chances),
        "farthest": sheet.farthest,
    }


def quotas_of(
    people: PeopleFile,
    quotas: QuotasFile,
    found: FairLottery,
    sheet: NumberedLottery,
    drawn: Mapping[str, Any] | None,
) -> list[dict[str, Any]]:
    """For each feature and value: what was asked for, what the pool has, what a panel has in the mean, what was drawn."""
    asked = quotas.quotas
    panel = sheet.panels[0 if drawn is None else drawn["number"] - 1]
    mirror = hold_mirror(people.pool, asked, panel, found.probabilities)
    told = []
    for feature, name in enumerate(quotas.features):
        own = slice(asked.starts[feature], asked.starts[feature + 1])
        one: dict[str, Any] = {"feature": name, "values": quotas.values[feature]}
        one |= {"min": asked.least[own], "max": asked.most[own], "pool": mirror.pool[own]}
        one |= {"expected": mirror.expected[own]}
        if drawn is not None:
            one |= {"panel": mirror.panel[own], "apart": mirror.apart[feature]}
        told.append(one)
    return told


def digest_of(panels: Ints) -> str:
    """SHA-256 of the sheet as text: a line a panel, its ticket numbers apart by blanks."""
    lines = "".join(" ".join(str(at + 1) for at in panel) + "\n" for panel in panels.tolist())
    return hashlib.sha256(lines.encode()).hexdigest()


def trace_of(found: FairLottery) -> dict[str, Any]:
    """The lottery over kinds: what shows that chances come from panels and that these keep the quotas."""
    panels = [[[kind, int(panel[kind])] for kind in np.flatnonzero(panel).tolist()] for panel in found.panels]
    kinds = {"features": found.kinds.features, "sizes": found.kinds.sizes, "most": found.kinds.most}
    return {"kinds": kinds, "panels": panels, "chances": found.chances}
