"""Nothing is shown that fewer than five people said, nor anything from which that follows."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.methods.bad_input import BadInput
from linli.methods.opinion.opinion_map import draw_map
from linli.methods.opinion.publication import HIDDEN, publish
from tests.methods.opinion.rooms import make_room


def by_subtraction(total, shown):
    """What is left of a total when all that is shown is taken away; None where the total is not shown."""
    left = np.where(total == HIDDEN, 0, total - np.where(shown == HIDDEN, 0, shown).sum(axis=0))
    return left[(total != HIDDEN)]


@given(st.integers(0, 5_000), st.integers(2, 8), st.integers(12, 90))
@settings(max_examples=40)
def test_no_small_count_shows_or_follows(seed, threshold, people):
    votes, _camp = make_room(seed, people=people, statements=8, camps=3, answered=0.5)
    drawn = draw_map(votes)
    told = publish(drawn, threshold, least_for_map=30)
    for kind in ("agree", "disagree", "passed"):
        shown, total = getattr(told, kind), getattr(told, f"total_{kind}")
        for counts in (shown, total):
            assert not ((counts > 0) & (counts < threshold)).any()
        left = by_subtraction(total, shown)
        assert not ((left > 0) & (left < threshold)).any()
        assert ((shown == HIDDEN) == (told.agree == HIDDEN)).all()
        assert (shown[shown != HIDDEN] == getattr(drawn.counts, kind)[shown != HIDDEN]).all()
    assert ((told.seen == HIDDEN) == (told.agree == HIDDEN)).all()
    assert not ((told.sizes > 0) & (told.sizes < threshold)).any()
    unseen = int((told.point_groups == HIDDEN).sum())
    assert unseen == 0 or unseen >= threshold
    for group, size in enumerate(told.sizes):
        assert not len(told.points) or (told.point_groups == group).sum() == max(0, size)
    assert len(told.points) == (drawn.inside.sum() if drawn.inside.sum() >= 30 else 0)


def test_a_large_room_is_shown_whole():
    votes, _camp = make_room(1, people=600, statements=10, answered=0.9, noise=1.5)
    drawn = draw_map(votes)
    told = publish(drawn)
    assert (told.agree != HIDDEN).mean() > 0.9
    assert sorted(map(tuple, told.points)) == list(map(tuple, told.points))
    assert np.bincount(told.point_groups).tolist() == drawn.groups.sizes.tolist()


@pytest.mark.parametrize("threshold", [1, 31])
def test_bounds(room, threshold):
    with pytest.raises(BadInput, match="out_of_bounds"):
        publish(draw_map(room), threshold)
