"""Representative statements, consensus and priorities, against the definitions written out one by one."""

from math import sqrt

import numpy as np
import pytest

from linli.methods.bad_input import BadInput
from linli.methods.opinion.consensus import across_groups, find_consensus
from linli.methods.opinion.opinion_map import count_all, draw_map
from linli.methods.opinion.proportions import SURE_90, SURE_95, above_half, differ
from linli.methods.opinion.representative import Counts, choose, compare, count_votes
from linli.methods.opinion.routing import ask_next, priorities
from tests.methods.opinion.rooms import make_room


@pytest.fixture
def told():
    votes, camp = make_room(6, people=80, statements=25, camps=3, noise=0.6)
    counts = count_votes(votes, camp, 3)
    return votes, camp, counts, compare(counts)


def test_counts_by_hand(told, either_path):
    votes, camp, _counts, _found = told
    counts = count_votes(votes, np.where(camp == 2, -1, camp), 2)
    table = votes.table()
    for group in (0, 1):
        own = table[camp == group]
        assert counts.agree[group].tolist() == (own == 1).sum(axis=0).tolist()
        assert counts.disagree[group].tolist() == (own == -1).sum(axis=0).tolist()
        assert counts.seen[group].tolist() == np.isfinite(own).sum(axis=0).tolist()
    assert counts.passed.tolist() == (counts.seen - counts.agree - counts.disagree).tolist()


def test_statistics_by_hand(told):
    _votes, _camp, counts, found = told
    for g in range(3):
        for j in range(25):
            A, S = int(counts.agree[g, j]), int(counts.seen[g, j])
            a, s = int(counts.agree[:, j].sum()) - A, int(counts.seen[:, j].sum()) - S
            assert found.agree_share[g, j] == pytest.approx((A + 1) / (S + 2))
            assert found.agree_sure[g, j] == pytest.approx(2 * sqrt(S + 1) * ((A + 1) / (S + 1) - 0.5))
            assert found.agree_ratio[g, j] == pytest.approx((A + 1) / (S + 2) / ((a + 1) / (s + 2)))
            pooled = (A + a + 2) / (S + s + 2)
            error = sqrt(pooled * (1 - pooled) * (1 / (S + 1) + 1 / (s + 1)))
            assert found.agree_differs[g, j] == pytest.approx(((A + 1) / (S + 1) - (a + 1) / (s + 1)) / error)


def test_where_all_agree_everywhere_nothing_differs():
    assert differ(5, 5, 7, 7).item() == 0
    assert above_half([0, 9], [0, 9]).tolist() == [1.0, sqrt(10)]
    assert (SURE_90, SURE_95) == (1.2816, 1.6449)


def test_a_group_is_represented_by_what_it_says_and_others_do_not(told):
    _votes, _camp, counts, found = told
    out = np.zeros(25, dtype=bool)
    chosen = choose(counts, found, out)
    for g, voices in enumerate(chosen):
        assert 1 <= len(voices) <= 5
        assert [one.direction for one in voices] == sorted(one.direction for one in voices)
        for one in voices:
            side = counts.agree if one.direction == "agree" else counts.disagree
            assert (one.success, one.trials) == (side[g, one.statement], counts.seen[g, one.statement])
            assert one.best_agree or (one.differs > SURE_90 and one.sure > SURE_90)
    silenced = np.zeros(25, dtype=bool)
    silenced[[one.statement for voices in chosen for one in voices]] = True
    again = {one.statement for voices in choose(counts, found, silenced) for one in voices}
    assert not silenced[list(again)].any()


def test_no_group_that_voted_is_without_a_voice():
    counts = Counts(np.array([[0, 0], [1, 0]]), np.array([[1, 0], [0, 0]]), np.array([[1, 0], [1, 0]]))
    chosen = choose(counts, compare(counts), np.zeros(2, dtype=bool))
    assert [[one.statement for one in voices] for voices in chosen] == [[0], [0]]
    assert choose(counts, compare(counts), np.ones(2, dtype=bool)) == ((), ())


def test_the_walk_prefers_what_tells_groups_apart():
    """Merely agreed to first, then one that is also telling does not replace it unless it is agreed to more; a telling
    one is replaced by a more telling one."""
    agree = np.array([[9, 6, 9], [9, 0, 2]])
    seen = np.array([[10, 10, 10], [10, 10, 10]])
    counts = Counts(agree, np.zeros_like(agree), seen)
    best = [
        one.statement for one in choose(counts, compare(counts), np.zeros(3, dtype=bool))[0] if one.best_agree
    ]
    assert best == [0]
    swapped = Counts(agree[:, [2, 0, 1]], np.zeros_like(agree), seen)
    best = [
        one.statement
        for one in choose(swapped, compare(swapped), np.zeros(3, dtype=bool))[0]
        if one.best_agree
    ]
    assert best == [0]


def test_consensus_both_ways():
    table = np.full((30, 3), np.nan)
    table[:, 0], table[:20, 1], table[:9, 2] = 1, -1, [1, 1, 1, 1, 0, -1, -1, -1, -1]
    from linli.methods.opinion.votes import from_table

    totals = count_all(from_table(table))
    found = find_consensus(totals.agree, totals.disagree, totals.seen, np.zeros(3, dtype=bool))
    assert [(one.statement, one.success, one.trials) for one in found.agree] == [(0, 30, 30)]
    assert [(one.statement, one.success, one.trials) for one in found.disagree] == [(1, 20, 20)]
    assert found.agree[0].share == pytest.approx(31 / 32)
    quiet = find_consensus(totals.agree, totals.disagree, totals.seen, np.ones(3, dtype=bool))
    assert (quiet.agree, quiet.disagree) == ((), ())


def test_across_groups_by_hand(told):
    _votes, _camp, counts, _found = told
    wanted = np.prod([(counts.agree[g] + 1) / (counts.seen[g] + 2) for g in range(3)], axis=0)
    np.testing.assert_allclose(across_groups(counts.agree, counts.seen), wanted)


def test_priorities_by_hand(told):
    _votes, _camp, counts, _found = told
    far, meta = np.linspace(0, 2, 25), np.arange(25) == 3
    found = priorities(counts, far, meta)
    for j in range(25):
        A, D, S = (int(part[:, j].sum()) for part in (counts.agree, counts.disagree, counts.seen))
        wanted = (1 - (S - A - D + 1) / (S + 2)) * (far[j] + 1) * (A + 1) / (S + 2) * (1 + 8 * 2 ** (-S / 5))
        assert found[j] == pytest.approx(49 if j == 3 else wanted**2)


def test_the_next_question_is_drawn_by_priority():
    rng = np.random.default_rng(3)
    priority, open_to_them = np.array([1.0, 3.0, np.nan, 100.0]), np.array([True, True, True, False])
    drawn = np.bincount([ask_next(priority, open_to_them, rng) for _each in range(2000)], minlength=4) / 2000
    np.testing.assert_allclose(drawn, [0.2, 0.6, 0.2, 0], atol=0.04)
    assert ask_next(priority, np.zeros(4, dtype=bool), rng) is None
    assert ask_next(np.zeros(2), np.ones(2, dtype=bool), rng) in (0, 1)
    for wrong in (np.array([-1.0, 1]), np.array([np.inf, 1])):
        with pytest.raises(BadInput, match="priority_unknown"):
            ask_next(wrong, np.ones(2, dtype=bool), rng)
    with pytest.raises(BadInput, match="lengths_differ"):
        ask_next(priority, np.ones(2, dtype=bool), rng)


def test_a_map_speaks_for_its_own_groups(room):
    found = draw_map(room)
    counts = count_votes(room, found.groups.labels, found.groups.number)
    assert found.counts.agree.tolist() == counts.agree.tolist()
    assert found.totals.seen.tolist() == room.per_statement.tolist()
    assert len(found.representative) == found.groups.number
