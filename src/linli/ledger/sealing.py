"""Sealing events into the tree, and checking that nothing before a checkpoint was changed since."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from linli.ledger.facts import KINDS
from linli.ledger.models import Checkpoint, Event, Leaf
from linli.ledger.tree import append, leaf_hash, root_of_peaks

BATCH = 5_000
# An event that commits late may be this much older than the checkpoint that first misses it.
PATIENCE = timedelta(hours=1)


def canonical(event: Event) -> bytes:
    """The bytes that are hashed: JSON with sorted keys, no spaces, times in UTC."""
    fields = {
        "id": str(event.id),
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "kind": event.kind,
        "actor": event.actor,
        "subject": event.subject,
        "scope": event.scope,
        "data": event.data,
    }
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def daily_kinds() -> list[str]:
    return [name for name, kind in KINDS.items() if kind.daily]


def ripe(now: datetime) -> QuerySet[Event]:
    """Events to seal now: all that are unsealed, but acts of residents only once their day is over."""
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    unsealed = Event.objects.filter(leaf=None)
    return unsealed.exclude(kind__in=daily_kinds(), at__gte=today)


@transaction.atomic
def seal(now: datetime | None = None) -> Checkpoint | None:
    """Appends up to BATCH ripe events and publishes a checkpoint; None when there is nothing to seal.

    Order within a batch is by hash: the tree does not tell who acted before whom. Two sealers at once cannot both
    write leaf number n; the second fails and its todo is tried again.
    """
    now = now or timezone.now()
    hashed = sorted(
        (leaf_hash(canonical(event)).hex(), event) for event in ripe(now).order_by("id")[:BATCH].iterator()
    )
    if not hashed:
        return None
    last = Checkpoint.objects.order_by("-number").first()
    size, peaks = (last.size, [bytes.fromhex(peak) for peak in last.peaks]) if last else (0, [])
    leaves = [
        Leaf(index=size + place, event=event, hash=digest) for place, (digest, event) in enumerate(hashed)
    ]
    for leaf in leaves:
        peaks = append(peaks, leaf.index, bytes.fromhex(leaf.hash))
    Leaf.objects.bulk_create(leaves)
    return Checkpoint.objects.create(
        number=last.number + 1 if last else 1,
        size=size + len(leaves),
        root=root_of_peaks(peaks).hex(),
        peaks=[peak.hex() for peak in peaks],
        at=now,
    )


@dataclass(frozen=True)
class Finding:
    """Something that does not fit: what, and where."""

    what: str
    where: str

    def __str__(self) -> str:
        return f"{self.what}: {self.where}"


def check(held: tuple[int, str] | None = None) -> Iterator[Finding]:
    """Recomputes everything and yields what does not fit; nothing yielded means nothing was changed.

    `held` is a checkpoint (size, root) that somebody outside has kept: with it, cutting off the end is found too.
    """
    checkpoints = {checkpoint.size: checkpoint for checkpoint in Checkpoint.objects.order_by("number")}
    yield from check_numbers(checkpoints.values())
    expected = dict.fromkeys(checkpoints, "") | {size: point.root for size, point in checkpoints.items()}
    size, roots = 0, dict[int, str]()
    peaks: list[bytes] = []
    for leaf in Leaf.objects.select_related("event").order_by("index").iterator(chunk_size=2_000):
        yield from check_leaf(leaf, size)
        peaks = append(peaks, size, bytes.fromhex(leaf.hash))
        size += 1
        if size in expected or (held and size == held[0]):
            roots[size] = root_of_peaks(peaks).hex()
    for wanted, checkpoint in checkpoints.items():
        if roots.get(wanted) != checkpoint.root or (peaks_root(checkpoint) != checkpoint.root):
            yield Finding("checkpoint does not match the leaves", str(checkpoint))
    if size != max(checkpoints, default=0):
        yield Finding("leaves and last checkpoint differ", f"{size} leaves")
    if held and roots.get(held[0]) != held[1]:
        yield Finding("the checkpoint you hold does not fit this ledger", f"{held[0]} {held[1]}")
    yield from check_unsealed()


def peaks_root(checkpoint: Checkpoint) -> str:
    return root_of_peaks([bytes.fromhex(peak) for peak in checkpoint.peaks]).hex()


def check_numbers(checkpoints: Any) -> Iterator[Finding]:
    previous = None
    for number, checkpoint in enumerate(checkpoints, start=1):
        if checkpoint.number != number:
            yield Finding("a checkpoint is missing", f"number {number}")
            return
        if previous and (checkpoint.size <= previous.size or checkpoint.at < previous.at):
            yield Finding("checkpoints out of order", str(checkpoint))
        previous = checkpoint


def check_leaf(leaf: Leaf, expected_index: int) -> Iterator[Finding]:
    if leaf.index != expected_index:
        yield Finding("a leaf is missing or added", f"leaf {expected_index}")
    if leaf_hash(canonical(leaf.event)).hex() != leaf.hash:
        yield Finding("an event was changed", str(leaf.event_id))


def check_unsealed() -> Iterator[Finding]:
    """Events older than the last seal that it should have covered were put in behind it."""
    last = Checkpoint.objects.aggregate(at=Max("at"))["at"]
    if last is not None:
        for event in ripe(last).filter(at__lt=last - PATIENCE).order_by("id")[:20]:
            yield Finding("an event was added behind the seal", str(event.id))
