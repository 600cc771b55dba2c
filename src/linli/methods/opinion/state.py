"""A room that is still talking: votes come in one by one, and the picture follows at once.

Kept are the last answer of everybody to everything, one byte each, and the whole-number counts of every pair of
statements. Adding and taking away whole numbers in any order comes out the same, so a state that took its votes in any
order draws, to the last bit, the map of all its votes.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from linli.methods.arrays import Floats, Ints
from linli.methods.bad_input import BadInput
from linli.methods.opinion.components import Components, Pairs, components_of, count_pairs
from linli.methods.opinion.consensus import Consensus, across_groups, find_consensus
from linli.methods.opinion.moderation import Moderation, nothing_out
from linli.methods.opinion.opinion_map import Earlier, OpinionMap, draw_map
from linli.methods.opinion.projection import extremity, place_participants, place_statements
from linli.methods.opinion.representative import Counts, Representative, choose, compare, count_votes
from linli.methods.opinion.routing import priorities
from linli.methods.opinion.votes import Votes, gather

UNASKED = -2
# One byte for every participant and statement.
MOST_CELLS = 2_000_000_000
MOST_STATEMENTS = 2_000


@dataclass(frozen=True, eq=False)
class Glance:
    """What one more vote changes at once, whatever the number of participants: all but who belongs to which group.

    Components are those of the full map to 1e-9, and to the last bit where that counts pairs too (`is_crowded`).
    `counts` and what follows from them are those of the groups of the last map, None before the first.
    """

    components: Components
    statement_places: Floats
    extremity: Floats
    consensus: Consensus
    counts: Counts | None
    representative: tuple[tuple[Representative, ...], ...]
    common_ground: Floats | None
    priority: Floats | None


class State:
    """Takes votes; draws maps of all it has taken. Positions as in `gather`; room for more is made as they come.

    Raises BadInput as `gather` does, and `too_many_cells`; a refused batch leaves the state as it was.
    Cost: a few microseconds a vote in batches, about 50 one by one; a glance a few milliseconds at 200 statements.

    >>> room = State(3)
    >>> room.take([0, 1, 0], [0, 0, 2], [1, -1, 1])
    >>> room.take([0], [2], [0])
    >>> room.votes().table().tolist()
    [[1.0, nan, 0.0], [-1.0, nan, nan]]
    """

    def __init__(self, n_statements: int, moderation: Moderation | None = None) -> None:
        if not 0 <= n_statements <= MOST_STATEMENTS:
            raise BadInput("too_many_statements", given=n_statements, most=MOST_STATEMENTS)
        self.moderation = moderation or nothing_out(n_statements)
        self._cells = np.full((0, n_statements), UNASKED, dtype=np.int8)
        self._taken = 0
        blank = np.zeros((3, n_statements, n_statements), dtype=np.int64)
        self._pairs = Pairs(*blank)
        self._last: OpinionMap | None = None
        self._counts: Counts | None = None

    @property
    def n_statements(self) -> int:
        return self._cells.shape[1]

    @property
    def n_participants(self) -> int:
        return self._taken

    def take(self, participants: npt.ArrayLike, statements: npt.ArrayLike, values: npt.ArrayLike) -> None:
        """Votes in the order in which they were cast; the last of each participant on each statement holds."""
        new = gather(participants, statements, values, None, self.n_statements)
        if not len(new):
            return
        if new.n_participants * self.n_statements > MOST_CELLS:
            raise BadInput("too_many_cells", participants=new.n_participants, statements=self.n_statements)
        self._make_room(new.n_participants)
        if len(new) == 1:
            self._take_one(new.n_participants - 1, int(new.statements[0]), int(new.values[0]))
        else:
            self._take_many(new)

    def votes(self) -> Votes:
        """The last answer of everybody to everything."""
        return votes_in(self._cells[: self._taken])

    def pairs(self) -> Pairs:
        """The counts of every pair of statements (a copy)."""
        return Pairs(self._pairs.both.copy(), self._pairs.given.copy(), self._pairs.products.copy())

    def draw(self, joined: npt.ArrayLike | None = None, warm: Earlier | None = None) -> OpinionMap:
        """The full map, the same as of all votes at once; glances from now on keep its groups."""
        found = draw_map(self.votes(), self.moderation, joined=joined, warm=warm, pairs=self._pairs)
        counts = found.counts
        self._counts = Counts(counts.agree.copy(), counts.disagree.copy(), counts.seen.copy())
        self._last = found
        return found

    def glance(self) -> Glance:
        """New components, statements, consensus and priorities, within the groups of the last map."""
        both, given, products = self._pairs.both, self._pairs.given, self._pairs.products
        seen, sums, cast = both.diagonal(), given.diagonal(), products.diagonal()
        out, n_seen = self.moderation.out, int((seen > 0).sum())
        components = components_of(self._pairs, out)
        placed = place_statements(components, n_seen)
        far = extremity(placed)
        counts = self._counts
        found = compare(counts) if counts else None
        return Glance(
            components=components,
            statement_places=placed,
            extremity=far,
            consensus=find_consensus((cast + sums) // 2, (cast - sums) // 2, seen, out),
            counts=counts,
            representative=choose(counts, found, out) if counts and found else (),
            common_ground=across_groups(counts.agree, counts.seen) if counts else None,
            priority=priorities(counts, far, self.moderation.meta) if counts else None,
        )

    def place(self, participants: npt.ArrayLike, components: Components) -> Floats:
        """Where these participants (positions) stand, in their order, on a picture with these axes."""
        rows = np.asarray(participants, dtype=np.int64)
        if rows.size and not (rows.min() >= 0 and rows.max() < self._taken):
            raise BadInput("position_unknown", column="participants")
        n_seen = int((self._pairs.both.diagonal() > 0).sum())
        return place_participants(votes_in(self._cells[rows]), components, self.moderation.out, n_seen)

    def _make_room(self, wanted: int) -> None:
        if wanted > len(self._cells):
            rows = max(wanted, min(2 * len(self._cells), MOST_CELLS // max(1, self.n_statements)))
            grown = np.full((rows, self.n_statements), UNASKED, dtype=np.int8)
            grown[: self._taken] = self._cells[: self._taken]
            self._cells = grown
        self._taken = max(self._taken, wanted)

    def _take_many(self, new: Votes) -> None:
        """Takes the pairs of everybody who votes out of the counts, and puts them in again with the new votes."""
        who = np.flatnonzero(new.per_participant)
        before = votes_in(self._cells[who])
        self._recount(who, before, -1)
        self._cells[new.participants, new.statements] = new.values
        self._recount(who, votes_in(self._cells[who]), 1)

    def _recount(self, who: Ints, rows: Votes, sign: int) -> None:
        if not len(rows):
            return
        for kept, change in zip(as_arrays(self._pairs), as_arrays(count_pairs(rows)), strict=True):
            kept += sign * change
        if self._counts and self._last:
            labels = self._group_of(who)
            change_of = count_votes(rows, labels, len(self._counts.seen))
            for name in ("agree", "disagree", "seen"):
                getattr(self._counts, name).__iadd__(sign * getattr(change_of, name))

    def _take_one(self, who: int, what: int, value: int) -> None:
        row = self._cells[who]
        before = int(row[what])
        answered = np.flatnonzero(row != UNASKED)
        others = answered[answered != what]
        values = row[others].astype(np.int64)
        both, given, products = as_arrays(self._pairs)
        fresh = before == UNASKED
        change = value - (0 if fresh else before)
        if fresh:
            both[what, others] += 1
            both[others, what] += 1
            given[others, what] += values
        given[what, others] += change
        products[what, others] += change * values
        products[others, what] += change * values
        both[what, what] += fresh
        given[what, what] += change
        products[what, what] += value * value - (0 if fresh else before * before)
        row[what] = value
        self._count_one(int(self._group_of(np.array([who]))[0]), what, before, value)

    def _count_one(self, group: int, what: int, before: int, value: int) -> None:
        if self._counts is None or group < 0:
            return
        for vote, sign in ((before, -1), (value, 1)):
            if vote != UNASKED:
                self._counts.seen[group, what] += sign
                self._counts.agree[group, what] += sign * (vote == 1)
                self._counts.disagree[group, what] += sign * (vote == -1)

    def _group_of(self, who: Ints) -> Ints:
        """The group of the last map that somebody is in, −1 for none."""
        labels = self._last.groups.labels if self._last else np.zeros(0, dtype=np.int64)
        found = np.full(len(who), -1, dtype=np.int64)
        known = who < len(labels)
        found[known] = labels[who[known]]
        return found


def as_arrays(pairs: Pairs) -> tuple[Ints, Ints, Ints]:
    return pairs.both, pairs.given, pairs.products


def votes_in(cells: npt.NDArray[np.int8]) -> Votes:
    """Votes from one byte for every participant and statement."""
    asked = cells != UNASKED
    starts = np.concatenate([[0], np.cumsum(asked.sum(axis=1))])
    return Votes(starts, np.nonzero(asked)[1].astype(np.int32), cells[asked], cells.shape[1])
