"""Where everybody and every statement stands on the picture."""

import numpy as np

from linli.methods.arrays import Flags, Floats, add_up
from linli.methods.opinion import kernels
from linli.methods.opinion.components import Components
from linli.methods.opinion.votes import Votes


def place_participants(votes: Votes, components: Components, out: Flags, n_seen: int) -> Floats:
    """Participants × 2. Whoever answered little is pushed outward by √(statements / answers), as if they had gone on alike.

    `n_seen`: how many statements anybody answered. One that does not count (`out`) counts as answered by everybody.
    Source: Polis, math/pca.clj, sparsity-aware-project-ptpt.

    >>> from linli.methods.opinion.components import find_components
    >>> from linli.methods.opinion.votes import from_table
    >>> room = from_table([[1, -1], [-1, 1], [1, None]])
    >>> nobody_out = np.zeros(2, dtype=bool)
    >>> place_participants(room, find_components(room, nobody_out), nobody_out, 2).round(3).tolist()
    [[1.155, -0.332], [-1.664, -0.099], [0.719, 0.609]]
    """
    steps = steps_of(components)
    if kernels.worth(10.0 * len(votes)):
        sums = kernels.add_steps(votes, steps)
    else:
        which = votes.statements * np.int32(3) + (votes.values + np.int8(1))
        whose, n = votes.participants, votes.n_participants
        sums = np.stack([add_up(whose, steps[axis][which], n) for axis in range(len(steps))], axis=1)
    return sums * stretch(answered(votes, out), n_seen)[:, None]


def steps_of(components: Components) -> Floats:
    """2 × (3 · statements): how far one vote moves whoever casts it; disagree, pass and agree side by side."""
    away = np.array([-1.0, 0.0, 1.0]) - components.centre[:, None]
    moved: Floats = (away * components.axes[:, :, None]).reshape(len(components.axes), -1)
    return moved


def answered(votes: Votes, out: Flags) -> Floats:
    """How many statements each participant counts as having answered."""
    n_out = int(out.sum())
    if not n_out:
        return votes.per_participant.astype(np.float64)
    return add_up(votes.participants, ~out[votes.statements], votes.n_participants) + n_out


def stretch(answers: Floats, n_seen: int) -> Floats:
    pushed: Floats = np.sqrt(n_seen / np.maximum(answers, 1.0))
    return pushed


def place_statements(components: Components, n_seen: int) -> Floats:
    """Statements × 2: where somebody would stand who agreed with this statement and answered no other."""
    steps = steps_of(components).reshape(len(components.axes), -1, 3)
    placed: Floats = np.sqrt(float(n_seen)) * steps[:, :, 2].T
    return placed


def extremity(placed: Floats) -> Floats:
    """How far each statement stands from the middle: how much it divides."""
    length: Floats = np.sqrt(np.square(placed).sum(axis=1))
    return length
