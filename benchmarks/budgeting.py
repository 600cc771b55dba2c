"""What deciding a shared budget costs, against pabutools on the same elections: `./linli bench budgeting`.

First a hundred small elections by chance, on which both must fund the same. Then elections of the field where they lie
beside the repository, both sides in turn, each in a process and an environment of its own and on one thread: equal shares
and Phragmén on those with most voters, the ballots already read; the same from the file on; a little more for everybody,
step by step, where cities really did so; and whether a group was passed over on every file, which the peer takes too
long for. What both decide must be the same wherever it is measured. A ratio above 1 is ahead of the peer.
"""

import argparse
import json
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.budgets.elections import LARGEST, LONG, REALLY_STEPPED, by_chance, of_the_field
from benchmarks.budgets.peer import VERSION, Decided, ours, theirs
from benchmarks.peers import environment
from linli.methods.budgeting.equal_shares import equal_shares
from linli.methods.budgeting.pabulib import read_pb
from linli.methods.budgeting.proportionality import find_passed_over

BY_CHANCE = 100
TITLES = {
    "equal_shares": "equal shares",
    "cardinality": "equal shares, every project worth the same",
    "phragmen": "Phragmén",
    "add1": "equal shares, a little more for everybody",
}


class Bench:
    """Both sides on one thing after the other; ratios and figures for the last line."""

    def __init__(self, python: Path | None, folder: Path, limit: float) -> None:
        self.python, self.folder, self.limit = python, folder, limit
        self.ratios: dict[str, float] = {}
        self.figures: dict[str, float] = {}

    def ratio(self, name: str, value: float) -> None:
        self.ratios[name] = round(value, 1)

    def figure(self, name: str, value: float) -> None:
        self.figures[name] = float(f"{value:.3g}")

    def hold(self, name: str, rule: str, paths: list[Path], reading: bool = False) -> None:
        """Measures both, prints it, and stops if they do not fund the same."""
        # What takes no time is measured for two seconds all the same: else one busy moment of the machine decides.
        job: dict[str, Any] = {
            "paths": [str(path) for path in paths],
            "rule": rule,
            "reading": reading,
            "at_least": 2,
        }
        mine = ours(job | {"repeats": 15, "seconds": 20}, self.folder)
        print(f"{name}, {TITLES[rule]}{', from the file on' if reading else ''}")
        print(f"  ours      {mine.line}", flush=True)
        key = "_".join(["".join(c if c.isalnum() else "_" for c in name), rule, *["file"] * reading])
        self.figure(f"{key}_ms", mine.half * 1000)
        self.figure(f"{key}_mb", mine.memory)
        if self.python is None:
            return
        other = theirs(self.python, job | {"repeats": 5, "seconds": 30}, self.folder, self.limit)
        print(f"  pabutools {other.line if other else 'not in time'}", flush=True)
        if other is not None:
            same(name, rule, mine, other)
            self.ratio(f"{key}_cpu", other.half / mine.half)
            self.ratio(f"{key}_wall", other.half_wall / mine.half_wall)
            self.ratio(f"{key}_memory", other.memory / mine.memory)
            print(f"  the same is funded; ahead {other.half / mine.half:,.0f} × in CPU", flush=True)


def same(name: str, rule: str, mine: Decided, other: Decided) -> None:
    """Equal shares also in the same order; the peer lists what the other rules fund in no order."""
    for at, (one, two) in enumerate(zip(mine.selected, other.selected, strict=True)):
        ordered = rule in ("equal_shares", "cardinality")
        if (one if ordered else sorted(one)) != (two if ordered else sorted(two)):
            raise RuntimeError(f"{name}, {rule}, election {at}: ours funds {one}, pabutools {two}")


def passed_over(bench: Bench) -> None:
    """EJR+ on the outcome of equal shares, on every file."""
    times, found = [], 0
    for path in of_the_field():
        election = read_pb(path.read_bytes()).election
        funded = equal_shares(election).funded
        begun = time.process_time()
        found += len(find_passed_over(election, funded))
        times.append((time.process_time() - begun) * 1000)
    if times:
        half, most = statistics.median(times), max(times)
        print(
            f"EJR+ on {len(times)} files: {found} groups passed over; {half:.2f} ms CPU, the longest {most:.2f} ms"
        )
        bench.figure("passed_over_median_ms", half)
        bench.figure("passed_over_most_ms", most)
        bench.figure("passed_over_found", found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--limit", type=float, default=900, help="seconds the peer has for one thing (900)")
    parser.add_argument("--without-peer", action="store_true")
    parser.add_argument("--small", action="store_true", help="only elections by chance, and add1")
    parser.add_argument("--long", action="store_true", help=f"add1 on {LONG} too: the peer takes minutes")
    options = parser.parse_args()
    python = None if options.without_peer else environment("pabutools", VERSION)
    print(f"against pabutools {VERSION}, one thread each; medians", flush=True)
    with tempfile.TemporaryDirectory() as held:
        folder = Path(held)
        bench = Bench(python, folder, options.limit)
        chance = by_chance(folder, BY_CHANCE)
        for rule in ("equal_shares", "cardinality", "phragmen"):
            bench.hold(f"{BY_CHANCE} by chance", rule, chance)
        for path in of_the_field(*REALLY_STEPPED, *[LONG] * options.long):
            bench.hold(path.stem, "add1", [path])
        if not options.small:
            for path in of_the_field(*LARGEST):
                bench.hold(path.stem, "equal_shares", [path])
                bench.hold(path.stem, "phragmen", [path])
                bench.hold(path.stem, "equal_shares", [path], reading=True)
            passed_over(bench)
    print(json.dumps({"bench": "budgeting", "ratios": bench.ratios, "figures": bench.figures}))


if __name__ == "__main__":
    main()
