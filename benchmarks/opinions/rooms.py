"""The rooms that are measured: the conversations of the field where they lie beside the repository, and made ones."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from linli.methods.opinion.files import read_statements, read_votes
from linli.methods.opinion.recipe import ruled_by

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "polis"


@dataclass(frozen=True)
class Room:
    """Single votes in the order in which they were cast. `out`: statements that moderators rejected."""

    name: str
    participants: np.ndarray
    statements: np.ndarray
    values: np.ndarray
    n_participants: int
    n_statements: int
    out: np.ndarray
    groups: np.ndarray | None = None

    def save(self, path: Path) -> None:
        np.savez(
            path,
            participants=self.participants,
            statements=self.statements,
            values=self.values,
            out=self.out,
            shape=np.array([self.n_participants, self.n_statements]),
        )


def load(path: str) -> Room:
    with np.load(path) as held:
        columns = (held[name] for name in ("participants", "statements", "values"))
        return Room(Path(path).stem, *columns, *held["shape"].tolist(), held["out"])


def real_rooms() -> list[Room]:
    found = []
    for path in sorted(SHARED.glob("*/participants-votes.csv")):
        file = read_votes(path.read_bytes())
        votes, about = file.votes, read_statements((path.parent / "comments.csv").read_bytes())
        found.append(
            Room(
                path.parent.name,
                votes.participants,
                votes.statements,
                votes.values,
                votes.n_participants,
                votes.n_statements,
                ruled_by(about, file.statement_ids, "open").out,
                file.groups,
            )
        )
    return found


def made_room(people: int, statements: int, share: float = 0.05, camps: int = 3) -> Room:
    """As many votes as `share` of all, in any order, a few of them twice; whoever votes leans as their camp does."""
    rng = np.random.default_rng([people, statements])
    number = int(people * statements * share)
    whose = rng.integers(people, size=number, dtype=np.int32)
    what = rng.integers(statements, size=number, dtype=np.int32)
    leaning = rng.normal(0, 1.2, (camps, statements))[rng.integers(camps, size=people)[whose], what]
    leaning += rng.normal(size=number)
    cast = np.where(leaning > 0.4, 1, np.where(leaning < -0.6, -1, 0)).astype(np.int8)
    return Room(
        f"made {people} x {statements}",
        whose,
        what,
        cast,
        people,
        statements,
        np.zeros(statements, dtype=bool),
    )
