"""Many keep-alive connections that ask one prepared request after the other, with as little work of their own as can be."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field


@dataclass
class Answers:
    """Of one rush: how often each status came, how long each answer took and when it was there (seconds)."""

    statuses: list[int] = field(default_factory=list)
    took: list[float] = field(default_factory=list)
    at: list[float] = field(default_factory=list)
    seconds: float = 0.0
    strange: bytes = b""

    def count(self) -> Counter[int]:
        return Counter(self.statuses)

    def until_last(self, status: int) -> float:
        """Seconds from the start until the last answer of that status."""
        return max((at for at, got in zip(self.at, self.statuses, strict=True) if got == status), default=0.0)

    def milliseconds(self, share: float) -> float:
        """So long at most took that share of the answers."""
        ordered = sorted(self.took)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000 if ordered else 0.0


class Line(asyncio.Protocol):
    """One connection. When its answer is there it sends the next request of all; without one it hangs up."""

    def __init__(self, requests: Iterator[bytes], answers: Answers, begun: float, ended: asyncio.Future):
        self.requests, self.answers, self.begun, self.ended = requests, answers, begun, ended
        self.received, self.sent_at = bytearray(), 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.send()

    def send(self) -> None:
        request = next(self.requests, None)
        if request is None:
            self.transport.close()
            return
        self.sent_at = time.perf_counter()
        self.transport.write(request)  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        self.received += data
        head = self.received.find(b"\r\n\r\n")
        if head < 0:
            return
        at = self.received.lower().find(b"content-length:", 0, head)
        length = int(self.received[at + 15 : self.received.find(b"\r", at)]) if at > 0 else 0
        if len(self.received) >= head + 4 + length:
            self.note(int(self.received[9:12]))
            self.received.clear()
            self.send()

    def note(self, status: int) -> None:
        now = time.perf_counter()
        self.answers.statuses.append(status)
        self.answers.took.append(now - self.sent_at)
        self.answers.at.append(now - self.begun)
        if status not in (200, 201, 302, 422):
            self.answers.strange = bytes(self.received[:4000])

    def connection_lost(self, error: Exception | None) -> None:
        if not self.ended.done():
            self.ended.set_result(None)


async def ask_all(port: int, requests: Sequence[bytes], connections: int) -> Answers:
    loop, waiting, answers = asyncio.get_running_loop(), iter(requests), Answers()
    begun, ends = time.perf_counter(), []
    for _line in range(min(connections, len(requests))):
        ended = loop.create_future()
        ends.append(ended)
        await loop.create_connection(
            lambda ended=ended: Line(waiting, answers, begun, ended), "127.0.0.1", port
        )
    await asyncio.gather(*ends)
    answers.seconds = time.perf_counter() - begun
    return answers


def rush(port: int, requests: Sequence[bytes], connections: int = 64) -> Answers:
    """Sends every request once; RuntimeError where an answer is missing."""
    answers = asyncio.run(ask_all(port, requests, connections))
    if len(answers.statuses) != len(requests):
        raise RuntimeError(f"{len(requests) - len(answers.statuses)} of {len(requests)} got no answer")
    return answers
