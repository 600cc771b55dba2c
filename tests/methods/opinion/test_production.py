"""The output of the field's production mathematics, reproduced wherever it does not depend on what went before.

Two people came in by an earlier rule and stayed, and the groups carry the history of every map before; so members and
groups are taken from that output, and everything that follows from them must come out equal.
"""

import json

import numpy as np
import pytest

from linli.methods.opinion.consensus import across_groups
from linli.methods.opinion.files import read_votes
from linli.methods.opinion.moderation import Moderation
from linli.methods.opinion.opinion_map import draw_map
from linli.methods.opinion.recipe import place_all
from linli.methods.opinion.representative import choose, compare, count_votes
from linli.methods.opinion.routing import priorities
from linli.methods.opinion.votes import gather

EXACT = {"rtol": 1e-9, "atol": 1e-9}


@pytest.fixture(scope="module")
def oracle(shared):
    folder = shared / "production-blob.biodiversity"
    blob = json.loads((folder / "r4tykwac8thvzv35jrn53_math_blob.json").read_text())
    file = read_votes(next(folder.glob("*-votes.csv")).read_bytes())
    order = [str(tid) for tid in blob["tids"]]
    what = place_all(file.statement_ids, order)[file.votes.statements]
    assert file.participant_ids == [str(i) for i in range(blob["n"])]
    votes = gather(file.votes.participants, what, file.votes.values, blob["n"], len(order))
    at = {tid: place for place, tid in enumerate(blob["tids"])}
    out, meta = np.zeros(len(order), dtype=bool), np.zeros(len(order), dtype=bool)
    out[[at[tid] for tid in blob["mod-out"] if tid in at]] = True
    meta[[at[tid] for tid in blob["meta-tids"] if tid in at]] = True
    return blob, votes, Moderation(out, meta)


@pytest.fixture
def drawn(oracle, either_path):
    _blob, votes, ruled = oracle
    return draw_map(votes, ruled)


@pytest.fixture
def counted(oracle, either_path):
    blob, votes, _ruled = oracle
    base = dict(zip(blob["base-clusters"]["id"], blob["base-clusters"]["members"], strict=True))
    labels = np.full(votes.n_participants, -1)
    for group in blob["group-clusters"]:
        for cluster in group["members"]:
            labels[base[cluster]] = group["id"]
    return count_votes(votes, labels, len(blob["group-clusters"]))


def in_order(blob, found):
    return [found[str(tid)] for tid in blob["tids"]]


def test_counts_of_each_participant(oracle):
    blob, votes, _ruled = oracle
    assert {str(i): n for i, n in enumerate(votes.per_participant.tolist())} == blob["user-vote-counts"]


def test_centre_and_components(oracle, drawn):
    blob = oracle[0]
    # In there, agreement is −1.
    np.testing.assert_allclose(-drawn.components.centre, blob["pca"]["center"], **EXACT)
    for axis, theirs in zip(drawn.components.axes, blob["pca"]["comps"], strict=True):
        assert abs(axis @ np.array(theirs)) > 1 - 1e-12


def test_statements_and_extremity(oracle, drawn):
    blob = oracle[0]
    for ours, theirs in zip(drawn.statement_places.T, blob["pca"]["comment-projection"], strict=True):
        np.testing.assert_allclose(np.abs(ours), np.abs(theirs), **EXACT)
    np.testing.assert_allclose(drawn.extremity, blob["pca"]["comment-extremity"], **EXACT)


def test_base_clusters_stand_at_the_mean_of_our_places(oracle, drawn):
    """Their members carry history; where those stand does not. This is where every participant's place is checked."""
    base = oracle[0]["base-clusters"]
    means = np.array([drawn.places[members].mean(axis=0) for members in base["members"]])
    theirs = np.array([base["x"], base["y"]]).T
    signs = np.sign((means * theirs).sum(axis=0))
    np.testing.assert_allclose(means * signs, theirs, **EXACT)


def test_who_is_in(oracle, drawn):
    before = set(oracle[0]["in-conv"])
    ours = set(np.flatnonzero(drawn.inside).tolist())
    assert ours <= before
    assert len(before - ours) == 2


def test_counts_of_each_group(oracle, counted):
    blob = oracle[0]
    for group in (0, 1):
        told = in_order(blob, blob["group-votes"][str(group)]["votes"])
        assert counted.agree[group].tolist() == [cell["A"] for cell in told]
        assert counted.disagree[group].tolist() == [cell["D"] for cell in told]
        assert counted.seen[group].tolist() == [cell["S"] for cell in told]


def test_group_informed_consensus_and_priorities(oracle, drawn, counted):
    blob, _votes, ruled = oracle
    ours = across_groups(counted.agree, counted.seen)
    np.testing.assert_allclose(ours, in_order(blob, blob["group-aware-consensus"]), **EXACT)
    ours = priorities(counted, drawn.extremity, ruled.meta)
    np.testing.assert_allclose(ours, in_order(blob, blob["comment-priorities"]), **EXACT)


def same_voices(blob, ours, theirs):
    for one, other in zip(ours, theirs, strict=True):
        assert blob["tids"][one.statement] == other["tid"]
        if other.get("best-agree") and other["repful-for"] == "disagree":
            assert (one.direction, one.success, one.best_agree) == ("agree", other["n-agree"], True)
            continue
        assert (one.direction, one.success, one.trials, one.best_agree) == (
            other["repful-for"], other["n-success"], other["n-trials"], other.get("best-agree", False),
        )  # fmt: skip
        assert one.share == pytest.approx(other["p-success"], abs=1e-9)
        assert one.sure == pytest.approx(other["p-test"], abs=1e-9)
        assert one.ratio == pytest.approx(other["repness"], abs=1e-9)
        # This one they keep in 32 bits.
        assert np.float32(one.differs) == np.float32(other["repness-test"])


def test_representative_statements(oracle, counted):
    blob, _votes, ruled = oracle
    for group, voices in enumerate(choose(counted, compare(counted), ruled.out)):
        same_voices(blob, voices, blob["repness"][str(group)])


def test_representative_statements_of_parts_of_groups(oracle):
    """There each group is divided once more, and its parts are held against each other."""
    blob, votes, ruled = oracle
    base = dict(zip(blob["base-clusters"]["id"], blob["base-clusters"]["members"], strict=True))
    for group, parts in blob["subgroup-clusters"].items():
        labels = np.full(votes.n_participants, -1)
        for part in parts:
            labels[[i for cluster in part["members"] for i in base[cluster]]] = part["id"]
        counts = count_votes(votes, labels, len(parts))
        for part, voices in enumerate(choose(counts, compare(counts), ruled.out)):
            theirs = blob["subgroup-repness"][group][str(part)]
            flipped = [one for one in theirs if one.get("best-agree") and one["repful-for"] == "disagree"]
            same_voices(blob, voices, flipped + [one for one in theirs if one not in flipped])


def test_consensus(oracle, drawn):
    blob = oracle[0]
    for side in ("agree", "disagree"):
        for ours, theirs in zip(getattr(drawn.consensus, side), blob["consensus"][side], strict=True):
            assert blob["tids"][ours.statement] == theirs["tid"]
            assert (ours.success, ours.trials) == (theirs["n-success"], theirs["n-trials"])
            assert ours.share == pytest.approx(theirs["p-success"], abs=1e-9)
            assert ours.sure == pytest.approx(theirs["p-test"], abs=1e-9)
