"""Pools for tests: made ones, and those of the field."""

from itertools import combinations

import numpy as np

from linli.methods.sortition.files import read_people, read_quotas
from linli.methods.sortition.pool import make_pool
from linli.methods.sortition.quotas import make_quotas

FIELD = {
    "fixture": ("sortition-algorithms/candidates.csv", "sortition-algorithms/features.csv", 22, "nationbuilder_id"),
    "small": ("ca-replication/data/example_small_20/respondents.csv", "ca-replication/data/example_small_20/categories.csv", 20, ""),
    "large": ("ca-replication/data/example_large_200/respondents.csv", "ca-replication/data/example_large_200/categories.csv", 200, ""),
    "obf": ("synth_obf_like/people.csv", "synth_obf_like/features.csv", 30, "id"),
    "cca": ("synth_cca_like/people.csv", "synth_cca_like/features.csv", 75, "id"),
    "sfe": ("synth_sfe_like/people.csv", "synth_sfe_like/features.csv", 110, "id"),
}  # fmt: skip


def field_pool(shared, name):
    """(people, quotas, panel size) of a pool of the field."""
    people, quotas, size, ids = FIELD[name]
    asked = read_quotas((shared / "sortition" / quotas).read_bytes())
    return read_people((shared / "sortition" / people).read_bytes(), asked, ids), asked, size


def made_pool(seed, people=7, features=2, values=2, size=3, loose=1, homes=None):
    """A small pool with quotas around what one random panel of it has, so that mostly there is a panel."""
    rng = np.random.default_rng(seed)
    table = rng.integers(0, values, (people, features))
    households = None if homes is None else rng.integers(0, homes, people)
    chosen = table[rng.choice(people, size, replace=False)]
    bounds = []
    for feature in range(features):
        counts = np.bincount(chosen[:, feature], minlength=values)
        slack = rng.integers(0, loose + 1, (values, 2))
        bounds.append(
            [(max(0, int(n - less)), int(n + more)) for n, (less, more) in zip(counts, slack, strict=True)]
        )
    return make_pool(table, households), make_quotas(bounds), size


def all_panels(pool, quotas, size):
    """Every panel there is, by trying all."""
    return [chosen for chosen in combinations(range(len(pool)), size) if keeps(pool, quotas, list(chosen))]


def keeps(pool, quotas, chosen):
    """Whether these people are a panel within the quotas, of different households."""
    for feature in range(quotas.n_features):
        first, last = quotas.starts[feature], quotas.starts[feature + 1]
        counts = np.bincount(pool.features[chosen, feature], minlength=last - first)
        if (counts < quotas.least[first:last]).any() or (counts > quotas.most[first:last]).any():
            return False
    return pool.households is None or len(set(pool.households[chosen].tolist())) == len(chosen)
