"""Ours on one pool, in a process of its own. Words: as those of the peer. Reading is not counted."""

import json
import re
import sys
import time
from pathlib import Path

from linli.methods.sortition.feasibility import rows_of_panel
from linli.methods.sortition.files import read_people, read_quotas
from linli.methods.sortition.kinds import gather_kinds
from linli.methods.sortition.lottery import find_lottery
from linli.methods.sortition.numbered import number_panels
from linli.methods.sortition.probabilities import Rule, find_means


def peak_memory() -> float:
    """Megabytes that this process needed at most. What the system counts for children includes the parent's."""
    return int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) / 1000


def main(people_file: str, quotas_file: str, ids: str, size: str, rule: str, into: str) -> None:
    import highspy

    highspy.Highs()
    quotas = read_quotas(Path(quotas_file).read_bytes())
    people = read_people(Path(people_file).read_bytes(), quotas, ids)
    begun, used = time.perf_counter(), time.process_time()
    kinds = gather_kinds(people.pool)
    find_means(Rule(rule), kinds, rows_of_panel(kinds, quotas.quotas, int(size)))
    told: dict[str, object] = {"chances_cpu": time.process_time() - used, "kinds": len(kinds)}
    told["chances_wall"] = time.perf_counter() - begun
    begun, used = time.perf_counter(), time.process_time()
    found = find_lottery(people.pool, quotas.quotas, int(size), Rule(rule))
    told |= {"wall": time.perf_counter() - begun, "cpu": time.process_time() - used}
    used = time.process_time()
    sheet = number_panels(people.pool, found)
    told |= {"sheet_cpu": time.process_time() - used, "farthest": sheet.farthest, "panels": len(found.panels)}
    told |= {"certified": found.certified, "gap": found.gap, "chances": sorted(found.probabilities.tolist())}
    told["memory"] = peak_memory()
    Path(into).write_text(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
