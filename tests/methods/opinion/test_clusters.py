"""k-means as the field defines it, written out once more, slowly, and both ways to it held against that."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from linli.methods.opinion.clusters import first_distinct, is_still, k_means
from linli.methods.opinion.silhouette import distances_between, silhouette


def by_the_book(points, k, rounds, weights):
    centres = []
    for point in points:
        if len(centres) < k and not any((point == centre).all() for centre in centres):
            centres.append(point)
    done = 0
    while done <= rounds:
        done += 1
        members = [[] for _centre in centres]
        for i, point in enumerate(points):
            squared = [(point[0] - x) * (point[0] - x) + (point[1] - y) * (point[1] - y) for x, y in centres]
            members[int(np.argmin(squared))].append(i)
        members = [own for own in members if own]
        new = [np.average(points[own], axis=0, weights=weights[own]) for own in members]
        pairs = zip(sorted(map(tuple, centres)), sorted(map(tuple, new)), strict=False)
        still = all(np.hypot(a[0] - b[0], a[1] - b[1]) < 0.01 for a, b in pairs)
        centres = new
        if still:
            break
    labels = np.empty(len(points), dtype=int)
    for label, own in enumerate(members):
        labels[own] = label
    return labels, np.array(centres), done


@pytest.mark.parametrize("seed", range(3))
def test_it_is_k_means_by_the_book(seed, either_path):
    rng = np.random.default_rng(seed)
    points = rng.normal(size=(200, 2)) * [4, 2]
    weights = rng.integers(1, 9, 200).astype(float)
    for k in (1, 2, 5, 30):
        found = k_means(points, k, 20, weights)
        labels, centres, rounds = by_the_book(points, k, 20, weights)
        assert found.labels.tolist() == labels.tolist()
        np.testing.assert_allclose(found.centres, centres, atol=1e-9)
        assert found.rounds == rounds


grid = arrays(np.float64, st.tuples(st.integers(1, 40), st.just(2)), elements=st.integers(-3, 3).map(float))


@given(grid, st.integers(1, 6))
@settings(max_examples=40)
def test_ties_go_to_the_first(points, k):
    found = k_means(points, k, 3)
    labels, centres, _rounds = by_the_book(points, k, 3, np.ones(len(points)))
    np.testing.assert_allclose(found.centres, centres, atol=1e-9)
    assert found.labels.tolist() == labels.tolist()


def test_both_paths_agree_to_the_last_bit(monkeypatch):
    """Also for so many points that they are sorted into squares first, and also for equal distances."""
    pytest.importorskip("numba")
    from linli.methods.opinion import kernels

    rng = np.random.default_rng(9)
    for points in (rng.normal(size=(6000, 2)), np.round(rng.normal(size=(5000, 2)), 1), np.zeros((4500, 2))):
        found = []
        for compiled in (False, True):
            monkeypatch.setattr(kernels, "worth", lambda steps, yes=compiled: yes)
            found.append(k_means(points, 60, 12))
        assert found[0].labels.tolist() == found[1].labels.tolist()
        assert found[0].centres.tolist() == found[1].centres.tolist()
        assert found[0].rounds == found[1].rounds


def test_the_first_distinct_points_are_found_however_late_they_come():
    points = np.zeros((100, 2))
    points[90], points[95] = [1, 0], [0, 1]
    assert first_distinct(points, 3).tolist() == [[0, 0], [1, 0], [0, 1]]
    assert first_distinct(points, 9).tolist() == [[0, 0], [1, 0], [0, 1]]


def test_centres_are_compared_in_sorted_order():
    assert is_still(np.array([[1.0, 0], [0, 0]]), np.array([[0.0, 0.005], [1, 0]]))
    assert not is_still(np.array([[0.0, 0]]), np.array([[0.0, 0.02]]))


def silhouette_by_the_book(points, labels):
    scores = []
    for i, own in enumerate(labels):
        apart = np.hypot(*(points - points[i]).T)
        if (labels == own).sum() == 1:
            scores.append(0.0)
            continue
        a = apart[labels == own].sum() / ((labels == own).sum() - 1)
        b = min(apart[labels == other].mean() for other in set(labels.tolist()) - {own})
        scores.append((b - a) / max(a, b))
    return np.mean(scores)


def test_silhouette_by_the_book():
    rng = np.random.default_rng(2)
    points, labels = rng.normal(size=(30, 2)), np.append(rng.integers(3, size=29), 3)
    found = silhouette(distances_between(points), labels, 4)
    assert found == pytest.approx(silhouette_by_the_book(points, labels))


def test_one_group_and_one_place_have_no_silhouette():
    assert silhouette(np.zeros((3, 3)), np.array([0, 0, 1]), 2) == 0
    assert silhouette(np.ones((3, 3)), np.zeros(3, dtype=int), 1) == 0
