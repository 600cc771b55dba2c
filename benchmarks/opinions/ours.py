"""One map of ours in a process of its own: `python -m benchmarks.opinions.ours ROOM.npz ANSWER.npz REPEATS`."""

import json
import re
import sys
import time
from pathlib import Path

import numpy as np

from benchmarks.opinions.rooms import load
from linli.methods.opinion import kernels
from linli.methods.opinion.moderation import moderate
from linli.methods.opinion.opinion_map import draw_map
from linli.methods.opinion.votes import gather


def peak_memory() -> float:
    """Megabytes that this process needed at most. What the system counts for children includes the parent's."""
    return int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) / 1000


def main(path: str, answer: str, repeats: int) -> None:
    room = load(path)
    columns = room.participants, room.statements, room.values
    kernels.load()
    size = room.n_participants, room.n_statements
    ruled = moderate(-room.out.astype(int))
    draw_map(gather(*(column[:2000] for column in columns), *size), ruled)
    times = []
    for _again in range(repeats):
        begun, cpu = time.perf_counter(), time.process_time()
        votes = gather(*columns, *size)
        found = draw_map(votes, ruled)
        times.append((time.perf_counter() - begun, time.process_time() - cpu))
    memory = peak_memory()
    np.savez(
        answer,
        axes=found.components.axes,
        centre=found.components.centre,
        places=found.places,
        inside=found.inside,
        labels=found.groups.labels,
    )
    wall, spent = (sorted(column)[len(column) // 2] for column in zip(*times, strict=True))
    print(json.dumps({"wall": wall, "cpu": spent, "memory": memory, "votes": len(votes)}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
