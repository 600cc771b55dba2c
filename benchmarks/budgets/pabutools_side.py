"""pabutools in its own environment: `python pabutools_side.py JOB.json`, its answer in the last line. Imports nothing of ours.

It counts in exact fractions, as ours decides, with each distinct ballot once, which it is quicker with.
"""

import json
import re
import sys
import time
from pathlib import Path


def peak_memory() -> float:
    """Megabytes that this process needed at most."""
    return int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) / 1000


def decide(rule: str, instance, profile) -> list[str]:
    from pabutools.election import Cardinality_Sat, Cost_Sat
    from pabutools.rules import method_of_equal_shares, sequential_phragmen

    if rule == "phragmen":
        found = sequential_phragmen(instance, profile)
    elif rule == "add1":
        found = method_of_equal_shares(instance, profile, sat_class=Cost_Sat, voter_budget_increment=1)
    else:
        worth = Cardinality_Sat if rule == "cardinality" else Cost_Sat
        found = method_of_equal_shares(instance, profile, sat_class=worth)
    return [project.name for project in found]


def read(path: str):
    from pabutools.election import parse_pabulib

    instance, profile = parse_pabulib(path)
    return instance, profile.as_multiprofile()


def main(path: str) -> None:
    job = json.loads(Path(path).read_text("utf-8"))
    # Loading its modules is not counted.
    held = {path: read(path) for path in (job["paths"][:1] if job["reading"] else job["paths"])}
    held = {} if job["reading"] else held
    times, begun_all = [], time.perf_counter()
    while time.perf_counter() - begun_all < (
        job["seconds"] if len(times) < job["repeats"] else job["at_least"]
    ):
        begun, cpu = time.perf_counter(), time.process_time()
        selected = [decide(job["rule"], *(held.get(path) or read(path))) for path in job["paths"]]
        times.append((time.perf_counter() - begun, time.process_time() - cpu))
    wall, spent = zip(*times, strict=True)
    print(json.dumps({"wall": wall, "cpu": spent, "memory": peak_memory(), "selected": selected}))


if __name__ == "__main__":
    main(sys.argv[1])
