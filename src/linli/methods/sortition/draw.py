"""A draw that nobody can bend and everybody can repeat: first the list is sealed, then a public value makes the seed.

In order. (1) Every entry has a ticket number and a secret salt; the hashes of both are the list, and the hash of the
list is published together with two values that do not exist yet: the one that will count, and the one that counts if it
never comes. (2) When the value is known two people enter it. (3) Seed = SHA-256(list hash ‖ value); every number of the
draw follows from it. Whoever keeps the list after (1) cannot choose who is drawn, and whoever knows the value before
everybody else cannot change the list.

Nothing here knows what is drawn: a panel out of a thousand, seats out of a hall, the order of speakers.
"""

import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from linli.methods.arrays import Ints
from linli.methods.bad_input import BadInput

MOST_TICKETS = 1_000_000
MOST_WEIGHT = 2**62
LEAST_SALT = 16
LONGEST_VALUE = 1_000
# One word for each use of SHA-256, so that no hash can be taken for another.
TICKET, LIST, SEED, STREAM = b"linli ticket\n", b"linli list\n", b"linli seed\n", b"linli stream\n"


@dataclass(frozen=True)
class SealedList:
    """What is published before the seed can exist: the hash of each ticket, the two values, and the hash over all."""

    tickets: tuple[str, ...]
    value: str
    fallback: str
    terms: str
    digest: str


@dataclass(frozen=True)
class Seed:
    """The seed as a number below 2**256, and what it came from."""

    number: int
    digest: str
    value: str
    by_fallback: bool


def seal_list(salts: Sequence[bytes], value: str, fallback: str, terms: str = "") -> SealedList:
    """Seals a list of tickets 1, 2, 3 … so that neither it nor what will decide can be changed unseen.

    Takes a secret salt of at least 16 bytes for each ticket, what the deciding public value is called ("winning numbers
    of …, drawn on …"), what counts if it is not drawn, and the terms (say, the digest of the panels or the number of
    seats). Raises BadInput: `no_tickets`, `too_many_tickets`, `salt_short`, `salt_twice`, `text_missing`,
    `fallback_same`. Cost: one hash a ticket.

    >>> sealed = seal_list([b"a" * 16, b"b" * 16], "lottery of 1 May", "lottery of 8 May")
    >>> len(sealed.tickets), sealed.digest[:12]
    (2, 'a741caaff8e8')
    """
    if not salts:
        raise BadInput("no_tickets")
    if len(salts) > MOST_TICKETS:
        raise BadInput("too_many_tickets", given=len(salts), most=MOST_TICKETS)
    for number, salt in enumerate(salts, 1):
        if len(salt) < LEAST_SALT:
            raise BadInput("salt_short", ticket=number, least=LEAST_SALT)
    if len(set(salts)) < len(salts):
        raise BadInput("salt_twice")
    main, other = cleaned(value, "value"), cleaned(fallback, "fallback")
    if main == other:
        raise BadInput("fallback_same")
    tickets = tuple(hash_ticket(number, salt) for number, salt in enumerate(salts, 1))
    return SealedList(tickets, main, other, terms, hash_list(tickets, main, other, terms))


def hash_ticket(number: int, salt: bytes) -> str:
    """What stands in the list for this ticket; its holder can work it out, nobody else can guess it.

    >>> hash_ticket(1, b"a" * 16)[:12]
    '6ed9d82b1c2c'
    """
    return hashlib.sha256(TICKET + b"%d\n" % number + salt).hexdigest()


def hash_list(tickets: Sequence[str], value: str, fallback: str, terms: str) -> str:
    lines = [f"{len(part.encode())}:{part}" for part in (value, fallback, terms, *tickets)]
    return hashlib.sha256(LIST + "\n".join(lines).encode()).hexdigest()


def is_whole(sealed: SealedList) -> bool:
    """Whether the digest is that of what stands in the list."""
    return sealed.digest == hash_list(sealed.tickets, sealed.value, sealed.fallback, sealed.terms)


def holds_ticket(sealed: SealedList, number: int, salt: bytes) -> bool:
    """Whether this ticket stands in the list, for its holder to see.

    >>> sealed = seal_list([b"a" * 16, b"b" * 16], "lottery of 1 May", "lottery of 8 May")
    >>> holds_ticket(sealed, 2, b"b" * 16), holds_ticket(sealed, 1, b"b" * 16)
    (True, False)
    """
    return 1 <= number <= len(sealed.tickets) and sealed.tickets[number - 1] == hash_ticket(number, salt)


def make_seed(sealed: SealedList, entered: str, entered_again: str, by_fallback: bool = False) -> Seed:
    """The seed, once the public value is known and two people have entered the same.

    Only blanks at the ends, runs of blanks and full-width forms are evened out. Raises BadInput: `list_changed`,
    `entries_differ`, `text_missing`.

    >>> sealed = seal_list([b"a" * 16, b"b" * 16], "lottery of 1 May", "lottery of 8 May")
    >>> make_seed(sealed, "3 14 15", " 3  14 15 ").digest[:12]
    '2697cb656107'
    """
    if not is_whole(sealed):
        raise BadInput("list_changed")
    one, other = cleaned(entered, "entered"), cleaned(entered_again, "entered_again")
    if one != other:
        raise BadInput("entries_differ")
    named = sealed.fallback if by_fallback else sealed.value
    parts = "\n".join((sealed.digest, f"{len(named.encode())}:{named}", one))
    digest = hashlib.sha256(SEED + parts.encode()).hexdigest()
    return Seed(int(digest, 16), digest, one, by_fallback)


def cleaned(text: str, name: str) -> str:
    even = " ".join(unicodedata.normalize("NFKC", text).split())
    if not even or len(even) > LONGEST_VALUE:
        raise BadInput("text_missing", name=name, most=LONGEST_VALUE)
    return even


class Stream:
    """Whole numbers that follow from a seed alone: SHA-256(seed ‖ use ‖ 0), (… ‖ 1) …, each number equally likely.

    >>> stream = Stream(7, "panel")
    >>> [stream.below(6) + 1 for _throw in range(8)]
    [1, 3, 2, 2, 6, 6, 4, 4]
    """

    def __init__(self, seed: int, use: str) -> None:
        if not 0 <= seed < 2**256:
            raise BadInput("out_of_bounds", seed=seed)
        self._start = STREAM + seed.to_bytes(32, "big") + use.encode() + b"\n"
        self._count = 0

    def below(self, bound: int) -> int:
        """A number from 0 to bound − 1. What would favour the low ones is thrown away and drawn anew."""
        if not 1 <= bound <= 2**128:
            raise BadInput("out_of_bounds", bound=bound)
        fair = 2**256 - 2**256 % bound
        while True:
            digest = hashlib.sha256(self._start + b"%d" % self._count).digest()
            self._count += 1
            number = int.from_bytes(digest, "big")
            if number < fair:
                return number % bound


def draw_one(seed: int, number: int, use: str = "panel") -> int:
    """One of `number` equally likely places, from 0. Raises BadInput: `out_of_bounds`.

    >>> draw_one(7, 1000)
    632
    """
    return Stream(seed, use).below(number)


def draw_order(seed: int, weights: npt.ArrayLike, use: str = "seats") -> Ints:
    """All places in the order in which they are drawn; each time the chance is the share of the weight that is left.

    Takes whole weights from 0 (a place of weight 0 is never drawn); equal weights make a fair shuffle. With 30 seats the
    first 30 have one and the others wait in this order. Exact: no rounding anywhere. Raises BadInput: `not_whole`,
    `weight_unknown`, `too_many_tickets`. Cost: n log n.

    >>> draw_order(7, [1, 1, 1, 0, 1]).tolist()
    [4, 0, 1, 2]
    """
    given = np.asarray(weights)
    if given.ndim != 1 or (given.size and given.dtype.kind not in "iu"):
        raise BadInput("not_whole", column="weights")
    if len(given) > MOST_TICKETS:
        raise BadInput("too_many_tickets", given=len(given), most=MOST_TICKETS)
    whole = [int(weight) for weight in given]
    if any(weight < 0 for weight in whole) or sum(whole) > MOST_WEIGHT:
        raise BadInput("weight_unknown")
    stream, left = Stream(seed, use), Sums(whole)
    order = []
    while left.total:
        place = left.find(stream.below(left.total))
        order.append(place)
        left.take_out(place)
    return np.array(order, dtype=np.int64)


class Sums:
    """Running sums of weights in a binary tree, so that finding and taking out cost log n."""

    def __init__(self, weights: Sequence[int]) -> None:
        self._leaves = 1 << max(len(weights) - 1, 0).bit_length()
        self._tree = [0] * self._leaves + list(weights) + [0] * (self._leaves - len(weights))
        for node in range(self._leaves - 1, 0, -1):
            self._tree[node] = self._tree[2 * node] + self._tree[2 * node + 1]

    @property
    def total(self) -> int:
        return self._tree[1]

    def find(self, number: int) -> int:
        """The place on whose weight this number falls."""
        node = 1
        while node < self._leaves:
            node *= 2
            if number >= self._tree[node]:
                number -= self._tree[node]
                node += 1
        return node - self._leaves

    def take_out(self, place: int) -> None:
        node = place + self._leaves
        weight = self._tree[node]
        while node:
            self._tree[node] -= weight
            node //= 2
