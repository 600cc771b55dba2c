"""What a page costs the server, in CPU time, as a multiple of our own base page without data.

The base page itself is held against the middleware chain alone (`/healthz`: every middleware, a two-byte answer).
All pages are asked of the same server in one run, in turn, so that a busy machine slows all of them alike.
"""

import argparse
import gzip
import json
import re
import statistics
import tempfile
from pathlib import Path

from benchmarks.server import ask, cpu_seconds, serving

CHAIN, BASE = "/healthz", "/accessibility/"
PAGES = {
    "home": "/",
    "list": "/stations/",
    "list_open": "/stations/?open=on",
    "station": "/stations/JA-1201/",
    "search": "/search/?q=nanjing",
    "areas": "/areas/",
    "sign_in": "/sign-in/",
}
ASSETS = re.compile(rb'(?:src|href)="(/static/[^"#]+\.(?:css|js))')


def milliseconds(port: int, pid: int, path: str, times: int) -> float:
    before = cpu_seconds(pid)
    ask(port, path, times)
    return (cpu_seconds(pid) - before) * 1000 / times


def spread(values: list[float]) -> str:
    return f"{statistics.median(values):.2f} ({min(values):.2f} to {max(values):.2f})"


def weight(port: int, path: str) -> int:
    """Bytes of a page with its styles and scripts, each compressed by itself."""
    page = ask(port, path, 1)
    assets = dict.fromkeys(ASSETS.findall(page))
    return sum(len(gzip.compress(body, 6)) for body in (page, *(ask(port, a.decode(), 1) for a in assets)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--requests", type=int, default=200)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as (port, pid):
        figures, ratios = measure(port, pid, options.rounds, options.requests)
        figures["base_page_kb_compressed"] = round(weight(port, BASE) / 1000, 1)
        figures["station_page_kb_compressed"] = round(weight(port, PAGES["station"]) / 1000, 1)
    print(f"base page with styles and scripts: {figures['base_page_kb_compressed']} kB compressed")
    print(json.dumps({"bench": "pages", "ratios": ratios, "figures": figures}))


def measure(port: int, pid: int, rounds: int, requests: int) -> tuple[dict[str, float], dict[str, float]]:
    paths = {"chain": CHAIN, "base": BASE, **PAGES}
    for path in paths.values():
        ask(port, path, 20)
    costs: dict[str, list[float]] = {name: [] for name in paths}
    for number in range(1, rounds + 1):
        for name, path in paths.items():
            costs[name].append(milliseconds(port, pid, path, requests))
        print(f"round {number} of {rounds}", flush=True)
    ratios = {}
    for name in paths:
        over = "chain" if name == "base" else "base"
        each = [cost / other for cost, other in zip(costs[name], costs[over], strict=True)]
        if name != "chain":
            ratios[f"{name}_over_{over}"] = round(statistics.median(each), 2)
        print(f"{name:10} {spread(costs[name])} CPU ms, {spread(each)} × {over}")
    return {f"{name}_cpu_ms": round(statistics.median(cost), 2) for name, cost in costs.items()}, ratios


if __name__ == "__main__":
    main()
