"""The whole picture of a room, from its votes."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from linli.methods.arrays import Flags, Floats, Ints
from linli.methods.bad_input import BadInput
from linli.methods.opinion.components import Components, Pairs, find_components
from linli.methods.opinion.consensus import Consensus, across_groups, find_consensus
from linli.methods.opinion.groups import EarlierGroups, Groups, find_groups
from linli.methods.opinion.membership import in_conversation
from linli.methods.opinion.moderation import Moderation, nothing_out
from linli.methods.opinion.projection import extremity, place_participants, place_statements
from linli.methods.opinion.representative import (
    Counts,
    Representative,
    Statistics,
    choose,
    compare,
    count_votes,
)
from linli.methods.opinion.routing import priorities
from linli.methods.opinion.votes import Votes


@dataclass(frozen=True, eq=False)
class StatementCounts:
    """Over all participants (int64, one a statement): agreed, disagreed, answered at all."""

    agree: Ints
    disagree: Ints
    seen: Ints


@dataclass(frozen=True, eq=False)
class Earlier:
    """What a map may begin from instead of from nothing: an earlier one of the same people and statements."""

    components: Components
    inside: Flags
    groups: EarlierGroups


@dataclass(frozen=True, eq=False)
class OpinionMap:
    """Everything that `draw_map` finds. Positions of people and statements are those of the votes.

    `places` participants × 2 and `statement_places` statements × 2: where they stand. `inside`: who is in the
    conversation, the others belong to no group. `common_ground` and `common_refusal`: how much all groups share
    agreement, or disagreement, with each statement (0 to 1). `priority`: for asking next.
    """

    n_voted: int
    n_seen: int
    n_votes: int
    totals: StatementCounts
    components: Components
    places: Floats
    statement_places: Floats
    extremity: Floats
    inside: Flags
    groups: Groups
    counts: Counts
    statistics: Statistics
    representative: tuple[tuple[Representative, ...], ...]
    consensus: Consensus
    common_ground: Floats
    common_refusal: Floats
    priority: Floats

    @property
    def earlier(self) -> Earlier:
        """What the next map may begin from, if that is wished."""
        return Earlier(self.components, self.inside, self.groups.earlier)


def draw_map(
    votes: Votes,
    moderation: Moderation | None = None,
    *,
    joined: npt.ArrayLike | None = None,
    warm: Earlier | None = None,
    pairs: Pairs | None = None,
) -> OpinionMap:
    """Where people stand, which groups they form, what each group says, and what all share.

    `joined`: a number for each participant by which they came; the first to come are the first centres, as in the
    field. Without it they came in the order of their positions. `warm`: what an earlier map leaves to begin
    from; without it the same votes give the same map, always. `pairs`: those of the votes, if already counted.
    Guarantees: no state is kept; only `joined` and, of exact ties, the order of positions matter.
    Raises BadInput: `nobody_voted`, `lengths_differ`. Cost: the pairs of votes of each person once, then a few passes.
    Source: Polis, math/conversation.clj; where we differ stands in docs/methods/opinion.engineer.md.

    >>> from linli.methods.opinion.votes import from_table
    >>> room = from_table([[1, 1, -1], [1, 1, -1], [-1, 0, 1], [-1, -1, 1]])
    >>> draw_map(room).groups.labels.tolist()
    [1, 1, 0, 0]
    """
    if not len(votes):
        raise BadInput("nobody_voted")
    ruled = moderation or nothing_out(votes.n_statements)
    if len(ruled.out) != votes.n_statements:
        raise BadInput("lengths_differ", moderation=len(ruled.out), statements=votes.n_statements)
    totals = count_all(votes)
    n_seen = int((totals.seen > 0).sum())
    components = find_components(votes, ruled.out, pairs, warm.components if warm else None)
    places = place_participants(votes, components, ruled.out, n_seen)
    inside = in_conversation(votes.per_participant, n_seen, warm.inside if warm else None)
    groups = find_groups(places, in_order(inside, joined), warm.groups if warm else None)
    return describe_map(votes, ruled, totals, n_seen, components, places, inside, groups)


def describe_map(
    votes: Votes,
    ruled: Moderation,
    totals: StatementCounts,
    n_seen: int,
    components: Components,
    places: Floats,
    inside: Flags,
    groups: Groups,
) -> OpinionMap:
    """What follows from who is in which group."""
    counts = count_votes(votes, groups.labels, groups.number)
    found = compare(counts)
    placed = place_statements(components, n_seen)
    far = extremity(placed)
    return OpinionMap(
        n_voted=int((votes.per_participant > 0).sum()),
        n_seen=n_seen,
        n_votes=len(votes),
        totals=totals,
        components=components,
        places=places,
        statement_places=placed,
        extremity=far,
        inside=inside,
        groups=groups,
        counts=counts,
        statistics=found,
        representative=choose(counts, found, ruled.out),
        consensus=find_consensus(totals.agree, totals.disagree, totals.seen, ruled.out),
        common_ground=across_groups(counts.agree, counts.seen),
        common_refusal=across_groups(counts.disagree, counts.seen),
        priority=priorities(counts, far, ruled.meta),
    )


def count_all(votes: Votes) -> StatementCounts:
    return StatementCounts(votes.tallies[:, 2], votes.tallies[:, 0], votes.per_statement)


def in_order(inside: Flags, joined: npt.ArrayLike | None) -> Ints:
    """The positions of those inside, by when they joined."""
    found = np.flatnonzero(inside)
    if joined is None:
        return found
    came = np.asarray(joined)
    if came.shape != inside.shape:
        raise BadInput("lengths_differ", joined=came.shape, participants=len(inside))
    return found[np.argsort(came[found], kind="stable")]
