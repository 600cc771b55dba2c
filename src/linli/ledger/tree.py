"""The Merkle tree of RFC 9162, over SHA-256. Pure: bytes in, bytes out.

A leaf hashes 0x00 and its data, a node 0x01 and its two children, so a node can never pass for a leaf. `peaks` are the
roots of the complete subtrees of a tree of n leaves from left to right, one for each 1 in the binary form of n.
"""

import hashlib
from collections.abc import Sequence
from functools import reduce


def leaf_hash(data: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def append(peaks: Sequence[bytes], size: int, leaf: bytes) -> list[bytes]:
    """The peaks after adding one leaf hash to a tree of `size` leaves."""
    grown = [*peaks, leaf]
    while size & 1:
        right, left = grown.pop(), grown.pop()
        grown.append(node_hash(left, right))
        size >>= 1
    return grown


def root_of_peaks(peaks: Sequence[bytes]) -> bytes:
    """The tree's root; that of an empty tree is the hash of nothing."""
    if not peaks:
        return hashlib.sha256(b"").digest()
    return reduce(lambda right, left: node_hash(left, right), reversed(peaks))


def root(leaves: Sequence[bytes]) -> bytes:
    peaks: list[bytes] = []
    for size, leaf in enumerate(leaves):
        peaks = append(peaks, size, leaf)
    return root_of_peaks(peaks)


def cut(size: int) -> int:
    """The largest power of two below `size`: where the tree divides."""
    return 1 << (size - 1).bit_length() - 1


def inclusion_proof(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """The hashes that lead from leaf `index` to the root (RFC 9162, 2.1.3.1)."""
    if len(leaves) == 1:
        return []
    half = cut(len(leaves))
    if index < half:
        return [*inclusion_proof(index, leaves[:half]), root(leaves[half:])]
    return [*inclusion_proof(index - half, leaves[half:]), root(leaves[:half])]


def verify_inclusion(index: int, size: int, leaf: bytes, proof: Sequence[bytes], expected: bytes) -> bool:
    """Whether `leaf` stands at `index` of the tree of `size` leaves with root `expected` (RFC 9162, 2.1.3.2).

    A proof that is too long or too short is refused, also where its hashes would fit.
    """
    if not 0 <= index < size:
        return False
    node, last, seen = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if node & 1 or node == last:
            seen = node_hash(sibling, seen)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            seen = node_hash(seen, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and seen == expected
