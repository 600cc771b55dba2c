"""Our side in a process of its own: `python -m benchmarks.budgets.ours JOB.json`, its answer in the last line."""

import json
import re
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from linli.methods.budgeting import kernels
from linli.methods.budgeting.completion import complete
from linli.methods.budgeting.equal_shares import equal_shares
from linli.methods.budgeting.outcome import Outcome
from linli.methods.budgeting.pabulib import BudgetFile, read_pb
from linli.methods.budgeting.phragmen import phragmen
from linli.methods.budgeting.recipe import tie_order

Rule = Callable[[BudgetFile, list[int]], Outcome]
RULES: dict[str, Rule] = {
    "equal_shares": lambda file, order: equal_shares(file.election, "cost", order),
    "cardinality": lambda file, order: equal_shares(file.election, "cardinality", order),
    "phragmen": lambda file, order: phragmen(file.election, order),
    "add1": lambda file, order: complete(file.election, "add1", "cost", order, file.per_unit),
}


def peak_memory() -> float:
    """Megabytes that this process needed at most."""
    return int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) / 1000


def prepared(path: str, rule: str, reading: bool) -> Callable[[], list[str]]:
    """What is measured. Nothing that an election remembers of the last time is used."""
    once = None if reading else read_pb(Path(path).read_bytes())

    def decide() -> list[str]:
        file = once or read_pb(Path(path).read_bytes())
        file = replace(file, election=replace(file.election))
        found = RULES[rule](file, tie_order(file, "name"))
        return [file.project_ids[at] for at in found.funded]

    return decide


def main(path: str) -> None:
    job: dict[str, Any] = json.loads(Path(path).read_text("utf-8"))
    if job["rule"] == "add1":
        kernels.load()
    tasks = [prepared(path, job["rule"], job["reading"]) for path in job["paths"]]
    selected = [task() for task in tasks]
    times, begun_all = [], time.perf_counter()
    while time.perf_counter() - begun_all < (
        job["seconds"] if len(times) < job["repeats"] else job["at_least"]
    ):
        begun, cpu = time.perf_counter(), time.process_time()
        for task in tasks:
            task()
        times.append((time.perf_counter() - begun, time.process_time() - cpu))
    wall, spent = zip(*times, strict=True)
    print(json.dumps({"wall": wall, "cpu": spent, "memory": peak_memory(), "selected": selected}))


if __name__ == "__main__":
    main(sys.argv[1])
