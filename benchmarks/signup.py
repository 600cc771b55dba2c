"""What it costs to give 200 scarce seats to 20,000 people, through the real HTTP stack: `./linli bench signup`.

First the whole rush: everybody wants one of 200 seats of one session, then the same people share 1,000 sessions of 20. Then, on
the same server and data, the same page with two other engines behind it: one that locks the session and counts, and as a control
one that counts and then inserts, which oversells on PostgreSQL. Then the engines alone, without pages, and pretix's order API.
CPU is that of web server and database together; a ratio above 1 is ahead of the peer. PostgreSQL runs without waiting for the
disk, for every engine and for pretix alike; SQLite waits, as in production.
"""

import argparse
import json
import random
import signal
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.server import database
from benchmarks.signups.peer import VERSION, pretix
from benchmarks.signups.places import Measured, Place

SEATS, FEW_SEATS, ATTEMPTS = 200, 20, 240
CHAIN = "/healthz"
ENGINES = ("ours", "lock", "count")
NAMES = {"ours": "ours", "lock": "lock and count", "count": "count, then insert"}


class Report:
    """What was measured, printed as it comes; ratios and figures for the last line."""

    def __init__(self) -> None:
        self.ratios: dict[str, float] = {}
        self.figures: dict[str, float | int] = {}

    def ratio(self, name: str, values: Sequence[float], says: str) -> None:
        self.ratios[name] = round(statistics.median(values), 2)
        print(f"  {says}: {spread(values)} ×", flush=True)

    def figure(self, name: str, value: float, digits: int = 2) -> None:
        self.figures[name] = round(value, digits) if isinstance(value, float) else value


def spread(values: Sequence[float]) -> str:
    return f"{statistics.median(values):.2f} ({min(values):.2f} to {max(values):.2f})"


def parts(things: Sequence[bytes], number: int) -> list[Sequence[bytes]]:
    """The same in so many parts of about the same length, one after the other."""
    size = -(-len(things) // number)
    return [things[start : start + size] for start in range(0, len(things), size)]


def print_statements(place: Place) -> None:
    """What one request asks of the database."""
    place.rows("sessions", "WORK", 1, 2)
    found = place.rows("statements", "WORK", place.cookie_file)
    for name, says in (
        ("accepted", "accepted"),
        ("full", "finds it full"),
        ("chain", "the middleware alone"),
    ):
        print(f"  one request, {says} ({found[f'{name}_status']}):")
        for number, statement in enumerate(found[name], 1):
            print(f"    {number:2}. {statement}", flush=True)


def expect(place: Place, prefix: str, statuses: dict[int, int], measured: Sequence[Measured]) -> None:
    """Everything adds up afterwards, or this is no measurement."""
    found, told = place.rows("check", prefix), {}
    for each in measured:
        for status, count in each.answers.count().items():
            told[status] = told.get(status, 0) + count
    wrong = found["twice"] or found["taken_wrong"] or found["seated"] != found["capacity"]
    if wrong or told != {status: count for status, count in statuses.items() if count}:
        strange = [each.answers.strange[:600] for each in measured if each.answers.strange]
        raise RuntimeError(f"{prefix}: told {told}, expected {statuses}, found {found} {strange[:1]}")
    print(
        f"  checked: {found['seated']} of {found['capacity']} seats given, nobody twice, every counter right",
        flush=True,
    )


def whole_of_one(place: Place, options: argparse.Namespace, report: Report) -> None:
    """Everybody wants one of 200 seats; and between parts of the rush the middleware alone, by the same people."""
    place.rows("sessions", "ONE", 1, SEATS)
    wants = [place.sign_up("ONE-0", person) for person in range(options.people)]
    over = min(options.connections, options.people - SEATS)
    begins = place.measure(wants[: SEATS + over], options.connections)
    fulls, chains = [], []
    for part in parts(wants[SEATS + over :], options.rounds):
        fulls.append(place.measure(part, options.connections))
        asked = [place.get(CHAIN, person) for person in range(min(len(part), 2000))]
        chains.append(place.measure(asked, options.connections))
    expect(place, "ONE", {302: SEATS, 422: options.people - SEATS}, [begins, *fulls])
    full = statistics.median(each.each() for each in fulls)
    print_rush(place, report, "one session", [begins, *fulls], begins.answers.until_last(302), SEATS)
    report.figure(f"{place.kind}_full_cpu_ms", full)
    report.figure(f"{place.kind}_chain_cpu_ms", statistics.median(each.each() for each in chains))
    accepted = (begins.cpu * 1000 - over * full) / SEATS
    report.figure(f"{place.kind}_one_session_accepted_cpu_ms", accepted)
    shares = ", ".join(f"{each.each():.2f} (database {each.database / each.cpu:.0%})" for each in fulls)
    print(f"  CPU ms: accepted {accepted:.2f}; full {shares}; chain {spread([c.each() for c in chains])}")
    ratios = [one.each() / other.each() for one, other in zip(fulls, chains, strict=True)]
    report.ratio(f"{place.kind}_full_over_chain", ratios, "full answer over middleware chain (target ≤ 3)")


def print_rush(
    place: Place, report: Report, name: str, measured: list[Measured], until: float, seats: int
) -> None:
    took = sorted(each for part in measured for each in part.answers.took)
    seconds = sum(part.answers.seconds for part in measured)
    half, most = took[len(took) // 2] * 1000, took[int(len(took) * 0.99)] * 1000
    print(
        f"  {name}: {seats / until:.0f} sign-ups/s, {len(took) / seconds:.0f} answers/s, p50 {half:.0f} ms, p99 {most:.0f} ms"
    )
    key = f"{place.kind}_{name.replace(' ', '_')}"
    for what, value in {
        "signups_s": seats / until,
        "answers_s": len(took) / seconds,
        "p50_ms": half,
        "p99_ms": most,
    }.items():
        report.figure(f"{key}_{what}", value, 0 if value > 10 else 1)


def whole_of_many(place: Place, options: argparse.Namespace, report: Report) -> None:
    """The same people over sessions of 20 seats, as many seats as people."""
    number = options.people // FEW_SEATS
    place.rows("sessions", "MANY", number, FEW_SEATS)
    wants = [place.sign_up(f"MANY-{person % number}", person) for person in range(number * FEW_SEATS)]
    random.Random(1).shuffle(wants)  # noqa: S311
    measured = [place.measure(part, options.connections) for part in parts(wants, options.rounds)]
    expect(place, "MANY", {302: len(wants)}, measured)
    name = f"{number} sessions"
    print_rush(place, report, name, measured, sum(part.answers.seconds for part in measured), len(wants))
    print(f"  CPU ms: accepted {spread([part.each() for part in measured])}", flush=True)
    report.figure(
        f"{place.kind}_many_sessions_accepted_cpu_ms", statistics.median(p.each() for p in measured)
    )


def attempt(place: Place, engine: str, number: int, options: argparse.Namespace) -> tuple[Measured, dict]:
    """240 people for each of some sessions of 200 seats, all for the first, then all for the second …"""
    prefix, several = f"{engine.upper()}{number}", max(1, options.sample // ATTEMPTS)
    place.rows("sessions", prefix, several, SEATS)
    wants = [place.sign_up(f"{prefix}-{n // ATTEMPTS}", n, engine) for n in range(several * ATTEMPTS)]
    measured = place.measure(wants, options.connections)
    found = place.rows("check", prefix)
    told = measured.answers.count()
    if found["twice"] or set(told) - {302, 422} or told[302] != found["seated"]:
        raise RuntimeError(f"{engine}: told {told}, found {found} {measured.answers.strange[:600]!r}")
    if engine != "count" and found["oversold"]:
        raise RuntimeError(f"{engine} oversold: {found}")
    rate, spent = found["seated"] / measured.answers.seconds, measured.each(found["seated"])
    print(
        f"  round {number}, {NAMES[engine]:18} {rate:6.0f} sign-ups/s, {spent:.2f} CPU ms a seat, p99 "
        f"{measured.answers.milliseconds(0.99):.0f} ms, oversold {found['oversold']} of {found['sessions']} sessions"
        f"{', the worst by {}'.format(found['most_over']) if found['oversold'] else ''}",
        flush=True,
    )
    return measured, found


def side_by_side(place: Place, options: argparse.Namespace, report: Report) -> list[float]:
    """The same page with each engine behind it, in turn. Returns our CPU ms a seat, round by round."""
    rates: dict[str, list[float]] = {engine: [] for engine in ENGINES}
    costs: dict[str, list[float]] = {engine: [] for engine in ENGINES}
    oversold = 0
    for number in range(1, options.rounds + 1):
        for engine in ENGINES:
            measured, found = attempt(place, engine, number, options)
            rates[engine].append(found["seated"] / measured.answers.seconds)
            costs[engine].append(measured.each(found["seated"]))
            oversold += found["oversold"]
    for engine in ENGINES:
        report.figure(f"{place.kind}_http_{engine}_signups_s", statistics.median(rates[engine]), 0)
    report.figure(f"{place.kind}_count_oversold_sessions", oversold)
    faster = [ours / theirs for ours, theirs in zip(rates["ours"], rates["lock"], strict=True)]
    report.ratio(
        f"{place.kind}_http_rate_over_lock_and_count", faster, "sign-ups/s over lock and count, with pages"
    )
    cheaper = [theirs / ours for ours, theirs in zip(costs["ours"], costs["lock"], strict=True)]
    report.ratio(
        f"{place.kind}_http_cpu_over_lock_and_count", cheaper, "CPU a seat, lock and count over ours"
    )
    return costs["ours"]


def engines_alone(place: Place, options: argparse.Namespace, report: Report) -> None:
    """Function calls in eight processes at once."""
    rates: dict[str, list[float]] = {"ours": [], "lock": []}
    several = max(1, options.sample // ATTEMPTS)
    for number in range(1, options.rounds + 1):
        for engine, seen in rates.items():
            prefix = f"BARE{engine.upper()}{number}"
            place.rows("sessions", prefix, several, SEATS)
            done = place.command("bare", engine, prefix, several, ATTEMPTS, 8)
            found = place.rows("check", prefix)
            if found["seated"] != found["capacity"] or done["accepted"] != found["seated"]:
                raise RuntimeError(f"{engine}: {done}, found {found}")
            seen.append(done["accepted"] / done["seconds"])
            print(f"  round {number}, {NAMES[engine]:18} alone {seen[-1]:6.0f} sign-ups/s", flush=True)
    for engine, seen in rates.items():
        report.figure(f"{place.kind}_alone_{engine}_signups_s", statistics.median(seen), 0)
    faster = [ours / theirs for ours, theirs in zip(rates["ours"], rates["lock"], strict=True)]
    target = " (target ≥ 1.5)" if place.kind == "postgres" else ""
    report.ratio(
        f"{place.kind}_alone_rate_over_lock_and_count", faster, f"engine alone over lock and count{target}"
    )


def against_pretix(place: Place, options: argparse.Namespace, report: Report) -> None:
    """Free tickets through pretix's order API, and our own page right after, round by round."""
    ratios, costs, rates = [], [], []
    with pretix(place.folder / "pretix", place.address, place.server or 0) as peer:
        for number in range(1, options.rounds + 1):
            theirs, sold = peer.rush(SEATS, ATTEMPTS, options.connections)
            told = theirs.answers.count()
            costs.append(theirs.each(sold))
            rates.append(sold / theirs.answers.seconds)
            print(
                f"  round {number}, pretix {VERSION}: {sold} of {SEATS} sold ({dict(told)}), {rates[-1]:.1f} orders/s, "
                f"{costs[-1]:.1f} CPU ms an order (database {theirs.database / theirs.cpu:.0%}), p99 "
                f"{theirs.answers.milliseconds(0.99):.0f} ms",
                flush=True,
            )
            if not told[201] or told[201] != sold:
                raise RuntimeError(f"pretix: {theirs.answers.strange!r}")
            report.figures["pretix_oversold"] = max(report.figures.get("pretix_oversold", 0), sold - SEATS)
            ours, found = attempt(place, "ours", 100 + number, options)
            ratios.append(costs[-1] / ours.each(found["seated"]))
    report.figure("pretix_order_cpu_ms", statistics.median(costs), 1)
    report.figure("pretix_orders_s", statistics.median(rates), 1)
    report.ratio("cpu_a_seat_against_pretix", ratios, "CPU a seat, pretix over ours (target ≥ 30)")


def installation(kind: str, options: argparse.Namespace, report: Report) -> None:
    print(f"{kind}, {options.people} people", flush=True)
    with tempfile.TemporaryDirectory() as folder, database(kind) as (address, server):
        place = Place(kind, Path(folder), address, server)
        place.prepare(options.people)
        print_statements(place)
        with place.serving():
            whole_of_one(place, options, report)
            whole_of_many(place, options, report)
            side_by_side(place, options, report)
            if kind == "postgres" and not options.without_pretix:
                against_pretix(place, options, report)
        engines_alone(place, options, report)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--sample", type=int, default=2_400, help="attempts of each engine in each round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--database", choices=["sqlite", "postgres"], action="append")
    parser.add_argument("--without-pretix", action="store_true")
    options, report = parser.parse_args(), Report()
    # Whoever ends it also ends the servers it started.
    signal.signal(signal.SIGTERM, lambda *_words: sys.exit(143))
    if options.people < max(options.sample, SEATS + options.connections + options.rounds):
        parser.error("more people, please: at least as many as the sample, and many more than seats")
    for kind in options.database or ["sqlite", "postgres"]:
        installation(kind, options, report)
    print(json.dumps({"bench": "signup", "ratios": report.ratios, "figures": report.figures}))


if __name__ == "__main__":
    main()
