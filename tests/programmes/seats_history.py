"""What processes say they did to seats, and whether it can have been so.

Each process writes a line before and a line after every deed into a file of its own, past all buffers. A deed without its
second line is unknown: its process was killed meanwhile, so that it happened or did not.
"""

import json
import os
import random
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import Any

# What a sign-up can be; of an offer also whether its time is over, of a seat whether somebody came.
ABSENT, WAITING, OFFERED, OVER, CONFIRMED, ARRIVED, CANCELLED, LAPSED = (
    "absent", "waiting", "offered", "over", "confirmed", "arrived", "cancelled", "lapsed",
)  # fmt: skip
ALIVE = [WAITING, OFFERED, OVER, CONFIRMED, ARRIVED]
EVER = [*ALIVE, CANCELLED, LAPSED]
NO = "no"
# So many names has a chain.
CHAIN = 3


def steps(answer: str, after: str, *states: str) -> dict[str, list[tuple[str, str]]]:
    return {state: [(answer, after)] for state in states}


def unchanged(answer: str, states: Iterable[str] = EVER) -> dict[str, list[tuple[str, str]]]:
    return {state: [(answer, state)] for state in states}


ENTER = {ABSENT: [(CONFIRMED, CONFIRMED), (WAITING, WAITING)]}
# For every deed and every state of the sign-up: what it may answer, and what the sign-up is then.
MAY = {
    "sign_up": ENTER,
    "sign_up_by_desk": ENTER,
    "name_in_block": ENTER,
    "enter_chain": {ABSENT: [(str(CHAIN), CONFIRMED), (str(CHAIN), WAITING)]},
    "accept_offer": unchanged(NO)
    | unchanged("None", [CONFIRMED, ARRIVED])
    | steps("None", CONFIRMED, OFFERED),
    "let_time_pass": unchanged("False") | steps("True", OVER, OFFERED),
    "lapse_offer": unchanged("False") | steps("True", LAPSED, OVER),
    "cancel_sign_up": unchanged("False") | steps("True", CANCELLED, *ALIVE),
    "check_in": unchanged(NO)
    | steps("True", ARRIVED, CONFIRMED, OFFERED, OVER)
    | unchanged("False", [ARRIVED]),
    "take_back": unchanged("False") | steps("True", CONFIRMED, ARRIVED),
}


@dataclass(frozen=True)
class Deed:
    """One deed as its process told it. `row` is the sign-up it was done to; who enters is found by `number` instead.

    `result`: ok, fail or unknown; `asked` and `answer` are what it was given and what it returned.
    """

    number: str
    kind: str
    session: str
    row: str
    asked: Any
    begun: int
    ended: float = inf
    result: str = "unknown"
    answer: str = ""

    @property
    def enters(self) -> bool:
        return ABSENT in MAY.get(self.kind, {})

    @property
    def said(self) -> str:
        return NO if self.result == "fail" else self.answer


class History:
    """The file of one process. `ticks` is shared: it grows by a byte for every deed that was answered."""

    def __init__(self, folder: Path):
        name = folder / f"history-{secrets.token_hex(8)}"
        self.lines = os.open(name, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        self.ticks = os.open(folder / "ticks", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def write(self, **words: Any) -> None:
        os.write(self.lines, (json.dumps(words | {"at": time.monotonic_ns()}) + "\n").encode())

    def tell(self, number: str, about: dict[str, Any], act: Callable[[], tuple[str, Any]]) -> None:
        """Notes that the deed begins, does it, and notes what `act` found: (result, answer).

        The answer is on its way for a moment: whoever is killed then has done it, and nobody was told.
        """
        self.write(number=number, **about)
        result, answer = act()
        time.sleep(random.uniform(0, 0.015))
        self.write(number=number, result=result, answer=str(answer))
        os.write(self.ticks, b".")


def read(folder: Path) -> list[Deed]:
    """All deeds of all processes."""
    return [deed for path in sorted(folder.glob("history-*")) for deed in read_one(path)]


def read_one(path: Path) -> Iterator[Deed]:
    """Whole lines only: who was killed within a line had not begun the deed, or not answered it."""
    deeds: dict[str, Deed] = {}
    for line in path.read_text().split("\n")[:-1]:
        words = json.loads(line)
        number, at = words["number"], words.pop("at")
        if "result" in words:
            ended = inf if words["result"] == "unknown" else at
            deeds[number] = Deed(**vars(deeds[number]) | words | {"ended": ended})
        else:
            deeds[number] = Deed(**words, begun=at)
    yield from deeds.values()


def is_explained(deeds: list[Deed], state: str) -> bool:
    """Whether there is an order of the deeds on one sign-up in which each answers what it did, and `state` comes out.

    A deed that ended before another began comes first; an unknown one may come at any time, or never. A waiting sign-up
    may be offered a seat at any time, by anybody's deed.
    """
    answered = sum(1 << place for place, deed in enumerate(deeds) if deed.result != "unknown")
    seen, ahead = set(), [(0, ABSENT)]
    while ahead:
        here = done, now = ahead.pop()
        if here in seen:
            continue
        seen.add(here)
        if done & answered == answered and now == state:
            return True
        if now == WAITING:
            ahead.append((done, OFFERED))
        ahead += following(deeds, done, now)
    return False


def following(deeds: list[Deed], done: int, state: str) -> Iterator[tuple[int, str]]:
    left = [(place, deed) for place, deed in enumerate(deeds) if not done >> place & 1]
    first_end = min((deed.ended for _place, deed in left), default=inf)
    for place, deed in left:
        if deed.begun > first_end:
            continue
        for answer, after in MAY[deed.kind].get(state, []):
            if deed.result == "unknown" or deed.said == answer:
                yield done | 1 << place, after
