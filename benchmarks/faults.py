"""What becomes of what people were told is kept, when something breaks: `./linli bench faults`, on both databases.

Four people send complaints through the real HTTP stack, two read, a worker works, while the server is killed, the database
is killed, the disk runs full, the clock jumps, and fsync fails. Afterwards every complaint that somebody was told of has to
be there word for word, and each with its fact. The readiness page has to name what is wrong while it is. Last, a backup of a
city is restored by rows: minutes, and tables that differ. There is no peer here, so there are no ratios.
"""

import argparse
import contextlib
import json
import random
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from benchmarks.trials.installation import Installation
from benchmarks.trials.people import People, Told, lost

KILLS = 10
DAY = 86_400.0


def trial(place: Installation, name: str, hurt: Callable[[Told], dict[str, Any]]) -> dict[str, Any]:
    """Lets people come, hurts the installation, lets it recover, and looks for what they were told."""
    with People(place.port) as told:
        time.sleep(1)
        found = hurt(told)
        mended_at = time.monotonic()
        place.wait_until_ready()
        until = time.monotonic() + 30
        while not any(at > mended_at for at in list(told.times)) and time.monotonic() < until:
            time.sleep(0.02)
        time.sleep(0.5)
    after = [at - mended_at for at in told.times if at > mended_at]
    reads = {key: count for key, count in told.answers.items() if key.startswith("read")}
    result = found | {
        "told": len(told.kept),
        "lost": lost(place.port, told),
        "half_done": place.half_done(),
        "seconds_to_recover": round(min(after), 2) if after else None,
        "reads_failed": sum(count for key, count in reads.items() if key >= "read 5"),
        "refused": sum(count for key, count in told.answers.items() if key.startswith(("refused", "form"))),
        "no_answer": told.answers["no answer"],
    }
    print(
        f"  {place.kind:8} {name:16} " + ", ".join(f"{key} {value}" for key, value in result.items()),
        flush=True,
    )
    return result


def killed(place: Installation, kill: Callable[[], None]) -> Callable[[Told], dict[str, Any]]:
    def hurt(told: Told) -> dict[str, Any]:
        waits = []
        for _kill in range(KILLS):
            kill()
            at = time.monotonic()
            while not any(moment > at for moment in told.times[-50:]) and time.monotonic() - at < 60:
                time.sleep(0.02)
            waits.append(time.monotonic() - at)
            time.sleep(random.uniform(0.1, 0.6))  # noqa: S311
        return {"kills": KILLS, "seconds_each": round(statistics.median(waits), 2)}

    return hurt


def during(place: Installation, trouble: Any, seconds: float = 6) -> Callable[[Told], dict[str, Any]]:
    """Within the trouble for a while, with what the readiness page named."""

    def hurt(told: Told) -> dict[str, Any]:
        with trouble:
            named = place.not_ready()
            time.sleep(seconds)
        return {"named": "+".join(named) or "nothing"}

    return hurt


def hurt_in_every_way(place: Installation) -> dict[str, Any]:
    found = {
        "server_killed": trial(place, "server killed", killed(place, place.kill_web)),
        "database_killed": trial(place, "database killed", killed(place, place.kill_database)),
        "clock_a_day_back": trial(place, "clock a day back", during(place, place.clock_shifted(-DAY), 2)),
    }
    if place.small_disk:
        found["disk_full"] = trial(place, "disk full", during(place, place.full_disk()))
    else:
        print("  the full disk is left out: only root can make a small one")
    if shutil.which("strace"):
        found["fsync_fails"] = trial(place, "fsync fails", during(place, place.failing_fsync(), 3))
    else:
        print("  failing fsync is left out: strace is not installed")
    # Last: its facts lie in the future from then on, and the page goes on saying so.
    jump = during(place, place.clock_shifted(DAY), 2)
    found["clock_a_day_on"] = trial(place, "clock a day on", jump)
    return found


def restored(kind: str, stations: int) -> dict[str, Any]:
    """A backup of a city made, proven beside, and put in the place of what was there."""
    place = Installation(kind, stations)
    try:

        def run(*words: str) -> str:
            command = [sys.executable, "-m", "linli", *words]
            done = subprocess.run(command, env=place.environment, capture_output=True, text=True, check=False)
            if done.returncode:
                raise RuntimeError(done.stderr)
            return done.stdout

        begun = time.monotonic()
        backup = run("backup", str(place.base / "backups")).strip()
        made = time.monotonic()
        rows, differ = re.match(r"(\d+) rows, (\d+) tables differ", run("restore", backup)).groups()
        ended = time.monotonic()
        result = {
            "stations": stations,
            "rows": int(rows),
            "tables_differing": int(differ),
            "backup_minutes": round((made - begun) / 60, 2),
            "restore_minutes": round((ended - made) / 60, 2),
        }
        print(f"  {kind:8} restore          " + ", ".join(f"{key} {value}" for key, value in result.items()))
        return result
    finally:
        place.stop()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", choices=["sqlite", "postgres"])
    parser.add_argument("--stations", type=int, default=12_500, help="in the city that is restored")
    asked = parser.parse_args()
    figures: dict[str, Any] = {}
    for kind in [asked.only] if asked.only else ["sqlite", "postgres"]:
        print(kind, flush=True)
        place = Installation(kind)
        try:
            place.start()
            figures[kind] = hurt_in_every_way(place)
        finally:
            with contextlib.suppress(Exception):
                place.stop()
        figures[kind]["restore"] = restored(kind, asked.stations)
    print(json.dumps({"bench": "faults", "ratios": {}, "figures": figures}))


if __name__ == "__main__":
    main()
