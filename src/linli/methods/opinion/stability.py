"""Whether there are groups at all, and whether they would be the same had others come.

A picture always shows groups, also where there are none. So it is drawn again and again without a fifth of the people,
and with everybody's answers dealt out anew; only groups that survive both are spoken of.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from linli.methods.arrays import Floats, Ints
from linli.methods.bad_input import BadInput
from linli.methods.opinion.agreement import adjusted_rand
from linli.methods.opinion.components import first_share
from linli.methods.opinion.moderation import Moderation, nothing_out
from linli.methods.opinion.opinion_map import OpinionMap, draw_map, in_order
from linli.methods.opinion.votes import Votes

KEPT, TIMES, SHUFFLES = 0.8, 30, 19
# The rule. It is stated to residents too (docs/methods/opinion.md), so a change here is a change there.
LEAST_PEOPLE, LEAST_IN_GROUP = 12, 4
LEAST_AGREEMENT, LEAST_HELD = 0.6, 0.5
BY_CHANCE = 0.05
MOST_PEOPLE = 2_000


class Verdict(StrEnum):
    """`GROUPS` may be spoken of; the others say why not yet, the first that applies."""

    TOO_FEW = "too_few"
    SMALL_GROUP = "small_group"
    CHANCE = "chance"
    UNSTEADY = "unsteady"
    GROUPS = "groups"


@dataclass(frozen=True, eq=False)
class Stability:
    """`people` in the conversation, of whom `looked_at` were drawn (all, up to 2,000).

    `agreements`: for each picture without a fifth of them, the adjusted Rand index of its groups and those of the map;
    `agreement` is their median. `numbers`: how many groups each of those pictures had. `width`: the part of all
    differences that lies along the first axis; `chance_widths` the same with answers dealt out anew, and `chance` how
    often they come as wide. `held`: for each group of the map how much of it stays together, 0 to 1.
    """

    verdict: Verdict
    people: int
    looked_at: int
    agreement: float
    agreements: Floats
    numbers: Ints
    held: Floats
    width: float
    chance_widths: Floats
    chance: float


def check_stability(
    votes: Votes,
    found: OpinionMap,
    rng: np.random.Generator,
    moderation: Moderation | None = None,
    *,
    joined: npt.ArrayLike | None = None,
    times: int = TIMES,
    shuffles: int = SHUFFLES,
) -> Stability:
    """Whether the groups of `found`, the map of these votes, hold.

    Too few: fewer than 12 people. A small group: one with fewer than 4. Chance: answers dealt out anew among those who
    answered each statement differ as much along one line in more than 1 of 20 rooms. Unsteady: without a fifth of the
    people the median agreement is below 0.6, or of some group less than half stays together. Cost: `times` maps and `shuffles` axes of at most 2,000 people.
    Source: Ben-Hur et al. 2002 (resampling); Hennig 2007 (each group's part); Horn 1965 (dealing out anew).
    """
    if not 1 <= times <= 1_000 or not 19 <= shuffles <= 1_000:
        raise BadInput("out_of_bounds", times=times, shuffles=shuffles)
    ruled = moderation or nothing_out(votes.n_statements)
    order = in_order(found.inside, joined)
    drawn = order
    if len(order) > MOST_PEOPLE:
        drawn = order[np.sort(rng.choice(len(order), MOST_PEOPLE, replace=False))]
    room, labels = votes.of(drawn), found.groups.labels[drawn]
    agreements, numbers, held = without_some(room, labels, found.groups.number, ruled, rng, times)
    width = first_share(room, ruled.out)
    widths = np.array([first_share(deal_anew(room, rng), ruled.out) for _again in range(shuffles)])
    chance = float((1 + (widths >= width).sum()) / (1 + shuffles))
    agreement = float(np.median(agreements))
    return Stability(
        verdict=judge(len(order), found.groups.sizes, chance, agreement, held),
        people=len(order),
        looked_at=len(drawn),
        agreement=agreement,
        agreements=agreements,
        numbers=numbers,
        held=held,
        width=width,
        chance_widths=widths,
        chance=chance,
    )


def judge(people: int, sizes: Ints, chance: float, agreement: float, held: Floats) -> Verdict:
    """The rule, in the order in which it is stated.

    >>> judge(11, np.array([6, 5]), 0.01, 1.0, np.ones(2))
    <Verdict.TOO_FEW: 'too_few'>
    """
    if people < LEAST_PEOPLE or len(sizes) < 2:
        return Verdict.TOO_FEW
    if sizes.min() < LEAST_IN_GROUP:
        return Verdict.SMALL_GROUP
    if chance > BY_CHANCE:
        return Verdict.CHANCE
    steady = agreement >= LEAST_AGREEMENT and held.min() >= LEAST_HELD
    return Verdict.GROUPS if steady else Verdict.UNSTEADY


def without_some(
    room: Votes, labels: Ints, n_groups: int, ruled: Moderation, rng: np.random.Generator, times: int
) -> tuple[Floats, Ints, Floats]:
    """Agreement, number of groups, and each group's part that stays together, without a fifth of the people."""
    kept = max(1, round(KEPT * room.n_participants))
    agreements, numbers, held = np.zeros(times), np.zeros(times, dtype=np.int64), np.zeros((times, n_groups))
    for again in range(times):
        some = np.sort(rng.choice(room.n_participants, kept, replace=False))
        drawn = draw_map(room.of(some), ruled).groups.labels
        both = drawn >= 0
        before, now = labels[some][both], drawn[both]
        agreements[again] = adjusted_rand(before, now)
        numbers[again] = int(now.max(initial=-1)) + 1
        held[again] = overlaps(before, now, n_groups)
    return agreements, numbers, held.mean(axis=0)


def overlaps(before: Ints, now: Ints, n_groups: int) -> Floats:
    """For each group before, the largest Jaccard overlap with one now: 1 where nobody left and nobody joined."""
    if not len(now):
        return np.zeros(n_groups)
    width = int(now.max()) + 1
    shared = np.bincount(before * width + now, minlength=n_groups * width).reshape(n_groups, width)
    together = shared.sum(axis=1, keepdims=True) + shared.sum(axis=0) - shared
    best: Floats = (shared / np.maximum(together, 1)).max(axis=1)
    return best


def deal_anew(room: Votes, rng: np.random.Generator) -> Votes:
    """Everybody answers the same statements as before, with the answers of each statement dealt out by chance."""
    places = np.argsort(room.statements, kind="stable")
    dealt = np.argsort(room.statements + rng.random(len(room)))
    values = np.empty_like(room.values)
    values[places] = room.values[dealt]
    return Votes(room.starts, room.statements, values, room.n_statements)
