"""sortition-algorithms in an environment of its own, and each side's work in processes of their own."""

import json
import os
import resource
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.peers import ONE_THREAD
from benchmarks.server import ROOT

VERSION = "0.12.15"
DATA = ROOT.parent / "shared" / "data" / "sortition"


@dataclass(frozen=True)
class Field:
    """A pool of the field: its files, the column of its ids, the size of the panel."""

    name: str
    people: str
    quotas: str
    ids: str
    size: int


FIXTURE = Field("fixture", "sortition-algorithms/candidates.csv", "sortition-algorithms/features.csv", "nationbuilder_id", 22)  # fmt: skip
OBF, CCA, SFE = (
    Field(f"{name}_like", f"synth_{name}_like/people.csv", f"synth_{name}_like/features.csv", "id", size)
    for name, size in (("obf", 30), ("cca", 75), ("sfe", 110))
)


def ours(field: Field, rule: str, limit: float) -> dict[str, Any] | None:
    path = {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    return work([sys.executable, "-m", "benchmarks.panels.ours"], path, field, rule, limit)


def theirs(python: Path, field: Field, rule: str, limit: float) -> dict[str, Any] | None:
    script = ROOT / "benchmarks" / "panels" / "peer_lottery.py"
    return work([str(python), str(script)], {"PYTHONPATH": ""}, field, rule, limit)


def children_cpu() -> float:
    """Seconds of CPU that ended processes of this one have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def work(
    words: list[str], path: dict[str, str], field: Field, rule: str, limit: float
) -> dict[str, Any] | None:
    """What it took and found; None where it did not end in time or cannot do it."""
    with tempfile.TemporaryDirectory() as folder:
        into = Path(folder) / "answer.json"
        given = [DATA / field.people, DATA / field.quotas, field.ids, field.size, rule, into]
        before = children_cpu()
        try:
            subprocess.run(
                [*words, *map(str, given)],
                env={**os.environ, **ONE_THREAD, **path},
                timeout=limit,
                check=True,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
            )
        except subprocess.TimeoutExpired:
            spent = children_cpu() - before
            print(f"    not within {limit:.0f} s; {spent:.0f} s CPU until then", flush=True)
            return None
        except subprocess.CalledProcessError as wrong:
            print(f"    {wrong.stderr.strip().splitlines()[-1]}", flush=True)
            return None
        found: dict[str, Any] = json.loads(into.read_text())
        return found
