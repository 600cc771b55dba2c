"""What an opinion map costs, against red-dwarf on the same votes: `./linli bench opinion`.

First every conversation of the field that lies beside the repository, both sides in turn, each in a process and an
environment of its own and on one thread: do they find the same, and what does it take. Then made rooms of growing size,
up to a million people; one vote more in a room that is still talking; and the first result of a fresh process. CPU is
that of one map, reading not counted, nor what red-dwarf takes to make its table from dictionaries. A ratio above 1 is
ahead of the peer.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from benchmarks.opinions.agreement import SAME, axes_apart, places_apart, statistics_apart
from benchmarks.opinions.peer import VERSION, Drawn, ours, theirs
from benchmarks.opinions.rooms import Room, made_room, real_rooms
from benchmarks.peers import environment
from linli.methods.opinion import kernels
from linli.methods.opinion.agreement import adjusted_rand
from linli.methods.opinion.files import write_votes
from linli.methods.opinion.state import State

MADE = [(10_000, 200), (100_000, 200), (100_000, 1_000)]
MILLION = (1_000_000, 200)
GROWTH = [(people, statements) for people in (100, 1_000, 10_000, 100_000) for statements in (50, 200, 800)]
LARGE = 5_000


class Report:
    """What was measured, printed as it comes; ratios and figures for the last line."""

    def __init__(self) -> None:
        self.ratios: dict[str, float] = {}
        self.figures: dict[str, float] = {}

    def ratio(self, name: str, value: float) -> None:
        self.ratios[name] = round(value, 1)

    def figure(self, name: str, value: float) -> None:
        self.figures[name] = float(f"{value:.3g}")


def key(room: Room) -> str:
    return "".join(letter if letter.isalnum() else "_" for letter in room.name)


def line(drawn: Drawn | None) -> str:
    if drawn is None:
        return "not in time"
    return f"{drawn.wall * 1000:10.1f} ms wall {drawn.cpu * 1000:10.1f} ms CPU {drawn.memory:7.0f} MB"


def side_by_side(room: Room, python: Path | None, folder: Path, limit: float, report: Report) -> None:
    repeats = 1 if room.n_participants > LARGE else 5
    mine = ours(room, folder, 3 if repeats == 1 else 25)
    if mine is None:
        raise RuntimeError(f"{room.name}: ours did not end")
    print(
        f"{room.name}: {room.n_participants} people, {room.n_statements} statements, {len(room.values)} votes"
    )
    print(f"  ours       {line(mine)}", flush=True)
    report.figure(f"{key(room)}_cpu_ms", mine.cpu * 1000)
    report.figure(f"{key(room)}_mb", mine.memory)
    other = theirs(python, room, folder, repeats, limit) if python else None
    if python:
        print(f"  red-dwarf  {line(other)}", flush=True)
    if other is not None:
        compare(room, mine, other, report)
    if room.groups is not None:
        both = (room.groups >= 0) & (mine.answer["labels"] >= 0)
        index = adjusted_rand(mine.answer["labels"][both], room.groups[both])
        print(f"  adjusted Rand index against the published groups, drawn from nothing: {index:.2f}")
        report.figure(f"{key(room)}_rand", index)


def compare(room: Room, mine: Drawn, other: Drawn, report: Report) -> None:
    apart = {
        "axes": axes_apart(mine.answer, other.answer),
        "places": places_apart(mine.answer, other.answer),
        "statistics": statistics_apart(room, other.answer),
    }
    told = ", ".join(f"{name} {value:.0e}" for name, value in apart.items())
    print(
        f"  apart: {told}; ahead {other.cpu / mine.cpu:.0f} × in CPU, {other.wall / mine.wall:.0f} × in time"
    )
    report.ratio(f"{key(room)}_cpu", other.cpu / mine.cpu)
    report.ratio(f"{key(room)}_wall", other.wall / mine.wall)
    report.ratio(f"{key(room)}_memory", other.memory / mine.memory)
    if (room.groups is not None and apart["axes"] > SAME) or apart["statistics"] > SAME:
        raise RuntimeError(f"{room.name}: not the same: {apart}")


def one_vote_more(report: Report) -> None:
    """A vote comes in, and components, statements, consensus and priorities are new, within the last map's groups."""
    print("one vote more, 200 statements:")
    for people in (2_000, 100_000, 1_000_000):
        room, state = made_room(people, 200), State(200)
        state.take(room.participants, room.statements, room.values)
        if people <= 100_000:
            state.draw()
        rng, times = np.random.default_rng(1), []
        for _vote in range(40):
            vote = rng.integers(people), rng.integers(200), rng.integers(-1, 2)
            begun = time.perf_counter()
            state.take(*([part] for part in vote))
            glance = state.glance()
            state.place([vote[0]], glance.components)
            times.append((time.perf_counter() - begun) * 1000)
        half, most = statistics.median(times), sorted(times)[int(len(times) * 0.95)]
        print(f"  {people:9,} people: {half:.2f} ms (95 % within {most:.2f} ms)", flush=True)
        report.figure(f"one_vote_{people}_ms", half)


def growth(folder: Path, report: Report) -> None:
    print("growth, ms CPU of one map (people × statements, one in twenty answered, at least 7):")
    for people, statements in GROWTH:
        drawn = ours(made_room(people, statements, max(0.05, 7 / statements)), folder, 3)
        if drawn is not None:
            print(
                f"  {people:8,} × {statements:<5} {drawn.cpu * 1000:9.1f} ms {drawn.memory:6.0f} MB",
                flush=True,
            )
            report.figure(f"growth_{people}x{statements}_ms", drawn.cpu * 1000)


def first_result(folder: Path, report: Report) -> None:
    """From nothing to the whole report, the question whether the groups hold included."""
    room = made_room(2_000, 200, 0.12)
    path = folder / "votes.csv"
    moments = 1_600_000_000_000 + 1000 * np.arange(len(room.values))
    path.write_bytes(
        write_votes(moments, room.statements.astype(str), room.participants.astype(str), room.values)
    )
    words = [sys.executable, "-m", "linli.methods", "opinion", "map", str(path)]
    times, spent = [], []
    for _again in range(3):
        begun, before = time.perf_counter(), os.times()
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
        after = os.times()
        times.append(time.perf_counter() - begun)
        spent.append(sum(after[2:4]) - sum(before[2:4]))
    print(
        f"first result of a fresh process, 2,000 × 200: {min(times):.2f} s, {min(spent):.2f} s CPU",
        flush=True,
    )
    report.figure("first_result_s", min(times))
    report.figure("first_result_cpu_s", min(spent))


def summary(report: Report) -> None:
    small = [value for name, value in report.ratios.items() if name.endswith("_cpu") and "made" not in name]
    if small:
        print(
            f"conversations of the field: {min(small):.0f} to {max(small):.0f} ×, median {statistics.median(small):.0f} ×"
        )
        report.ratio("field_cpu_median", statistics.median(small))
        report.ratio("field_cpu_least", min(small))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--limit", type=float, default=900, help="seconds the peer has for one room (900)")
    parser.add_argument("--without-peer", action="store_true")
    parser.add_argument("--small", action="store_true", help="only the conversations of the field")
    options, report = parser.parse_args(), Report()
    kernels.load()
    python = None if options.without_peer else environment("red-dwarf", VERSION)
    print(f"against red-dwarf {VERSION}, one thread each", flush=True)
    with tempfile.TemporaryDirectory() as held:
        folder = Path(held)
        for room in real_rooms():
            side_by_side(room, python, folder, options.limit, report)
        summary(report)
        if not options.small:
            one_vote_more(report)
            first_result(folder, report)
            growth(folder, report)
            side_by_side(made_room(*MILLION), None, folder, options.limit, report)
            for size in MADE:
                side_by_side(made_room(*size), python, folder, options.limit, report)
    print(json.dumps({"bench": "opinion", "ratios": report.ratios, "figures": report.figures}))


if __name__ == "__main__":
    main()
