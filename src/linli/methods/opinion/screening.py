"""Whether more people answer alike, at about the same time, than chance would have.

It counts and names nobody. Friends who sit at one table, a school class, or people sent by one message all look like
this; what it means is for people to find out, and no vote is left out because of it.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import exp

import numpy as np
import numpy.typing as npt

from linli.methods.arrays import Flags, Ints
from linli.methods.bad_input import BadInput
from linli.methods.opinion.votes import Votes

MOST_PEOPLE, MOST_CELLS = 200_000, 500_000_000
NEIGHBOURS = 50
SAMPLE = 100_000
# One room in a thousand would show as much by chance.
RARE = 0.001
CELLS_AT_ONCE = 20_000_000


class Finding(StrEnum):
    """`LIKE_CHANCE`, `MORE` than chance, or `TOO_LITTLE` to compare."""

    TOO_LITTLE = "too_little"
    LIKE_CHANCE = "like_chance"
    MORE = "more"


@dataclass(frozen=True)
class Screening:
    """Counts only. `together`: pairs of people who began within the window and answered enough of the same statements;
    `alike` of them answered (nearly) the same; `expected` would by chance, judged by `apart_alike` of `apart` pairs of
    people who did not come together. `likelihood`: how likely as many are by chance. `largest`: people in the largest
    chain of such pairs; `involved`: people in any.
    """

    finding: Finding
    people: int
    together: int
    alike: int
    expected: float
    likelihood: float
    apart: int
    apart_alike: int
    involved: int
    largest: int


def screen(
    votes: Votes,
    began: npt.ArrayLike,
    rng: np.random.Generator,
    *,
    window: float = 600.0,
    least: int = 10,
    same: float = 0.95,
) -> Screening:
    """Pairs who began within `window` seconds of each other, share `least` answered statements and the same answer to at
    least the part `same` of them, against as many as chance would have.

    `began`: when each participant cast their first vote, in seconds (any zero). Each is held against the 50 who came
    next. Raises BadInput: `lengths_differ`, `time_unknown`, `out_of_bounds`, `too_many_participants`.
    Cost: 50 × people × statements byte comparisons.
    """
    came = checked(votes, began, window, least, same)
    able = np.flatnonzero(votes.per_participant >= least)
    order = able[np.argsort(came[able], kind="stable")]
    room, times = votes.of(order), came[order]
    one, other = next_to_each_other(times, window)
    compared, alike = compare_pairs(room, one, other, least, same)
    apart, apart_alike = compare_pairs(room, *far_apart(times, window, rng), least, same)
    together, n_alike, n_apart = int(compared.sum()), int(alike.sum()), int(apart.sum())
    # One added to both: what was never seen may still happen.
    expected = together * (int(apart_alike.sum()) + 1) / (n_apart + 1)
    likelihood = at_least(n_alike, expected)
    chains = chain_sizes(one[alike], other[alike], len(order))
    more = Finding.MORE if likelihood < RARE else Finding.LIKE_CHANCE
    return Screening(
        finding=more if together and n_apart else Finding.TOO_LITTLE,
        people=len(order),
        together=together,
        alike=n_alike,
        expected=expected,
        likelihood=likelihood,
        apart=n_apart,
        apart_alike=int(apart_alike.sum()),
        involved=int(chains[chains > 1].sum()),
        largest=int(chains.max(initial=1)) if n_alike else 0,
    )


def checked(
    votes: Votes, began: npt.ArrayLike, window: float, least: int, same: float
) -> npt.NDArray[np.float64]:
    """When everybody began, or BadInput."""
    came = np.asarray(began, dtype=np.float64)
    if came.shape != (votes.n_participants,):
        raise BadInput("lengths_differ", began=len(came), participants=votes.n_participants)
    if not np.isfinite(came).all():
        raise BadInput("time_unknown", at=int(np.argmin(np.isfinite(came))))
    if not (window >= 0 and least >= 1 and 0 < same <= 1):
        raise BadInput("out_of_bounds", window=window, least=least, same=same)
    if not can_screen(votes):
        raise BadInput("too_many_participants", given=votes.n_participants, most=MOST_PEOPLE)
    return came


def can_screen(votes: Votes) -> bool:
    """Whether the room is small enough to be looked through: it takes a byte for every participant and statement."""
    people = votes.n_participants
    return people <= MOST_PEOPLE and people * votes.n_statements <= MOST_CELLS


def next_to_each_other(times: npt.NDArray[np.float64], window: float) -> tuple[Ints, Ints]:
    """Pairs of positions (of rising times) at most 50 apart and within the window."""
    ones, others = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for step in range(1, min(NEIGHBOURS, len(times) - 1) + 1):
        near = np.flatnonzero(times[step:] - times[:-step] <= window)
        ones.append(near)
        others.append(near + step)
    return np.concatenate(ones), np.concatenate(others)


def far_apart(times: npt.NDArray[np.float64], window: float, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """All pairs whose people did not come together, or 100,000 drawn by chance where there are more."""
    if len(times) * (len(times) - 1) <= 2 * SAMPLE:
        one, other = np.triu_indices(len(times), 1)
    else:
        one, other = rng.integers(len(times), size=(2, SAMPLE))
    far = np.abs(times[one] - times[other]) > window
    return one[far], other[far]


def compare_pairs(votes: Votes, one: Ints, other: Ints, least: int, same: float) -> tuple[Flags, Flags]:
    """For each pair: whether they share enough answered statements, and whether they answered alike."""
    cells = np.full((votes.n_participants, votes.n_statements), 9, dtype=np.int8)
    cells[votes.participants, votes.statements] = votes.values
    compared, alike = np.zeros(len(one), dtype=bool), np.zeros(len(one), dtype=bool)
    step = max(1, CELLS_AT_ONCE // max(1, votes.n_statements))
    for first in range(0, len(one), step):
        part = slice(first, first + step)
        here, there = cells[one[part]], cells[other[part]]
        both = ((here != 9) & (there != 9)).sum(axis=1)
        equal = ((here == there) & (here != 9)).sum(axis=1)
        compared[part] = both >= least
        alike[part] = compared[part] & (equal >= same * both)
    return compared, alike


def chain_sizes(one: Ints, other: Ints, n: int) -> Ints:
    """How many people hang together by such pairs, for each chain."""
    head = np.arange(n)
    while True:
        lower = head.copy()
        np.minimum.at(lower, one, head[other])
        np.minimum.at(lower, other, head[one])
        lower = lower[lower]
        if np.array_equal(lower, head):
            return np.bincount(head, minlength=n)
        head = lower


def at_least(seen: int, expected: float) -> float:
    """How likely `seen` or more are where `expected` are usual (Poisson).

    >>> round(at_least(3, 1.0), 4)
    0.0803
    """
    if expected > 500:
        # By then it is a bell: Bernstein's bound, which never says less than there is.
        over = max(0.0, seen - expected)
        return exp(-over * over / (2 * (expected + over / 3)))
    term = total = exp(-expected)
    for k in range(1, seen):
        term *= expected / k
        total += term
    return 1.0 if seen == 0 else max(0.0, 1.0 - total)
