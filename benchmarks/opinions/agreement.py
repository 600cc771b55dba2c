"""Where both define the same, both must find the same: axes, places, and what follows from the groups."""

import numpy as np

from benchmarks.opinions.rooms import Room
from linli.methods.opinion.consensus import across_groups
from linli.methods.opinion.representative import Counts, compare, count_votes
from linli.methods.opinion.votes import gather

SAME = 1e-9
NAMES = {
    "pa": "agree_share", "pd": "disagree_share", "pat": "agree_sure", "pdt": "disagree_sure",
    "ra": "agree_ratio", "rd": "disagree_ratio", "rat": "agree_differs", "rdt": "disagree_differs",
}  # fmt: skip


def axes_apart(ours: dict[str, np.ndarray], theirs: dict[str, np.ndarray]) -> float:
    """1 − |cos| between the principal components, the worse of the two."""
    axes = ours["axes"][:, theirs["columns"]]
    return float(max(1 - np.abs((axes * theirs["axes"]).sum(axis=1))))


def places_apart(ours: dict[str, np.ndarray], theirs: dict[str, np.ndarray]) -> float:
    """The largest distance between places, after mirroring, in parts of the picture's width."""
    mine, other = ours["places"][theirs["people"]], theirs["places"]
    signs = np.sign((mine * other).sum(axis=0))
    return float(np.abs(mine * signs - other).max() / np.abs(other).max())


def statistics_apart(room: Room, theirs: dict[str, np.ndarray]) -> float:
    """The largest difference of any statistic, within their groups, whose definition is the same."""
    labels = np.full(room.n_participants, -1)
    labels[theirs["people"]] = theirs["labels"]
    votes = gather(room.participants, room.statements, room.values, room.n_participants, room.n_statements)
    counts: Counts = count_votes(votes, labels, int(labels.max()) + 1)
    found = compare(counts)
    pairs = [(getattr(found, mine), theirs[other]) for other, mine in NAMES.items()]
    pairs += [(counts.agree, theirs["na"]), (counts.disagree, theirs["nd"]), (counts.seen, theirs["ns"])]
    ground = across_groups(counts.agree, counts.seen)[theirs["ground_columns"]]
    pairs.append((ground, theirs["ground"]))
    return float(max(np.nanmax(np.abs(mine - other)) for mine, other in pairs))
