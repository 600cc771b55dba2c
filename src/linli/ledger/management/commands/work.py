"""`linli work`: the one background process."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from linli.ledger.work import drain, plan_periodic, work_forever


class Command(BaseCommand):
    help = "Does what facts and the clock have called for. --once stops when nothing is due (for cron and tests)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true")

    def handle(self, *args: Any, once: bool = False, **options: Any) -> None:
        if once:
            plan_periodic(timezone.now(), {})
            self.stdout.write(f"{drain()} done")
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        self.stdout.write("working; stop with Ctrl-C")
        work_forever(stop.is_set)
