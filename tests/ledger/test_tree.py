"""The tree of hashes, held against an outside implementation and against proofs that must not pass."""

from hypothesis import given, settings
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from linli.ledger.tree import append, inclusion_proof, leaf_hash, root, root_of_peaks, verify_inclusion

entries = st.lists(st.binary(max_size=20), min_size=1, max_size=40)


@settings(deadline=None)
@given(entries)
def test_the_same_root_as_pymerkle(data):
    other = InmemoryTree(algorithm="sha256")
    for entry in data:
        other.append_entry(entry)
    assert root([leaf_hash(entry) for entry in data]) == other.get_root()


@settings(deadline=None)
@given(entries)
def test_growing_by_peaks_equals_building_whole(data):
    leaves = [leaf_hash(entry) for entry in data]
    peaks = []
    for size, leaf in enumerate(leaves):
        peaks = append(peaks, size, leaf)
        assert root_of_peaks(peaks) == root(leaves[: size + 1])


@settings(deadline=None)
@given(entries, st.data())
def test_every_leaf_is_proven_and_nothing_else(data, draw):
    leaves = [leaf_hash(entry) for entry in data]
    index = draw.draw(st.integers(0, len(leaves) - 1))
    proof, whole = inclusion_proof(index, leaves), root(leaves)
    assert verify_inclusion(index, len(leaves), leaves[index], proof, whole)
    assert not verify_inclusion(
        index, len(leaves), leaf_hash(b"another entry, longer than the rest"), proof, whole
    )
    assert not verify_inclusion(index, len(leaves), leaves[index], [*proof, whole], whole)
    assert not proof or not verify_inclusion(index, len(leaves), leaves[index], proof[:-1], whole)
    assert not verify_inclusion(len(leaves), len(leaves), leaves[index], proof, whole)
