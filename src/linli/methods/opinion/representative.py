"""What each group says that the others do not."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from linli.methods.arrays import Flags, Floats, Ints
from linli.methods.opinion import kernels
from linli.methods.opinion.proportions import SURE_90, above_half, differ, share
from linli.methods.opinion.votes import Votes

MOST = 5
Direction = Literal["agree", "disagree"]


@dataclass(frozen=True, eq=False)
class Counts:
    """How many agreed, disagreed, and answered at all (passes too): int64, groups × statements."""

    agree: Ints
    disagree: Ints
    seen: Ints

    @property
    def passed(self) -> Ints:
        return self.seen - self.agree - self.disagree


@dataclass(frozen=True, eq=False)
class Statistics:
    """For every group and statement: `…_share` within the group, `…_sure` that it is more than half, `…_ratio` to the
    share among the other groups together, `…_differs` how sure it is that the share is larger here. Float64.
    """

    agree_share: Floats
    agree_sure: Floats
    agree_ratio: Floats
    agree_differs: Floats
    disagree_share: Floats
    disagree_sure: Floats
    disagree_ratio: Floats
    disagree_differs: Floats


@dataclass(frozen=True)
class Representative:
    """One statement that stands for a group: `success` of `trials` took this direction.

    `best_agree`: the one statement that the group agrees with in the most telling way. It is told as an agreement, also
    where fewer than elsewhere agree (there the field keeps the agreements beside, and tells it as a disagreement).
    """

    statement: int
    direction: Direction
    success: int
    trials: int
    share: float
    sure: float
    ratio: float
    differs: float
    best_agree: bool = False


def count_votes(votes: Votes, labels: Ints, n_groups: int) -> Counts:
    """Counts of each group (`labels`, one a participant; −1 is counted nowhere)."""
    m = votes.n_statements
    if kernels.worth(4.0 * len(votes)):
        cells = kernels.count_cells(votes, labels, n_groups)
    else:
        group = labels[votes.participants]
        held = group >= 0
        place = (group[held] * m + votes.statements[held]) * 3 + votes.values[held] + 1
        cells = np.bincount(place, minlength=n_groups * m * 3).reshape(n_groups, m, 3)
    return Counts(agree=cells[:, :, 2].copy(), disagree=cells[:, :, 0].copy(), seen=cells.sum(axis=2))


def compare(counts: Counts) -> Statistics:
    """Each group against all others together. Source: Polis, math/repness.clj, comment-stats, add-comparitive-stats.

    >>> room = Counts(np.array([[8], [1]]), np.array([[0], [8]]), np.array([[9], [9]]))
    >>> found = compare(room)
    >>> found.agree_ratio.round(3).tolist(), found.agree_differs.round(3).tolist()
    ([[4.5], [0.222]], [[3.146], [-3.146]])
    """
    others = counts.seen.sum(axis=0) - counts.seen
    both = {}
    for name, here in (("agree", counts.agree), ("disagree", counts.disagree)):
        there = here.sum(axis=0) - here
        both[f"{name}_share"] = share(here, counts.seen)
        both[f"{name}_sure"] = above_half(here, counts.seen)
        both[f"{name}_ratio"] = share(here, counts.seen) / share(there, others)
        both[f"{name}_differs"] = differ(here, counts.seen, there, others)
    return Statistics(**both)


def choose(counts: Counts, found: Statistics, out: Flags) -> tuple[tuple[Representative, ...], ...]:
    """Up to five statements for each group: the best agreement first, then by weight, agreements before disagreements.

    A statement qualifies if the group's share of one direction is surely above half and surely larger than elsewhere
    (both at 90 %). If none does, the one that differs most stands in, so that no group that voted is without a voice;
    never one that nobody of the group answered (there the field may take one).
    Of equal ones the first. Source: Polis, math/repness.clj, select-rep-comments.
    """
    return tuple(choose_for(group, counts, found, out) for group in range(len(counts.seen)))


def choose_for(group: int, counts: Counts, found: Statistics, out: Flags) -> tuple[Representative, ...]:
    live = np.flatnonzero(~out & (counts.seen[group] > 0))
    if not len(live):
        return ()
    agrees, differs = found.agree_differs[group], found.disagree_differs[group]
    passes = ((agrees > SURE_90) & (found.agree_sure[group] > SURE_90)) | (
        (differs > SURE_90) & (found.disagree_sure[group] > SURE_90)
    )
    best = best_agreement(group, live, counts, found)
    head = () if best is None else (describe(group, best, counts, found, best_agree=True),)
    sufficient = live[passes[live]]
    if not len(sufficient):
        most = live[np.argmax(np.maximum(agrees, differs)[live])]
        return head or (describe(group, int(most), counts, found),)
    rest = sufficient[sufficient != best] if head else sufficient
    ranked = rest[np.argsort(-weights(group, found)[rest], kind="stable")]
    taken = [*head, *(describe(group, j, counts, found) for j in ranked[: MOST - len(head)].tolist())]
    return (
        *(one for one in taken if one.direction == "agree"),
        *(one for one in taken if one.direction == "disagree"),
    )


def weights(group: int, found: Statistics) -> Floats:
    """How much each statement tells of the group, in the direction in which it tells more."""
    sides = [
        [getattr(found, f"{direction}_{part}")[group] for part in ("ratio", "differs", "share", "sure")]
        for direction in ("agree", "disagree")
    ]
    agree, disagree = (ratio * differs * part * sure for ratio, differs, part, sure in sides)
    more: Floats = np.where(found.agree_differs[group] > found.disagree_differs[group], agree, disagree)
    return more


def best_agreement(group: int, live: Ints, counts: Counts, found: Statistics) -> int | None:
    """The field's walk through the statements in their order: what is telling replaces what is merely agreed to."""
    columns = (found.agree_share, found.agree_sure, found.agree_ratio, found.agree_differs)
    voted = (counts.agree[group] + counts.disagree[group])[live] > 0
    best, ratio, plain, telling = None, 0.0, 0.0, 0.0
    for j, p, sure, r, differs in zip(
        live[voted].tolist(), *(column[group][live[voted]].tolist() for column in columns), strict=True
    ):
        if best is None:
            better = sure > SURE_90 or (r > 1 and p > 0.5)
        elif ratio > 1:
            better = r * differs * p * sure > telling
        else:
            better = p * sure > plain
        if better:
            best, ratio, plain, telling = j, r, p * sure, r * differs * p * sure
    return best


def describe(
    group: int, statement: int, counts: Counts, found: Statistics, best_agree: bool = False
) -> Representative:
    at = group, statement
    agree = best_agree or bool(found.agree_differs[at] > found.disagree_differs[at])
    direction: Direction = "agree" if agree else "disagree"
    parts = ("share", "sure", "ratio", "differs")
    figures = {part: float(getattr(found, f"{direction}_{part}")[at]) for part in parts}
    success = int((counts.agree if agree else counts.disagree)[at])
    trials = int(counts.seen[at])
    return Representative(statement, direction, success, trials, **figures, best_agree=best_agree)
