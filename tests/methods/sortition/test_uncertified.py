"""Where work ends before a proof: what the result, the words and the picture say then, and that it is true."""

import xml.etree.ElementTree as ET

import numpy as np
import pytest

from linli.methods.bad_input import BadInput
from linli.methods.sortition import lottery
from linli.methods.sortition.drawing import draw_svg
from linli.methods.sortition.files import PeopleFile, QuotasFile
from linli.methods.sortition.lottery import find_lottery
from linli.methods.sortition.numbered import number_panels
from linli.methods.sortition.probabilities import Rule
from linli.methods.sortition.recipe import fairness_of, people_of, quotas_of
from linli.methods.sortition.wording import GAPS, Wording
from tests.methods.sortition.pools import keeps, made_pool

# Of these pools the sums of rows promise more than panels hold, so that without cuts nothing can be proven.
PROMISING = 2, 6, 7, 11, 26, 31


def promising(seed):
    return made_pool(seed, people=9, features=4, size=4, loose=0)


def told(pool, quotas, size, rule, found):
    """The result of a run as the words and the picture take it."""
    people = PeopleFile(pool, [str(at) for at in range(len(pool))])
    names = [[f"v{value}" for value in range(2)] for _feature in range(quotas.n_features)]
    asked = QuotasFile(quotas, [f"f{feature}" for feature in range(quotas.n_features)], names)
    sheet = number_panels(pool, found)
    return {
        "feasible": True,
        "size": size,
        "rule": rule.value,
        "people": people_of(people, found, sheet),
        "fairness": fairness_of(found, sheet),
        "sheet": {"digest": "d"},
        "quotas": quotas_of(people, asked, found, sheet, None),
        "drawn": None,
    }


@pytest.mark.parametrize("rule", list(Rule))
def test_the_gap_is_at_least_what_is_missing(rule):
    """`bound` is what nothing passes, `gap` how far it is: with cuts the best comes out between the two."""
    gaps = []
    for seed in PROMISING:
        pool, quotas, size = promising(seed)
        without, best = (find_lottery(pool, quotas, size, rule, most_cuttings=most) for most in (0, 60))
        assert best.certified
        assert best.gap == 0
        if without.certified or without.gap is None:
            continue
        assert without.cuttings == 0
        gaps.append(without.gap)
        better = -1 if rule == Rule.GOLDILOCKS else 1
        assert better * (without.bound - best.bound) > -1e-6
        assert abs(without.bound - best.bound) <= without.gap + 1e-6
        sheet = number_panels(pool, without)
        assert all(keeps(pool, quotas, chosen) for chosen in np.unique(sheet.panels, axis=0))
    assert len(gaps) == {Rule.LEXIMIN: 0, Rule.MAXIMIN: 0, Rule.NASH: 2, Rule.GOLDILOCKS: 1}[rule]


def test_words_and_picture_of_a_lottery_with_a_gap():
    pool, quotas, size = promising(2)
    for rule, english, chinese in (
        (
            Rule.NASH,
            "the geometric mean of all chances may be up to 0.19% below",
            "几何平均可能比最优值低至多 0.19%",
        ),
        (Rule.GOLDILOCKS, "may be up to 0.518 above the least possible", "可能比最小值高至多 0.518"),
    ):
        found = find_lottery(pool, quotas, size, rule, most_cuttings=0)
        result = told(pool, quotas, size, rule, found)
        report = Wording().report(result)
        assert english in report
        assert "Proven" not in report
        assert chinese in Wording("zh").report(result)
        root = ET.fromstring(draw_svg(result, Wording()))  # noqa: S314
        assert root.get("role") == "img"


def test_where_somebody_may_or_may_not_fit_no_gap_is_claimed():
    """Sums promise a place to people who fit on no panel: the bound of 0.2 is then no bound, the best is 0.5."""
    pool, quotas, size = promising(6)
    found, best = (find_lottery(pool, quotas, size, most_cuttings=most) for most in (0, 60))
    assert not found.certified
    assert found.gap is None
    assert (found.bound, best.bound) == (pytest.approx(0.2, abs=1e-6), pytest.approx(0.5, abs=1e-6))
    result = told(pool, quotas, size, Rule.LEXIMIN, found)
    assert "how far from the best cannot be said" in Wording().report(result)
    assert "相差多少也无法说明" in Wording("zh").report(result)


def test_the_smallest_chance_is_said_to_be_below_the_best_possible():
    result = told(*promising(7), Rule.LEXIMIN, find_lottery(*promising(7)))
    result["fairness"] |= {"certified": False, "gap": 0.0123}
    for rule in ("leximin", "maximin"):
        report = Wording().report({**result, "rule": rule})
        assert "the smallest chance may be up to 1.23% below the best possible" in report
    assert set(GAPS) == {rule.value for rule in Rule}


def test_cuts_that_leave_no_space_end_the_work_with_what_was_found(monkeypatch):
    means = [lottery.find_means]

    def once(*asked):
        if not means:
            raise BadInput("no_panel")
        return means.pop()(*asked)

    monkeypatch.setattr(lottery, "find_means", once)
    found = find_lottery(*promising(6))
    assert not found.certified
    with pytest.raises(BadInput, match="no_panel"):
        find_lottery(*promising(6))
