"""What a notice says: each app registers the sentences for its own facts in its `notices.py`.

A sentence is made when it is read or sent, so it stands in the reader's language and never in the database.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Message:
    """A title of one line, and a body that may be empty. Both may be lazy translations."""

    title: Any
    body: Any = ""


Writer = Callable[[dict, Any], Message]
_writers: dict[str, Writer] = {}


def notice(kind: str) -> Callable[[Writer], Writer]:
    """Register the writer of all notices of one kind: `writer(data, subject)`.

    `subject` is None when the reader may not see it (any more), so a writer must have words for that too.
    """

    def register(writer: Writer) -> Writer:
        if kind in _writers:
            raise ValueError(f"two writers for notices of kind {kind}")
        _writers[kind] = writer
        return writer

    return register


def message(kind: str, data: dict, subject: Any) -> Message:
    """The message for a notice; a plain sentence where the app that told it is no longer installed."""
    writer = _writers.get(kind)
    return writer(data, subject) if writer else Message(_("Something changed that you wanted to hear about"))


def kinds() -> list[str]:
    """Every kind that has a writer, sorted."""
    return sorted(_writers)
