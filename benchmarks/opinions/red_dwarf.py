"""One map of red-dwarf, in its own environment: `python red_dwarf.py ROOM.npz ANSWER.npz REPEATS`. Imports nothing of ours.

Its table is built from a list of dictionaries; what that takes is measured by itself and taken off.
"""

import json
import re
import sys
import time
import warnings
from pathlib import Path

import numpy as np

warnings.filterwarnings("ignore")

EXACT_UP_TO = 300_000
STATISTICS = ("na", "nd", "ns", "pa", "pd", "pat", "pdt", "ra", "rd", "rat", "rdt")


def as_dictionaries(held: dict) -> list[dict]:
    """The last vote of each participant on each statement: of two on the same it makes no table."""
    columns = (held[name].tolist() for name in ("participants", "statements", "values"))
    last = {(who, what): vote for who, what, vote in zip(*columns, strict=True)}
    return [
        {"participant_id": who, "statement_id": what, "vote": vote, "modified": at}
        for at, ((who, what), vote) in enumerate(last.items())
    ]


def statistics(found, statements: int) -> dict:
    """Groups × statements of each of its statistics, NaN where it has none."""
    frame = found.group_comment_stats
    groups = sorted(set(frame.index.get_level_values(0)))
    tables = {}
    for name in STATISTICS:
        table = np.full((len(groups), statements), np.nan)
        for place, group in enumerate(groups):
            own = frame.xs(group)
            table[place, own.index.to_numpy(dtype=int)] = own[name].to_numpy(dtype=float)
        tables[name] = table
    return tables


def peak_memory() -> float:
    """Megabytes that this process needed at most. What the system counts for children includes the parent's."""
    return int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) / 1000


def main(path: str, answer: str, repeats: int) -> None:
    from reddwarf.implementations.polis import run_pipeline
    from reddwarf.utils.matrix import generate_raw_matrix

    with np.load(path) as held:
        votes, statements = as_dictionaries(held), int(held["shape"][1])
        asked = {
            "votes": votes,
            "random_state": 1,
            "mod_out_statement_ids": np.flatnonzero(held["out"]).tolist(),
        }
    times = []
    for _again in range(repeats):
        begun, cpu = time.perf_counter(), time.process_time()
        found = run_pipeline(**asked)
        whole = time.perf_counter() - begun, time.process_time() - cpu
        begun, cpu = time.perf_counter(), time.process_time()
        generate_raw_matrix(votes=votes)
        table = time.perf_counter() - begun, time.process_time() - cpu
        times.append((whole[0] - table[0], whole[1] - table[1], table[1]))
    memory = peak_memory()
    # By default its components are drawn by chance where there are many statements; to compare they must be exact.
    if len(votes) < EXACT_UP_TO:
        found = run_pipeline(**asked, reducer_kwargs={"svd_solver": "full"})
    columns = found.filtered_vote_matrix.columns.to_numpy(dtype=int)
    people = found.participants_df
    consensus = found.statements_df["group-aware-consensus-agree"]
    np.savez(
        answer,
        axes=found.reducer.components_,
        columns=columns,
        people=people.index.to_numpy(dtype=int),
        places=people[["x", "y"]].to_numpy(),
        labels=people["cluster_id"].fillna(-1).to_numpy(dtype=int),
        ground_columns=consensus.index.to_numpy(dtype=int),
        ground=consensus.to_numpy(dtype=float),
        **statistics(found, statements),
    )
    wall, spent, table = (sorted(column)[len(column) // 2] for column in zip(*times, strict=True))
    print(json.dumps({"wall": wall, "cpu": spent, "memory": memory, "table_cpu": table}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
