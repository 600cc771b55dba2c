"""What a fair lottery costs, against sortition-algorithms on the same pools: `./linli bench sortition`.

Pools of the field (they lie beside the repository), both sides in turn, each in a process and an environment of its own
and on one thread; reading not counted. First what is found: smallest chances, and where sorted chances part first.
"chances" is ours without panels (for leximin a bound on any lottery, which the panels then prove), "lottery" with
panels and proof. The peer always makes panels. A ratio above 1 is ahead of the peer.
"""

import argparse
import json
from pathlib import Path
from typing import Any

from benchmarks.panels.peer import CCA, DATA, FIXTURE, OBF, SFE, VERSION, Field, ours, theirs
from benchmarks.peers import environment

# The peer's bounds of optimality; below that its answer is not told apart from ours.
SAME = 5e-4
BESIDE = [(FIXTURE, "leximin"), (FIXTURE, "maximin"), (FIXTURE, "nash"), (OBF, "maximin")]
ALONE = [(OBF, "leximin"), (CCA, "leximin"), (SFE, "leximin")]


class Report:
    """Ratios and figures for the last line."""

    def __init__(self) -> None:
        self.ratios: dict[str, float] = {}
        self.figures: dict[str, float] = {}

    def take(self, key: str, mine: dict[str, Any]) -> None:
        for name in ("chances_cpu", "cpu", "wall", "sheet_cpu", "memory", "panels", "farthest"):
            self.figures[f"{key}_{name}"] = float(f"{mine[name]:.3g}")
        self.figures[f"{key}_smallest"] = float(f"{mine['chances'][0]:.9g}")
        self.figures[f"{key}_certified"] = float(mine["certified"])

    def compare(self, key: str, mine: dict[str, Any], other: dict[str, Any]) -> None:
        self.ratios[f"{key}_chances_cpu"] = round(other["cpu"] / mine["chances_cpu"], 1)
        for name in ("cpu", "wall", "memory"):
            self.ratios[f"{key}_{name}"] = round(other[name] / mine[name], 1)
            self.figures[f"{key}_peer_{name}"] = float(f"{other[name]:.3g}")
        self.figures[f"{key}_peer_smallest"] = float(f"{other['chances'][0]:.9g}")


def tell(mine: dict[str, Any]) -> None:
    proof = "certified" if mine["certified"] else f"not certified, gap {mine['gap']}"
    print(
        f"  ours  chances {mine['chances_cpu']:.3f} s CPU; lottery {mine['cpu']:.2f} s CPU {mine['wall']:.2f} s wall "
        f"{mine['memory']:.0f} MB, {mine['panels']} panels, {proof}; sheet {mine['sheet_cpu']:.2f} s; "
        f"smallest {mine['chances'][0]:.6f}",
        flush=True,
    )


def measure(field: Field, rule: str, python: Path | None, limit: float, report: Report) -> None:
    key = f"{field.name}_{rule}"
    print(f"{field.name}, {rule}:", flush=True)
    mine = ours(field, rule, limit)
    if mine is None:
        raise RuntimeError(f"{key}: ours did not end")
    tell(mine)
    report.take(key, mine)
    other = theirs(python, field, rule, limit) if python else None
    if other is None:
        return
    print(
        f"  peer  lottery {other['cpu']:.2f} s CPU {other['wall']:.2f} s wall {other['memory']:.0f} MB; "
        f"smallest {other['chances'][0]:.6f}"
    )
    report.compare(key, mine, other)
    least_apart = mine["chances"][0] - other["chances"][0]
    print(
        f"  ahead {other['cpu'] / mine['chances_cpu']:.0f} × (chances), {other['cpu'] / mine['cpu']:.1f} × with panels",
        flush=True,
    )
    if rule != "nash" and least_apart < -SAME:
        raise RuntimeError(f"{key}: the peer's smallest chance is larger by {-least_apart}")


def across(report: Report) -> None:
    """Leximin asks for more than maximin; ours with panels and proof against the peer's maximin on the same pool."""
    theirs_cpu = report.figures.get("obf_like_maximin_peer_cpu")
    if theirs_cpu is not None:
        ahead = round(theirs_cpu / report.figures["obf_like_leximin_cpu"], 1)
        report.ratios["obf_like_leximin_over_peer_maximin_cpu"] = ahead
        print(f"obf_like: our leximin with panels {ahead:.0f} × ahead of the peer's maximin")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--limit", type=float, default=600, help="seconds each side has for one pool (600)")
    parser.add_argument("--without-peer", action="store_true")
    options, report = parser.parse_args(), Report()
    if not DATA.exists():
        print(f"needs the pools of the field in {DATA}")
    else:
        python = None if options.without_peer else environment("sortition-algorithms", VERSION)
        print(f"against sortition-algorithms {VERSION}, one thread each", flush=True)
        for field, rule in BESIDE:
            measure(field, rule, python, options.limit, report)
        for field, rule in ALONE:
            measure(field, rule, None, options.limit, report)
        across(report)
    print(json.dumps({"bench": "sortition", "ratios": report.ratios, "figures": report.figures}))


if __name__ == "__main__":
    main()
