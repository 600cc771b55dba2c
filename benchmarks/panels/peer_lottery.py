"""The peer on one pool: run by the Python of its own environment, knows nothing of Linli.

Words: people.csv, quotas.csv, column of ids, size, rule, file for the answer. Reading is not counted.
"""

import json
import re
import sys
import time
from pathlib import Path

from sortition_algorithms import CSVFileDataSource, SelectionData, Settings, committee_generation

RULES = {
    "maximin": committee_generation.find_distribution_maximin,
    "nash": committee_generation.find_distribution_nash,
    "leximin": committee_generation.find_distribution_leximin,
}


def peak_memory() -> float:
    """Megabytes that this process needed at most. What the system counts for children includes the parent's."""
    return int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) / 1000


def main(people_file: str, quotas_file: str, ids: str, size: str, rule: str, into: str) -> None:
    nowhere = Path(into).with_suffix(".unused")
    source = CSVFileDataSource(
        features_file=Path(quotas_file),
        people_file=Path(people_file),
        already_selected_file=None,
        selected_file=nowhere,
        remaining_file=nowhere,
    )
    data = SelectionData(source)
    features, _report = data.load_features()
    people, _report = data.load_people(Settings(id_column=ids, columns_to_keep=[]), features)
    begun, used = time.perf_counter(), time.process_time()
    panels, chances, _report = RULES[rule](features, people, int(size), [], "highspy")
    spent = {"wall": time.perf_counter() - begun, "cpu": time.process_time() - used}
    each = dict.fromkeys(people, 0.0)
    for panel, chance in zip(panels, chances, strict=True):
        for person in panel:
            each[person] += chance
    memory = peak_memory()
    Path(into).write_text(json.dumps({**spent, "memory": memory, "chances": sorted(each.values())}))


if __name__ == "__main__":
    main(*sys.argv[1:])
