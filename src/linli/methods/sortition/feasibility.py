"""Whether there is a panel at all, and if not, the smallest change of the quotas that makes one."""

from dataclasses import dataclass

import numpy as np

from linli.methods.arrays import Floats
from linli.methods.bad_input import BadInput
from linli.methods.sortition.kinds import Kinds
from linli.methods.sortition.quotas import Quotas
from linli.methods.sortition.solver import Rows, join, make_rows, maximise

# Near enough to the best among whole changes; two changes differ by more.
SLACK = 1e-6


@dataclass(frozen=True)
class Relaxation:
    """One quota with other bounds: those it has, and those it would have."""

    feature: int
    value: int
    least: int
    most: int
    least_then: int
    most_then: int


def rows_of_panel(kinds: Kinds, quotas: Quotas, size: int) -> Rows:
    """What makes counts of kinds a panel: its size, then every quota that somebody can fill, then shared households."""
    everybody = np.arange(len(kinds))
    parts = [(everybody, float(size), float(size))]
    for row in range(len(quotas.least)):
        columns = having(kinds, quotas, row)
        if len(columns):
            parts.append((columns, float(quotas.least[row]), float(quotas.most[row])))
        elif quotas.least[row]:
            # Nobody has this value: a row that cannot be kept, so that no panel is found.
            parts.append((everybody, float(size + 1), float(size + 1)))
    parts += [(np.flatnonzero(kinds.shares == room), 0.0, float(n)) for room, n in enumerate(kinds.rooms)]
    return make_rows([(columns, np.ones(len(columns)), least, most) for columns, least, most in parts])


def having(kinds: Kinds, quotas: Quotas, row: int) -> np.ndarray:
    feature, value = quotas.place(row)
    return np.flatnonzero(kinds.features[:, feature] == value)


def find_panel(kinds: Kinds, rows: Rows) -> Floats | None:
    """Counts of kinds that make a panel, None where there are none."""
    most = kinds.most.astype(np.float64)
    found = maximise(np.zeros(len(kinds)), rows, np.zeros(len(kinds)), most, whole=True)
    return None if found is None else found.values


def suggest_relaxations(kinds: Kinds, quotas: Quotas, size: int) -> list[Relaxation]:
    """The smallest change of quotas with which there is a panel: lowering a minimum q by one weighs 1 + 2 / q, raising a
    maximum by one weighs 1, and the least sum is taken. Empty where nothing needs to change.

    Raises BadInput `no_panel_at_all` where households alone are too few. Source: Flanigan et al. 2021 and the software
    that goes with it. Cost: one whole-number programme.

    >>> from linli.methods.sortition.kinds import gather_kinds
    >>> from linli.methods.sortition.pool import make_pool
    >>> from linli.methods.sortition.quotas import make_quotas
    >>> kinds = gather_kinds(make_pool([[0], [0], [1]]))
    >>> suggest_relaxations(kinds, make_quotas([[(0, 1), (2, 2)]]), 2)
    [Relaxation(feature=0, value=1, least=2, most=2, least_then=1, most_then=2)]
    """
    n, q = len(kinds), len(quotas.least)
    lower, higher = n + np.arange(q), n + q + np.arange(q)
    parts = [(np.arange(n), np.ones(n), float(size), float(size))]
    for row in range(q):
        own = having(kinds, quotas, row)
        ones = np.ones(len(own) + 1)
        parts.append((np.append(own, lower[row]), ones, float(quotas.least[row]), np.inf))
        falling = np.append(np.ones(len(own)), -1.0)
        parts.append((np.append(own, higher[row]), falling, -np.inf, float(quotas.most[row])))
    rooms = [(np.flatnonzero(kinds.shares == room), float(most)) for room, most in enumerate(kinds.rooms)]
    shared = make_rows([(own, np.ones(len(own)), 0.0, most) for own, most in rooms])
    weights = np.concatenate([np.zeros(n), 1 + 2 / np.maximum(quotas.least, 1), np.ones(q)])
    most = np.concatenate([kinds.most, quotas.least, np.full(q, size)]).astype(np.float64)
    found = maximise(-weights, join(make_rows(parts), shared), np.zeros(len(most)), most, True, SLACK)
    if found is None:
        raise BadInput("no_panel_at_all", size=size)
    down, up = found.values[lower].astype(int), found.values[higher].astype(int)
    return [relaxed(quotas, int(row), int(down[row]), int(up[row])) for row in np.flatnonzero(down + up)]


def relaxed(quotas: Quotas, row: int, down: int, up: int) -> Relaxation:
    feature, value = quotas.place(row)
    least, most = int(quotas.least[row]), int(quotas.most[row])
    return Relaxation(feature, value, least, most, least - down, most + up)
