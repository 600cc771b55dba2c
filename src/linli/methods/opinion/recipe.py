"""From files to everything that is said of a room: what a run of `opinion.map` computes."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from linli.methods.bad_input import BadInput
from linli.methods.opinion.alignment import Alignment, align, turned
from linli.methods.opinion.changes import Change, find_changes
from linli.methods.opinion.files import StatementsFile, VotesFile, read_statements, read_votes
from linli.methods.opinion.groups import NOWHERE
from linli.methods.opinion.moderation import Mode, Moderation, moderate
from linli.methods.opinion.opinion_map import OpinionMap, draw_map
from linli.methods.opinion.screening import can_screen, screen
from linli.methods.opinion.stability import SHUFFLES, TIMES, check_stability
from linli.methods.opinion.votes import Votes, gather
from linli.methods.runs import Tell, fill_in, quiet

VERSION = 1
# What may be asked for, and what is taken where nothing is said. `warm`: begin from the map of the file `before`.
DEFAULTS = {"mode": "open", "warm": False, "times": TIMES, "shuffles": SHUFFLES}


def compute(
    files: Mapping[str, bytes], parameters: Mapping[str, Any], seed: int, tell: Tell = quiet
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Result and trace. `files`: `votes`, and if there are any `comments`, and `before`, an earlier export of the votes.

    Raises BadInput: `parameter_unknown`, `file_unknown`, `file_missing`, and whatever is wrong with the files.
    """
    asked = checked(files, parameters, seed)
    tell("reading", 0, 4)
    file = read_votes(files["votes"])
    about = read_statements(files["comments"]) if "comments" in files else None
    ruled = ruled_by(about, file.statement_ids, asked["mode"])
    tell("drawing", 1, 4)
    before = earlier_map(files["before"], file, ruled) if "before" in files else None
    drawn = draw_map(file.votes, ruled, warm=before.earlier if before and asked["warm"] else None)
    held = align(before, drawn) if before else None
    shown = turned(drawn, held.turn) if held else drawn
    result: dict[str, Any] = {
        "people": people_of(shown, file, held),
        "statements": statements_of(shown, file, ruled),
        "groups": groups_of(shown, file, held),
        "consensus": consensus_of(shown, file),
        "axes": {"spread": shown.components.spread, "total": shown.components.total},
    }
    if before and held:
        changes = [named(change, file) for change in find_changes(before, drawn, held)]
        moved = {"people": held.people, "distance": held.distance, "turn": held.turn}
        result |= {"changes": changes, "alignment": moved}
    tell("asking whether the groups hold", 2, 4)
    chance = np.random.default_rng([seed, 1])
    result["stability"] = check_stability(
        file.votes, drawn, chance, ruled, times=asked["times"], shuffles=asked["shuffles"]
    )
    tell("looking for votes in step", 3, 4)
    if file.began is not None and can_screen(file.votes):
        result["screening"] = screen(file.votes, file.began, np.random.default_rng([seed, 2]))
    tell("done", 4, 4)
    return result, trace_of(drawn)


def checked(files: Mapping[str, bytes], parameters: Mapping[str, Any], seed: int) -> dict[str, Any]:
    asked = fill_in(files, parameters, DEFAULTS, needed={"votes"}, welcome={"comments", "before"})
    good = isinstance(asked["warm"], bool) and all(type(asked[name]) is int for name in ("times", "shuffles"))
    if not good or asked["mode"] not in list(Mode):
        raise BadInput("parameter_unknown", **asked)
    if not 0 <= seed < 2**63:
        raise BadInput("out_of_bounds", seed=seed)
    return asked


def ruled_by(about: StatementsFile | None, statement_ids: list[str], mode: str) -> Moderation:
    """Moderation in the order of the votes' statements; one that the comments do not know is not decided yet."""
    known = {} if about is None else {one: place for place, one in enumerate(about.ids)}
    places = [known.get(one, -1) for one in statement_ids]
    decisions = [0 if about is None or at < 0 else int(about.decisions[at]) for at in places]
    meta = [about is not None and at >= 0 and bool(about.meta[at]) for at in places]
    return moderate(decisions, mode if about is not None else Mode.NONE, meta)


def earlier_map(data: bytes, now: VotesFile, ruled: Moderation) -> OpinionMap:
    """The map of an earlier export, its people and statements at the positions that they have now."""
    return draw_map(at_positions_of(now, read_votes(data)), ruled)


def at_positions_of(now: VotesFile, then: VotesFile) -> Votes:
    whose = place_all(then.participant_ids, now.participant_ids)[then.votes.participants]
    what = place_all(then.statement_ids, now.statement_ids)[then.votes.statements]
    both = (whose >= 0) & (what >= 0)
    sizes = now.votes.n_participants, now.votes.n_statements
    return gather(whose[both], what[both], then.votes.values[both], *sizes)


def place_all(ids: list[str], among: list[str]) -> np.ndarray:
    at = {one: place for place, one in enumerate(among)}
    return np.array([at.get(one, -1) for one in ids], dtype=np.int64)


def people_of(drawn: OpinionMap, file: VotesFile, held: Alignment | None) -> dict[str, Any]:
    labels = drawn.groups.labels
    named = labels if held is None else np.where(labels == NOWHERE, NOWHERE, held.names[labels])
    found = {
        "voted": drawn.n_voted,
        "inside": int(drawn.inside.sum()),
        "votes": drawn.n_votes,
        "ids": file.participant_ids,
        "places": drawn.places,
        "groups": named,
        "base": drawn.groups.base,
    }
    if file.groups is not None:
        found["published_groups"] = file.groups
    return found


def statements_of(drawn: OpinionMap, file: VotesFile, ruled: Moderation) -> dict[str, Any]:
    return {
        "ids": file.statement_ids,
        "out": ruled.out,
        "meta": ruled.meta,
        "agree": drawn.totals.agree,
        "disagree": drawn.totals.disagree,
        "seen": drawn.totals.seen,
        "centre": drawn.components.centre,
        "axes": drawn.components.axes,
        "places": drawn.statement_places,
        "extremity": drawn.extremity,
        "priority": drawn.priority,
        "common_ground": drawn.common_ground,
        "common_refusal": drawn.common_refusal,
    }


def groups_of(drawn: OpinionMap, file: VotesFile, held: Alignment | None) -> list[dict[str, Any]]:
    """The groups by their numbers: those of the map before where they go on from it."""
    names = np.arange(drawn.groups.number) if held is None else held.names
    return [
        {
            "group": int(names[group]),
            "people": drawn.groups.sizes[group],
            "centre": drawn.groups.centres[group],
            "agree": drawn.counts.agree[group],
            "disagree": drawn.counts.disagree[group],
            "seen": drawn.counts.seen[group],
            "representative": [
                {**vars(one), "statement": file.statement_ids[one.statement]}
                for one in drawn.representative[group]
            ],
        }
        for group in np.argsort(names).tolist()
    ]


def named(change: Change, file: VotesFile) -> dict[str, Any]:
    """The change with the id of its statement instead of its position."""
    numbers: dict[str, Any] = dict(change.numbers)
    if "statement" in numbers:
        numbers["statement"] = file.statement_ids[numbers["statement"]]
    return {"code": change.code, "numbers": numbers}


def consensus_of(drawn: OpinionMap, file: VotesFile) -> dict[str, Any]:
    return {
        side: [{**vars(one), "statement": file.statement_ids[one.statement]} for one in found]
        for side, found in (("agree", drawn.consensus.agree), ("disagree", drawn.consensus.disagree))
    }


def trace_of(drawn: OpinionMap) -> dict[str, Any]:
    """How it came to this: what a reader needs to follow the numbers by hand."""
    groups = drawn.groups
    return {
        "statements_seen": drawn.n_seen,
        "base": {
            "rounds": groups.rounds,
            "centres": groups.base_centres,
            "sizes": groups.base_sizes,
            "groups": groups.base_groups,
        },
        "silhouettes": groups.silhouettes,
        "best": groups.best,
        "patience": groups.earlier.patience,
    }
