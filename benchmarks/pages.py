"""What a page costs, in CPU time of server and database together, as a multiple of our own base page without data.

The base page itself is held against the middleware chain alone (`/healthz`: every middleware, a two-byte answer). All
pages of an installation are asked of the same server in turn, so that a busy machine slows all of them alike. Without
options both databases are measured with 1,250 and with 12,500 stations, and how much each page grew between the two.
"""

import argparse
import gzip
import json
import re
import statistics
import tempfile
from pathlib import Path

from benchmarks.server import ask, cpu_seconds, database, serving

CHAIN, BASE = "/healthz", "/accessibility/"
PAGES = {
    "home": "/",
    "list": "/stations/",
    "list_filtered": "/stations/?open=on&water=on&kind=courier",
    "list_of_area": "/stations/?area=310106012&toilet=on",
    "station": "/stations/JA-1201/",
    "nearest": "/nearby/?at=31.23,121.45",
    "search": "/search/?q=wutong",
    "programmes": "/programmes/",
    "programmes_filtered": "/programmes/?kind=study&free=on&place=310106012",
    "session": "/sessions/SES-NIGHT/",
    "hsds": "/hsds/services?per_page=100",
    "areas": "/areas/",
    "sign_in": "/sign-in/",
}
FEW, MANY = 1250, 12500
ASSETS = re.compile(rb'(?:src|href)="(/static/[^"#]+\.(?:css|js))')


def spread(values: list[float]) -> str:
    return f"{statistics.median(values):.2f} ({min(values):.2f} to {max(values):.2f})"


def weight(port: int, path: str) -> int:
    """Bytes of a page with its styles and scripts, each compressed by itself."""
    page = ask(port, path, 1)
    assets = dict.fromkeys(ASSETS.findall(page))
    return sum(len(gzip.compress(body, 6)) for body in (page, *(ask(port, a.decode(), 1) for a in assets)))


def measure(port: int, pids: list[int], rounds: int, requests: int) -> dict[str, list[float]]:
    """CPU milliseconds a request of every page, round by round."""
    paths = {"chain": CHAIN, "base": BASE, **PAGES}
    for path in paths.values():
        ask(port, path, 20)
    costs: dict[str, list[float]] = {name: [] for name in paths}
    for number in range(1, rounds + 1):
        for name, path in paths.items():
            before = cpu_seconds(*pids)
            ask(port, path, requests)
            costs[name].append((cpu_seconds(*pids) - before) * 1000 / requests)
        print(f"  round {number} of {rounds}", flush=True)
    return costs


def over(costs: dict[str, list[float]], name: str) -> list[float]:
    """A page's cost over the base page, the base page's over the chain, round by round."""
    under = "chain" if name == "base" else "base"
    return [cost / other for cost, other in zip(costs[name], costs[under], strict=True)]


def installation(kind: str, stations: int, options: argparse.Namespace) -> tuple[dict, dict]:
    """(costs, weights) of one installation, printed as they come."""
    print(f"{kind}, {stations or 61} stations", flush=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        database(kind) as (address, server),
        serving(Path(folder), address=address, stations=stations) as (port, pid),
    ):
        pids = [pid, *([server] if server else [])]
        costs = measure(port, pids, options.rounds, options.requests)
        weights = {name: weight(port, path) for name, path in {"base": BASE, **PAGES}.items()}
    for name, cost in costs.items():
        ratio = f", {spread(over(costs, name))} × {'chain' if name == 'base' else 'base'}"
        print(f"  {name:14} {spread(cost)} CPU ms{ratio if name != 'chain' else ''}")
    return costs, weights


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--requests", type=int, default=100)
    parser.add_argument("--database", choices=["sqlite", "postgres"], action="append")
    parser.add_argument("--stations", type=int, action="append", help="one size or several, instead of both")
    options = parser.parse_args()
    ratios, figures = {}, {}
    for kind in options.database or ["sqlite", "postgres"]:
        sizes = options.stations or [FEW, MANY]
        found = {size: installation(kind, size, options) for size in sizes}
        costs, weights = found[sizes[-1]]
        for name in costs:
            if name != "chain":
                ratios[f"{kind}_{name}"] = round(statistics.median(over(costs, name)), 2)
            figures[f"{kind}_{name}_cpu_ms"] = round(statistics.median(costs[name]), 2)
        figures |= {f"{name}_kb_compressed": round(size / 1000, 1) for name, size in weights.items()}
        if len(sizes) > 1:
            for name in PAGES:
                grown = [
                    many / few
                    for few, many in zip(over(found[sizes[0]][0], name), over(costs, name), strict=True)
                ]
                ratios[f"{kind}_{name}_growth"] = round(statistics.median(grown), 2)
                print(f"  {name:14} {spread(grown)} × from {sizes[0]} to {sizes[-1]} stations")
    print(json.dumps({"bench": "pages", "ratios": ratios, "figures": figures}))


if __name__ == "__main__":
    main()
