"""No seat sold twice, and none empty while somebody waits for it, for longer than a test: `./linli bench soak`.

The trial of the tests with ten times as many operations, on both databases: eight processes sign up, cancel, accept, let
offers lapse and change the number of seats, and are killed at random and replaced. Then what every process said it did is
held against every row and every fact. There is no peer here, so there are no ratios; it fails when anything is found.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.server import ROOT, database, manage

SEED, SESSIONS = 20261122, 4
TOLD = ["findings", "operations", "answered", "unknown", "unknown_but_done", "kills", "rows", "seconds"]


def soak(kind: str, operations: int, folder: Path) -> dict[str, Any]:
    """All figures of the trial on a database of its own."""
    with database(kind) as (address, _pid):
        environment = os.environ | {
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "DJANGO_SETTINGS_MODULE": "linli.settings",
            "LINLI_DATA": str(folder),
            "LINLI_DATABASE_URL": address,
            "LINLI_TRIAL_FOLDER": str(folder),
        }
        manage(environment, "migrate", "-v0")
        numbers = [str(number) for number in (operations, SEED, SESSIONS)]
        command = [sys.executable, "-m", "tests.programmes.seats_trial", *numbers]
        done = subprocess.run(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, check=True)
        return json.loads(done.stdout)


def tell(kind: str, figures: dict[str, Any]) -> dict[str, Any]:
    """Prints what was done and found; returns what the last line says of it."""
    told = {name: figures[name] for name in TOLD} | {"sent_away": len(figures["sent_away"])}
    print(f"  {kind:8} " + ", ".join(f"{name} {figure}" for name, figure in told.items()), flush=True)
    print(
        "           " + ", ".join(f"{name} {count}" for name, count in figures["by_kind"].items()), flush=True
    )
    for example in figures["examples"]:
        print(f"  found    {example}", flush=True)
    return told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", choices=["sqlite", "postgres"])
    parser.add_argument("--operations", type=int, default=20_000)
    asked = parser.parse_args()
    figures: dict[str, Any] = {}
    for kind in [asked.only] if asked.only else ["sqlite", "postgres"]:
        with tempfile.TemporaryDirectory(prefix="linli-soak-") as folder:
            figures[kind] = tell(kind, soak(kind, asked.operations, Path(folder)))
    print(json.dumps({"bench": "soak", "ratios": {}, "figures": figures}))
    if any(each["findings"] for each in figures.values()):
        sys.exit(1)


if __name__ == "__main__":
    main()
