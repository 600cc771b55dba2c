"""red-dwarf in an environment of its own, and each side's maps in processes of their own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.opinions.rooms import Room
from benchmarks.peers import ONE_THREAD
from benchmarks.server import ROOT

VERSION = "0.4.0"


@dataclass
class Drawn:
    """What one map took (seconds, megabytes), and what it says. None if it did not end in time or in memory."""

    wall: float
    cpu: float
    memory: float
    answer: dict[str, np.ndarray]


def ours(room: Room, folder: Path, repeats: int) -> Drawn | None:
    words = [sys.executable, "-m", "benchmarks.opinions.ours"]
    path = {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    return draw(words, path, room, folder, repeats, 600)


def theirs(python: Path, room: Room, folder: Path, repeats: int, limit: float) -> Drawn | None:
    words = [str(python), str(ROOT / "benchmarks" / "opinions" / "red_dwarf.py")]
    return draw(words, {"PYTHONPATH": ""}, room, folder, repeats, limit)


def draw(
    words: list[str], path: dict[str, str], room: Room, folder: Path, repeats: int, limit: float
) -> Drawn | None:
    held, answer = folder / "room.npz", folder / "answer.npz"
    room.save(held)
    line = [*words, str(held), str(answer), str(repeats)]
    variables = os.environ | ONE_THREAD | path
    try:
        done = subprocess.run(
            line, env=variables, check=True, stdout=subprocess.PIPE, text=True, timeout=limit
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        return None
    took = json.loads(done.stdout.splitlines()[-1])
    with np.load(answer) as found:
        return Drawn(took["wall"], took["cpu"], took["memory"], dict(found))
