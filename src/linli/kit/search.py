"""The hook by which a feature puts its words into the one search index, which lives in `site`."""

from dataclasses import dataclass
from typing import Protocol

from linli.kit.refs import Ref


@dataclass(frozen=True)
class Entry:
    """`words` are what the object is found by; `audience` is "public" or a coarse name that narrows the hits."""

    ref: Ref
    words: str
    audience: str = "public"


class Writer(Protocol):
    def write(self, entries: list[Entry]) -> None: ...

    def remove(self, refs: list[Ref]) -> None: ...


_writers: list[Writer] = []


def use(writer: Writer) -> None:
    """Called once by the app that keeps the index."""
    _writers[:] = [writer]


def index(*entries: Entry) -> None:
    """Adds or renews entries, in the caller's transaction."""
    for writer in _writers:
        writer.write(list(entries))


def forget(*refs: Ref) -> None:
    """Takes objects out of the index, in the caller's transaction."""
    for writer in _writers:
        writer.remove(list(refs))
