"""From a drawn panel and who cannot come to a panel again: what a run of `sortition.replacement` computes.

It begins from the run of the panel, or from that of the replacement before, and not from people and quotas anew: what
was drawn and published is what holds, on whatever machine the work goes on. So each step is a receipt of its own, and
whoever checks the last one checks the ones before it too.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from linli.methods.bad_input import BadInput
from linli.methods.runs import Tell, fill_in, misshapen, quiet, seal
from linli.methods.sortition.files import PeopleFile, QuotasFile, read_people, read_quotas
from linli.methods.sortition.quotas import Quotas
from linli.methods.sortition.replacement import draw_replacement
from linli.methods.tables import LONGEST_ID

VERSION = 1
# `leaves`: ids of those who do not come any more; `away`: of those who need not be asked, since they cannot come.
DEFAULTS: dict[str, Any] = {"leaves": [], "away": []}
ROLES = {"people", "quotas", "panel"}


@dataclass(frozen=True)
class Seated:
    """A panel as its run tells it: positions of those on it, of those who left or were away before, and how the file
    of people is read."""

    panel: list[int]
    away: list[int]
    id_column: str
    household_column: str


def compute(
    files: Mapping[str, bytes], parameters: Mapping[str, Any], seed: int, tell: Tell = quiet
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Result and trace. `files`: `panel`, a run of `sortition.panel` or of `sortition.replacement`, with the `people` and
    the `quotas` that it read; `seed`: that of the draw. Who leaves at the same time is replaced by rising position, so
    that nothing hangs on who is named first; a seat for which there is nobody stays empty.

    Raises BadInput: `parameter_unknown`, `file_unknown`, `file_missing`, `not_a_run`, `seal_broken`, `not_drawn`,
    `input_changed`, `seed_other`, `nobody_leaves`, `id_unknown`, `id_twice`, `not_on_panel`, `still_on_panel`.
    """
    asked = fill_in(files, parameters, DEFAULTS, needed=ROLES)
    tell("reading", 0, 1)
    before = read_run(files, seed)
    quotas = read_quotas(files["quotas"])
    people = read_people(files["people"], quotas, before.id_column, before.household_column)
    everybody = range(len(people.pool))
    if not all(person in everybody for person in [*before.panel, *before.away]):
        raise BadInput("not_a_run", role="panel")
    leaves, away = (places_of(people, asked[name], name) for name in DEFAULTS)
    check_places(people, before, leaves, away)
    panel, gone = list(before.panel), sorted({*before.away, *leaves, *away})
    came = [replace(people, quotas.quotas, panel, person, seed, gone) for person in leaves]
    result = {
        "size": len(before.panel),
        "came": came,
        "panel": {"tickets": [at + 1 for at in panel], "ids": [people.ids[at] for at in panel]},
        "away": [at + 1 for at in gone],
        "read": {"id_column": before.id_column, "household_column": before.household_column},
        "quotas": counts_of(people, quotas, panel),
    }
    return result, {}


def replace(
    people: PeopleFile, quotas: Quotas, panel: list[int], person: int, seed: int, gone: Sequence[int]
) -> dict[str, Any]:
    """Who comes for one person, and that person's seat on `panel` given to them; to nobody where there is none."""
    told: dict[str, Any] = {"leaves": people.ids[person], "comes": None, "apart": None, "among": 0}
    try:
        found = draw_replacement(people.pool, quotas, panel, person, seed, gone)
    except BadInput as wrong:
        if wrong.code != "no_replacement":
            raise
    else:
        panel.append(found.person)
        told |= {"comes": people.ids[found.person], "apart": found.apart, "among": found.among}
    panel.remove(person)
    panel.sort()
    return told


def read_run(files: Mapping[str, bytes], seed: int) -> Seated:
    """The panel as it stands in its run, whole, drawn from these files and by this seed."""
    try:
        run = json.loads(files["panel"])
    except (ValueError, RecursionError):
        raise BadInput("not_a_run", role="panel") from None
    if list(misshapen(run)) or run["method"] not in ("sortition.panel", "sortition.replacement"):
        raise BadInput("not_a_run", role="panel")
    if seal({name: part for name, part in run.items() if name != "seal"}) != run["seal"]:
        raise BadInput("seal_broken", role="panel")
    for role in ("people", "quotas"):
        if run["input"].get(role, {}).get("sha256") != hashlib.sha256(files[role]).hexdigest():
            raise BadInput("input_changed", role=role)
    if run["seed"] != seed:
        raise BadInput("seed_other", panel=run["seed"], given=seed)
    return seated(run)


def seated(run: Mapping[str, Any]) -> Seated:
    result = run["result"]
    try:
        if run["method"] == "sortition.replacement":
            drawn, away, read = result["panel"], result["away"], result["read"]
        elif not result.get("drawn"):
            raise BadInput("not_drawn", role="panel")
        else:
            drawn, away, read = result["drawn"], [], run["parameters"]
        names = [read.get(name, "") for name in ("id_column", "household_column")]
        panel, gone = ([ticket - 1 for ticket in tickets] for tickets in (drawn["tickets"], away))
    except (KeyError, TypeError, AttributeError):
        raise BadInput("not_a_run", role="panel") from None
    return Seated(panel, gone, *names)


def counts_of(people: PeopleFile, quotas: QuotasFile, panel: Sequence[int]) -> list[dict[str, Any]]:
    """For each feature and value: what was asked for, and how many of the panel have it."""
    told = []
    for feature, name in enumerate(quotas.features):
        own = slice(quotas.quotas.starts[feature], quotas.quotas.starts[feature + 1])
        counts = np.bincount(people.pool.features[list(panel), feature], minlength=own.stop - own.start)
        one = {"feature": name, "values": quotas.values[feature], "panel": counts}
        told.append(one | {"min": quotas.quotas.least[own], "max": quotas.quotas.most[own]})
    return told


def places_of(people: PeopleFile, ids: Any, name: str) -> list[int]:
    """Where these people stand, rising."""
    if not isinstance(ids, list) or not all(isinstance(one, str) for one in ids):
        raise BadInput("parameter_unknown", name=name)
    at = {one: place for place, one in enumerate(people.ids)}
    for one in ids:
        if one not in at:
            raise BadInput("id_unknown", value=one[:LONGEST_ID])
        if ids.count(one) > 1:
            raise BadInput("id_twice", value=one)
    return sorted(at[one] for one in ids)


def check_places(people: PeopleFile, before: Seated, leaves: Sequence[int], away: Sequence[int]) -> None:
    """Who leaves is on the panel, who is away is not: those would have to leave."""
    if not leaves:
        raise BadInput("nobody_leaves")
    for person in leaves:
        if person not in before.panel:
            raise BadInput("not_on_panel", person=people.ids[person])
    for person in away:
        if person in before.panel:
            raise BadInput("still_on_panel", person=people.ids[person])
