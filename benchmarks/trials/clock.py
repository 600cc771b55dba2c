"""The WSGI application behind a clock that can be set while it runs: the seconds in the file LINLI_TRIAL_CLOCK are added."""

import os
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import time_machine

from linli.wsgi import application as own

FILE = Path(os.environ["LINLI_TRIAL_CLOCK"])


class Clock:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.shift = 0.0
        self.traveller: Any = None

    def follow(self) -> None:
        with self.lock:
            wanted = float(FILE.read_text() or 0)
            if wanted == self.shift:
                return
            if self.traveller:
                self.traveller.stop()
                self.traveller = None
            if wanted:
                now = datetime.now(UTC) + timedelta(seconds=wanted)
                self.traveller = time_machine.travel(now, tick=True)
                self.traveller.start()
            self.shift = wanted


clock = Clock()


def application(environ: dict[str, Any], start_response: Any) -> Any:
    clock.follow()
    return own(environ, start_response)
