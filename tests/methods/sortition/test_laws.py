"""What holds for every pool."""

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from linli.methods.bad_input import BadInput
from linli.methods.sortition.draw import Stream, draw_one
from linli.methods.sortition.lottery import find_lottery
from linli.methods.sortition.mirror import gini, hold_mirror
from linli.methods.sortition.numbered import NUMBERED, number_panels
from linli.methods.sortition.pool import Pool, make_pool
from linli.methods.sortition.probabilities import Rule
from linli.methods.sortition.quotas import Quotas, make_quotas
from linli.methods.sortition.replacement import draw_replacement
from tests.methods.sortition.pools import keeps, made_pool

seeds = st.integers(0, 10_000)
laws = settings(max_examples=10)


def lottery_of(seed, rule=Rule.LEXIMIN, homes=None):
    pool, quotas, size = made_pool(seed, people=14, features=2, values=3, size=5, homes=homes)
    try:
        return pool, quotas, size, find_lottery(pool, quotas, size, rule)
    except BadInput as wrong:
        assert wrong.code in ("no_panel", "quotas_under_size")
        assume(False)
        raise


@given(seeds, st.sampled_from(list(Rule)), st.sampled_from([None, 9]))
@laws
def test_quotas_hold_on_every_panel_and_probabilities_sum_to_the_size(seed, rule, homes):
    pool, quotas, size, found = lottery_of(seed, rule, homes)
    assert abs(found.probabilities.sum() - size) < 1e-6
    assert abs(found.chances.sum() - 1) < 1e-9
    assert (found.chances >= 0).all()
    sheet = number_panels(pool, found)
    assert sheet.panels.shape == (NUMBERED, size)
    assert all(keeps(pool, quotas, chosen) for chosen in np.unique(sheet.panels, axis=0))
    assert sheet.times.sum() == NUMBERED * size
    assert sheet.farthest < 0.01
    if homes is None:
        spread = [np.ptp(sheet.times[found.kinds.of == kind]) for kind in range(len(found.kinds))]
        assert max(spread) <= 1


@given(seeds, st.sampled_from([None, 9]))
@laws
def test_order_and_names_are_irrelevant(seed, homes):
    pool, quotas, size, found = lottery_of(seed, homes=homes)
    rng = np.random.default_rng(seed)
    people, names = rng.permutation(len(pool)), rng.permutation(3)
    households = None if homes is None else 7 - pool.households[people]
    features = pool.features[people]
    features[:, 0] = names[features[:, 0]]
    bounds = [
        list(zip(quotas.least[at : at + 3].tolist(), quotas.most[at : at + 3].tolist(), strict=True))
        for at in quotas.starts[:-1]
    ]
    bounds[0] = [bounds[0][old] for old in np.argsort(names)]
    there = find_lottery(make_pool(features, households), make_quotas(bounds), size)
    np.testing.assert_allclose(there.probabilities, found.probabilities[people], atol=1e-6)


@given(seeds)
@laws
def test_the_same_again_and_inputs_unchanged(seed):
    pool, quotas, size, found = lottery_of(seed)
    again = find_lottery(
        Pool(pool.features.copy()), Quotas(*(part.copy() for part in vars(quotas).values())), size
    )
    assert np.array_equal(again.panels, found.panels)
    assert np.array_equal(again.chances, found.chances)
    assert not pool.features.flags.writeable


def test_ten_thousand_draws_are_within_binomial_bounds():
    pool, _quotas, _size, found = lottery_of(3)
    sheet, times = number_panels(pool, found), 10_000
    stream = Stream(11, "panel")
    numbers = [stream.below(NUMBERED) for _draw in range(times)]
    seen = np.bincount(sheet.panels[numbers].reshape(-1), minlength=len(pool)) / times
    share = sheet.times / NUMBERED
    assert np.all(np.abs(seen - share) <= 4.5 * np.sqrt(share * (1 - share) / times))


@given(seeds, st.sampled_from([None, 9]))
@laws
def test_a_replacement_keeps_the_panel_a_panel(seed, homes):
    pool, quotas, _size, found = lottery_of(seed, homes=homes)
    panel = number_panels(pool, found).panels[draw_one(seed, NUMBERED)].tolist()
    for leaves in panel:
        try:
            came = draw_replacement(pool, quotas, panel, leaves, seed)
        except BadInput as wrong:
            assert wrong.code == "no_replacement"
            others = [one for one in range(len(pool)) if one not in panel]
            assert not any(
                keeps(pool, quotas, [one if at == leaves else at for at in panel]) for one in others
            )
            continue
        then = [came.person if at == leaves else at for at in panel]
        assert keeps(pool, quotas, then)
        assert came.apart == (pool.features[came.person] != pool.features[leaves]).sum()
        assert draw_replacement(pool, quotas, panel, leaves, seed) == came
        others = (
            draw_replacement(pool, quotas, panel, leaves, seed, [came.person]) if came.among > 1 else None
        )
        assert others is None or others.person != came.person


def test_the_mirror_counts_what_is_there():
    pool, quotas, size, found = lottery_of(5)
    panel = number_panels(pool, found).panels[0]
    mirror = hold_mirror(pool, quotas, panel, found.probabilities)
    assert mirror.pool.sum() == len(pool) * 2
    assert mirror.panel.sum() == size * 2
    assert ((mirror.panel >= quotas.least) & (mirror.panel <= quotas.most)).all()
    assert ((mirror.expected > quotas.least - 1e-6) & (mirror.expected < quotas.most + 1e-6)).all()
    whole = hold_mirror(pool, quotas, range(len(pool)), found.probabilities)
    assert np.abs(whole.apart).max() == 0
    assert 0 <= gini(found.probabilities) < 1
