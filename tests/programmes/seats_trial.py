"""Seats under random kill -9, run as a program of its own: `python -m tests.programmes.seats_trial OPERATIONS SEED SESSIONS`.

Eight processes sign up, cancel, accept, let offers lapse and change the number of seats, all over the same few sessions,
and are killed at random and replaced until so many operations were answered. Then what they said is held against the
database, and the figures are printed as JSON. The environment may name an engine that is broken on purpose
(LINLI_TRIAL_ENGINE) and a database (LINLI_TRIAL_DATABASE); histories are kept in LINLI_TRIAL_FOLDER.
"""

import gc
import json
import logging
import os
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django
from django.conf import settings

from tests.herd import Herd, run_alone, wait_for_no_disk

PROCESSES = 8
# Killed after so many operations at most.
MOST_BETWEEN = 40
FOLDER = Path(os.environ["LINLI_TRIAL_FOLDER"])
DONE, FIGURES, TICKS = FOLDER / "done", FOLDER / "figures", FOLDER / "ticks"
# One in so many is done before anybody is forked, so that those who take the place of the killed need not warm up.
WARMING = 40
ENGINE = os.environ.get("LINLI_TRIAL_ENGINE", "ours")
cast: Any = None


def prepare(operations: int, sessions: int) -> None:
    """All that is loaded and read once, before anybody is forked; no connection stays open."""
    global cast
    database = settings.DATABASES["default"]
    database["NAME"] = os.environ.get("LINLI_TRIAL_DATABASE") or database["NAME"]
    wait_for_no_disk(database)
    django.setup()
    logging.disable(logging.CRITICAL)
    from django.db import connections

    from tests.programmes.seats_deeds import ENGINES, Cast, furnish

    furnish(sessions)
    cast = Cast(ENGINES[ENGINE])
    work(until=lambda: answered() > operations / WARMING)
    connections.close_all()
    gc.freeze()


def work(until: Callable[[], bool] = DONE.exists) -> None:
    """Deed after deed, until enough were answered."""
    from tests.programmes.seats_deeds import do_one
    from tests.programmes.seats_history import History

    history = History(FOLDER)
    while not until():
        do_one(cast, history)


def audit() -> None:
    from tests.programmes.seats_audit import figures_of

    FIGURES.write_text(json.dumps(figures_of(FOLDER)))


def answered() -> int:
    return TICKS.stat().st_size if TICKS.exists() else 0


def trial(operations: int, seed: int) -> Counter[str]:
    herd = Herd([work] * PROCESSES, seed)
    while answered() < operations:
        herd.let_work(answered, most=MOST_BETWEEN)
        herd.kill_one()
    DONE.touch()
    herd.wait(60)
    return herd.kills


def main(operations: int, seed: int, sessions: int) -> None:
    prepare(operations, sessions)
    begun = time.monotonic()
    kills = trial(operations, seed)
    worked = time.monotonic()
    run_alone(audit)
    seconds = {"seconds": round(worked - begun, 1), "seconds_of_audit": round(time.monotonic() - worked, 1)}
    figures = json.loads(FIGURES.read_text()) | {"kills": kills["work"]} | seconds
    sys.stdout.write(json.dumps(figures))


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
