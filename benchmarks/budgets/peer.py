"""pabutools in an environment of its own, and each side's elections in processes of their own."""

import json
import os
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.peers import ONE_THREAD
from benchmarks.server import ROOT

VERSION = "1.2.3"


@dataclass(frozen=True)
class Decided:
    """What it took, each time (seconds), the most memory of the process (megabytes), and what was funded."""

    wall: list[float]
    cpu: list[float]
    memory: float
    selected: list[list[str]]

    @property
    def half(self) -> float:
        """The median CPU time."""
        return statistics.median(self.cpu)

    @property
    def half_wall(self) -> float:
        return statistics.median(self.wall)

    @property
    def line(self) -> str:
        spread = f"({min(self.cpu) * 1000:.2f} to {max(self.cpu) * 1000:.2f}, {len(self.cpu)} times)"
        return f"{self.half * 1000:11.2f} ms CPU {spread} {self.half_wall * 1000:11.2f} ms wall {self.memory:6.0f} MB"


def ours(job: dict[str, Any], folder: Path) -> Decided:
    words = [sys.executable, "-m", "benchmarks.budgets.ours"]
    found = decide(words, {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}, job, folder, 600)
    if found is None:
        raise RuntimeError(f"ours did not end: {job}")
    return found


def theirs(python: Path, job: dict[str, Any], folder: Path, limit: float) -> Decided | None:
    words = [str(python), str(ROOT / "benchmarks" / "budgets" / "pabutools_side.py")]
    return decide(words, {"PYTHONPATH": ""}, job, folder, limit)


def decide(
    words: list[str], path: dict[str, str], job: dict[str, Any], folder: Path, limit: float
) -> Decided | None:
    """None if it did not end in time or in memory."""
    held = folder / "job.json"
    held.write_text(json.dumps(job), "utf-8")
    variables = os.environ | ONE_THREAD | path
    try:
        done = subprocess.run(
            [*words, str(held)], env=variables, check=True, stdout=subprocess.PIPE, text=True, timeout=limit
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        return None
    return Decided(**json.loads(done.stdout.splitlines()[-1]))
