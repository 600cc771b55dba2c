"""What is new on a map since the last one: codes and numbers, to be put into words elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from linli.methods.opinion.alignment import Alignment
from linli.methods.opinion.opinion_map import OpinionMap
from linli.methods.opinion.representative import Representative


@dataclass(frozen=True)
class Change:
    """One thing that is new. `numbers` by name; groups carry the numbers of `Alignment.names`.

    `people`, `votes`, `statements`, `groups`: before, after. `moved_group`: people of those on both maps.
    `group_size`: group, before, after. `group_began`, `group_ended`: group, people. `consensus_came`, `consensus_went`:
    statement, agree (1) or disagree (−1). `voice_came`, `voice_went`: group, statement, agree or disagree.
    """

    code: str
    numbers: dict[str, int] = field(default_factory=dict)


def find_changes(before: OpinionMap, after: OpinionMap, held: Alignment) -> tuple[Change, ...]:
    """All that is new, in a fixed order; nothing where the maps say the same.

    >>> from linli.methods.opinion.alignment import align
    >>> from linli.methods.opinion.opinion_map import draw_map
    >>> from linli.methods.opinion.votes import from_table
    >>> first = draw_map(from_table([[1, 1], [-1, -1]]))
    >>> second = draw_map(from_table([[1, 1], [-1, -1], [-1, 0]]))
    >>> [change.code for change in find_changes(first, second, align(first, second))][:2]
    ['people', 'votes']
    """
    found = [
        *of_sizes(before, after),
        *of_groups(before, after, held),
        *of_consensus(before, after),
        *of_voices(before, after, held),
    ]
    return tuple(found)


def of_sizes(before: OpinionMap, after: OpinionMap) -> Iterator[Change]:
    for code, old, new in (
        ("people", int(before.inside.sum()), int(after.inside.sum())),
        ("votes", before.n_votes, after.n_votes),
        ("statements", before.n_seen, after.n_seen),
        ("groups", before.groups.number, after.groups.number),
    ):
        if old != new:
            yield Change(code, {"before": old, "after": new})


def of_groups(before: OpinionMap, after: OpinionMap, held: Alignment) -> Iterator[Change]:
    size = min(len(before.inside), len(after.inside))
    both = before.inside[:size] & after.inside[:size]
    old, new = before.groups.labels[:size][both], held.names[after.groups.labels[:size][both]]
    moved = int((old != new).sum())
    if moved:
        yield Change("moved_group", {"people": moved, "of": int(both.sum())})
    sizes = dict(zip(held.names.tolist(), after.groups.sizes.tolist(), strict=True))
    for group, people in enumerate(before.groups.sizes.tolist()):
        if group not in sizes:
            yield Change("group_ended", {"group": group, "people": people})
        elif sizes[group] != people:
            yield Change("group_size", {"group": group, "before": people, "after": sizes[group]})
    for group in sorted(set(sizes) - set(range(before.groups.number))):
        yield Change("group_began", {"group": group, "people": sizes[group]})


def of_consensus(before: OpinionMap, after: OpinionMap) -> Iterator[Change]:
    def common(drawn: OpinionMap) -> set[tuple[int, int]]:
        sides = ((drawn.consensus.agree, 1), (drawn.consensus.disagree, -1))
        return {(one.statement, way) for side, way in sides for one in side}

    for code, some, others in (("consensus_came", after, before), ("consensus_went", before, after)):
        for statement, way in sorted(common(some) - common(others)):
            yield Change(code, {"statement": statement, "way": way})


def of_voices(before: OpinionMap, after: OpinionMap, held: Alignment) -> Iterator[Change]:
    """Statements that came to stand for a group, or no longer do; of groups that are on both maps."""
    old = dict(enumerate(before.representative))
    new = dict(zip(held.names.tolist(), after.representative, strict=True))
    for group in sorted(old.keys() & new.keys()):
        for code, some, others in (("voice_came", new, old), ("voice_went", old, new)):
            for statement, way in sorted(voices(some[group]) - voices(others[group])):
                yield Change(code, {"group": group, "statement": statement, "way": way})


def voices(chosen: tuple[Representative, ...]) -> set[tuple[int, int]]:
    return {(one.statement, 1 if one.direction == "agree" else -1) for one in chosen}
